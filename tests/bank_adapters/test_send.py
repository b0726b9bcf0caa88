"""Sending: what arrives, and that no server can hold us, feed us or lead us elsewhere."""

import gzip
import socket
import ssl
from datetime import UTC, datetime, timedelta

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from bank_adapters.addresses import Policy
from bank_adapters.send import Delivery, UrlRefused, check_url, send
from tests.support.scripted_server import Connection, answering, serving

LOOPBACK = Policy(allow_loopback_http=True)
SOON_S = 0.3  # a deadline for servers that never end


def deliver(script, *, path: str = "/livefreeze?a=b", **options) -> Delivery:
    with serving(script) as server:
        return send(f"http://127.0.0.1:{server.port}{path}", b'{"a":1}', {}, policy=LOOPBACK, **options)


def test_the_exact_bytes_arrive():
    with serving(answering(b"HTTP/1.1 204 No Content\r\n\r\n")) as server:
        url = f"http://127.0.0.1:{server.port}/livefreeze?a=b"
        delivery = send(url, b'{"a":1}\n', {"webhook-id": "msg_1"}, policy=LOOPBACK)
    head, _, body = server.requests[0].partition(b"\r\n\r\n")
    assert delivery.is_acknowledged and delivery.error_code is None
    assert body == b'{"a":1}\n'
    assert head.split(b"\r\n")[0] == b"POST /livefreeze?a=b HTTP/1.1"
    assert b"webhook-id: msg_1" in head
    assert f"Host: 127.0.0.1:{server.port}".encode() in head


def test_the_answer_comes_as_its_raw_bytes():
    packed = gzip.compress(b"{}")
    lines = ["HTTP/1.1 409 Conflict", "Content-Encoding: gzip", f"Content-Length: {len(packed)}", "X-A: 1", "X-A: 2"]
    delivery = deliver(answering("\r\n".join([*lines, "", ""]).encode() + packed))
    assert (delivery.status, delivery.body, delivery.error_code) == (409, packed, None)
    assert [value for name, value in delivery.headers.items() if name.lower() == "x-a"] == ["1", "2"]
    assert not delivery.is_acknowledged


def test_get_sends_no_body():
    with serving(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")) as server:
        delivery = send(f"http://127.0.0.1:{server.port}/", b"", {}, method="GET", policy=LOOPBACK)
    assert delivery.body == b"{}"
    assert server.requests[0].startswith(b"GET / HTTP/1.1\r\n")


def silent(connection: Connection) -> None:
    connection.stay_silent()


def drips_headers(connection: Connection) -> None:
    connection.read_request()
    connection.send(b"HTTP/1.1 200 OK\r\nX: ")
    connection.drip(b"x")


def drips_more_and_more_preliminary_answers(connection: Connection) -> None:
    connection.read_request()
    connection.drip(b"HTTP/1.1 100 Continue\r\n\r\n")


def drips_body(connection: Connection) -> None:
    connection.read_request()
    connection.send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000000\r\n\r\n")
    connection.drip(b"x")


def drips_body_without_end(connection: Connection) -> None:
    connection.read_request()
    connection.send(b"HTTP/1.0 200 OK\r\n\r\n")
    connection.drip(b"x")


@pytest.mark.parametrize(
    ("script", "status"),
    [
        (silent, None),
        (drips_headers, 200),
        (drips_more_and_more_preliminary_answers, None),
        (drips_body, 200),
        (drips_body_without_end, 200),
    ],
)
def test_a_slow_server_is_cut_at_the_deadline(script, status):
    delivery = deliver(script, deadline_s=SOON_S)
    assert (delivery.status, delivery.body, delivery.error_code) == (status, b"", "TIMED_OUT")


def sends_for_ever(connection: Connection) -> None:
    connection.read_request()
    connection.send(b"HTTP/1.0 200 OK\r\n\r\n")
    connection.drip(b"x" * 100_000)


def test_a_large_answer_is_cut_and_still_acknowledges():
    delivery = deliver(sends_for_ever, answer_bytes_max=1_000)
    assert (delivery.status, delivery.body, delivery.error_code) == (200, b"", "ANSWER_TOO_LARGE")
    assert delivery.is_acknowledged


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_not_followed(status):
    answer = f"HTTP/1.1 {status} Moved\r\nLocation: /b\r\nContent-Length: 0\r\n\r\n"
    with serving(answering(answer.encode())) as server:
        delivery = send(f"http://127.0.0.1:{server.port}/a", b"", {}, policy=LOOPBACK)
    assert (delivery.status, delivery.error_code, len(server.requests)) == (status, "REDIRECT_REFUSED", 1)


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        pytest.param(b"", None, id="hangs up"),
        pytest.param(b"SSH-2.0-OpenSSH_9.2\r\n", None, id="another protocol"),
        pytest.param(b"HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n{}", 200, id="less than announced"),
        pytest.param(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nxyz\r\n", 200, id="broken chunk"),
        pytest.param(b"HTTP/1.1 200 OK\r\n" + b"X: y\r\n" * 1_000 + b"\r\n", None, id="a thousand headers"),
        pytest.param(b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000, None, id="an endless header"),
    ],
)
def test_a_broken_answer_is_one_error(answer, status):
    delivery = deliver(answering(answer))
    assert (delivery.status, delivery.error_code) == (status, "CONNECTION_FAILED")


def test_nobody_listens():
    with serving(silent) as server:
        closed = server.port
    assert send(f"http://127.0.0.1:{closed}/", b"", {}, policy=LOOPBACK).error_code == "CONNECTION_FAILED"


# --- where it goes


@pytest.fixture
def names(monkeypatch):
    """A table of names in place of the network's; each name can be looked up once only."""
    real = socket.getaddrinfo

    def use(table: dict[str, list[str]]) -> None:
        def look_up(host, port, *arguments, **options):
            if host in table:
                return [
                    answer for address in table.pop(host) for answer in real(address, port, *arguments, **options)
                ]
            if host.replace(".", "").isdigit() or ":" in host:
                return real(host, port, *arguments, **options)
            raise socket.gaierror(socket.EAI_NONAME, "unknown")

        monkeypatch.setattr(socket, "getaddrinfo", look_up)

    return use


@pytest.mark.parametrize(
    ("url", "code"),
    [
        pytest.param("http://bank.example/", "URL_REFUSED", id="no TLS"),
        pytest.param("ftp://bank.example/", "URL_REFUSED", id="another scheme"),
        pytest.param("https://", "URL_REFUSED", id="no host"),
        pytest.param("bank.example", "URL_REFUSED", id="no scheme"),
        pytest.param("https://user:password@bank.example/", "URL_REFUSED", id="password"),
        pytest.param("https://bank.example:99999/", "URL_REFUSED", id="impossible port"),
        pytest.param("https://bank.example/#x", "URL_REFUSED", id="fragment"),
        pytest.param("https://nowhere.example/", "NAME_UNKNOWN", id="unknown name"),
        pytest.param("https://" + "a" * 70 + ".example/", "NAME_UNKNOWN", id="impossible name"),
        pytest.param("https://127.0.0.1/", "ADDRESS_REFUSED", id="loopback"),
        pytest.param("https://2130706433/", "ADDRESS_REFUSED", id="loopback as a number"),
        pytest.param("https://[::1]/", "ADDRESS_REFUSED", id="loopback IPv6"),
        pytest.param("https://[64:ff9b::7f00:1]/", "ADDRESS_REFUSED", id="loopback through NAT64"),
        pytest.param("https://169.254.169.254/", "ADDRESS_REFUSED", id="metadata of a cloud"),
        pytest.param("https://private.example/", "ADDRESS_REFUSED", id="name of a private address"),
        pytest.param("https://both.example/", "ADDRESS_REFUSED", id="one address of two is private"),
    ],
)
def test_refuses_to_go_there(url, code, names):
    names({"private.example": ["10.0.0.1"], "both.example": ["8.8.8.8", "10.0.0.1"]})
    assert send(url, b"", {}) == Delivery(None, error_code=code)


def test_plain_http_goes_to_loopback_only(names):
    names({"bank.example": ["8.8.8.8"]})
    assert send("http://bank.example/", b"", {}, policy=LOOPBACK).error_code == "ADDRESS_REFUSED"


def test_the_name_is_looked_up_once_and_the_next_address_tried(names):
    with serving(answering(b"HTTP/1.1 204 No Content\r\n\r\n")) as server:
        names({"bank.example": ["127.0.0.2", "127.0.0.1"]})  # nobody listens on the first
        delivery = send(f"http://bank.example:{server.port}/", b"", {}, policy=LOOPBACK)
    assert delivery.status == 204
    assert f"Host: bank.example:{server.port}".encode() in server.requests[0]


def test_check_url_explains_itself():
    with pytest.raises(UrlRefused) as refused:
        check_url("http://bank.example/hook")
    assert "must begin with https://" in refused.value.reason
    assert refused.value.reason_zh


# --- TLS


def certificate(tmp_path, name: str) -> str:
    """A file with a certificate for this name that signs itself, and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, name)])
    now = datetime.now(UTC)
    signed = (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path / "certificate.pem"
    path.write_bytes(
        signed.public_bytes(serialization.Encoding.PEM)
        + key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    return str(path)


@pytest.mark.parametrize(
    ("certified", "is_trusted", "status", "error_code"),
    [
        pytest.param("bank.example", True, 204, None, id="right name"),
        pytest.param("other.example", True, None, "TLS_FAILED", id="another name"),
        pytest.param("bank.example", False, None, "TLS_FAILED", id="signed by nobody we trust"),
    ],
)
def test_tls(certified, is_trusted, status, error_code, tmp_path, names):
    path = certificate(tmp_path, certified)
    server_side = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    server_side.load_cert_chain(path)
    trusted = ssl.create_default_context(cafile=path) if is_trusted else None
    with serving(answering(b"HTTP/1.1 204 No Content\r\n\r\n"), server_side) as server:
        names({"bank.example": ["127.0.0.1"]})
        delivery = send(f"https://bank.example:{server.port}/", b"", {}, policy=LOOPBACK, tls=trusted)
    assert (delivery.status, delivery.error_code) == (status, error_code)


@pytest.mark.parametrize("script", [silent, lambda connection: connection.drip(b"\x16")])
def test_a_slow_handshake_is_cut_at_the_deadline(script):
    with serving(script) as server:
        delivery = send(f"https://127.0.0.1:{server.port}/", b"", {}, policy=LOOPBACK, deadline_s=SOON_S)
    assert delivery.error_code in {"TIMED_OUT", "TLS_FAILED"}  # garbage may be refused before the deadline
