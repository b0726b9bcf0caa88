"""Send one message and read its answer, within a deadline, a size and the addresses that are allowed.

The name is resolved once, every address of it is checked, and the connection goes to a checked address: no second
look-up can lead elsewhere. Redirects are not followed. Nothing here retries.
"""

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Mapping
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import NewConnectionError
from urllib3.util import Url, parse_url

from bank_adapters.addresses import PUBLIC_ONLY, Policy, is_allowed
from bank_adapters.errors import Refused

DEADLINE_S = 10.0
ANSWER_BYTES_MAX = 8 * 1024 * 1024
USER_AGENT = "livefreeze"
_CHUNK_BYTES = 64 * 1024


class UrlRefused(Refused, ValueError):
    """An address to which no message may go."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What came of one attempt.

    `status` is None if no answer began. `error_code` is None if the answer was read whole, else one of URL_REFUSED,
    NAME_UNKNOWN, ADDRESS_REFUSED, CONNECTION_FAILED, TLS_FAILED, TIMED_OUT, REDIRECT_REFUSED, ANSWER_TOO_LARGE.
    """

    status: int | None
    body: bytes = b""
    error_code: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def is_acknowledged(self) -> bool:
        """Did the receiver take the message over? Any 2xx says so, whatever became of its body."""
        return self.status is not None and 200 <= self.status < 300


def send(
    url: str,
    body: bytes,
    headers: Mapping[str, str],
    *,
    method: str = "POST",
    policy: Policy = PUBLIC_ONLY,
    deadline_s: float = DEADLINE_S,
    answer_bytes_max: int = ANSWER_BYTES_MAX,
    tls: ssl.SSLContext | None = None,
) -> Delivery:
    """Send `body` once and return what came of it; never raises for anything the network or the receiver does.

    The deadline is for everything from connecting to the last byte of the answer; the look-up of the name before it
    ends with the system's own limit. `tls` replaces the system's trusted authorities.
    """
    try:
        target = check_url(url, policy)
        addresses = _addresses(target, policy)
    except UrlRefused as refused:
        return Delivery(None, error_code=refused.code)
    with _Deadline(deadline_s) as deadline:
        try:
            connection = _connect(target, addresses, deadline, tls)
            with closing(connection):
                connection.request(
                    method,
                    target.request_uri,
                    body=body,
                    headers={"Host": target.netloc, "User-Agent": USER_AGENT, **headers},
                    preload_content=False,
                    decode_content=False,
                )
                return _answer(connection, deadline, answer_bytes_max)
        except _NETWORK_ERRORS as error:
            return Delivery(None, error_code=_error_code(error, deadline))


def check_url(url: str, policy: Policy = PUBLIC_ONLY) -> Url:
    """The parts of an address to which messages may go, as far as can be said without asking the network.

    Raises UrlRefused with a sentence for the person who typed it.
    """
    try:
        parts = parse_url(url)
    except urllib3.exceptions.LocationParseError:
        raise _url_refused("is not an address", "不是有效的地址") from None
    if parts.scheme not in ("https", "http") or not parts.host:
        raise _url_refused("does not begin with https:// and a host", "须以 https:// 加主机名开头")
    if parts.auth is not None or parts.fragment is not None:
        raise _url_refused("must hold no user, password or '#'", "不得含用户名、密码或 “#”")
    if parts.scheme == "http" and not policy.allow_loopback_http:
        raise _url_refused("must begin with https://", "须以 https:// 开头")
    return parts


def _url_refused(what: str, what_zh: str) -> UrlRefused:
    return UrlRefused(
        "URL_REFUSED",
        f"The address {what}. Give one such as https://bank.example/livefreeze.",
        f"该地址{what_zh}，例如 https://bank.example/livefreeze。",
    )


def _addresses(target: Url, policy: Policy) -> list[str]:
    try:
        found = socket.getaddrinfo(_host(target), _port(target), type=socket.SOCK_STREAM)
    except (OSError, UnicodeError):
        raise UrlRefused("NAME_UNKNOWN", "The host of the address is unknown.", "无法解析该地址的主机名。") from None
    addresses = list(dict.fromkeys(sockaddr[0] for *_, sockaddr in found))
    if not all(is_allowed(address, scheme=target.scheme, policy=policy) for address in addresses):
        raise UrlRefused(
            "ADDRESS_REFUSED",
            "The host lies in a network to which no message may go.",
            "该主机位于不允许发送报文的网络。",
        )
    return addresses


def _host(target: Url) -> str:
    return target.host.strip("[]")  # an IPv6 address stands in brackets


def _port(target: Url) -> int:
    return target.port or (443 if target.scheme == "https" else 80)


def _connect(
    target: Url, addresses: list[str], deadline: "_Deadline", tls: ssl.SSLContext | None
) -> HTTPConnection:
    """A connection to the first address that takes one. The certificate must be for the name, not the address."""
    for address in addresses:
        if target.scheme == "https":
            connection = _HttpsConnection(
                address,
                _port(target),
                server_hostname=_host(target),
                ssl_context=tls or _authorities_of_the_system(),
            )
        else:
            connection = _HttpConnection(address, _port(target))
        connection.deadline = deadline
        connection.timeout = deadline.left_s()
        try:
            connection.connect()
        except NewConnectionError as error:  # nobody listens there; somebody may at the next
            last_error = error
        except BaseException:
            connection.close()
            raise
        else:
            return connection
    raise last_error


def _answer(connection: HTTPConnection, deadline: "_Deadline", bytes_max: int) -> Delivery:
    response = connection.getresponse()
    body, error_code = b"", None
    try:
        for chunk in response.stream(_CHUNK_BYTES, decode_content=False):
            body += chunk
            if len(body) > bytes_max:
                body, error_code = b"", "ANSWER_TOO_LARGE"
                break
        if deadline.is_over:  # a body without a length ends well when it is cut
            body, error_code = b"", "TIMED_OUT"
    except _NETWORK_ERRORS as error:
        body, error_code = b"", _error_code(error, deadline)
    if 300 <= response.status < 400:
        error_code = "REDIRECT_REFUSED"
    return Delivery(response.status, body, error_code, response.headers)


_NETWORK_ERRORS = (OSError, urllib3.exceptions.HTTPError, http.client.HTTPException)


def _error_code(error: Exception, deadline: "_Deadline") -> str:
    if deadline.is_over:
        return "TIMED_OUT"
    if isinstance(error, NewConnectionError):  # for urllib3 a kind of timeout, though nobody waited
        return "CONNECTION_FAILED"
    if isinstance(error, (TimeoutError, urllib3.exceptions.TimeoutError)):
        return "TIMED_OUT"
    if isinstance(error, (ssl.SSLError, urllib3.exceptions.SSLError)):
        return "TLS_FAILED"
    return "CONNECTION_FAILED"


class _Watched:
    deadline: "_Deadline"

    def _new_conn(self) -> socket.socket:
        opened = super()._new_conn()
        self.deadline.watch(opened)
        return opened


class _HttpConnection(_Watched, HTTPConnection):
    pass


class _HttpsConnection(_Watched, HTTPSConnection):
    pass


@cache
def _authorities_of_the_system() -> ssl.SSLContext:
    return ssl.create_default_context()  # reading them takes longer than a message does


class _Deadline:
    """Cuts a connection when the time is over: the timeout of a socket is only for each single read."""

    def __init__(self, seconds: float) -> None:
        self.is_over = False
        self._end = time.monotonic() + seconds
        self._sockets: list[socket.socket] = []
        self._timer = threading.Timer(seconds, self._cut)
        self._timer.daemon = True

    def __enter__(self) -> "_Deadline":
        self._timer.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._timer.cancel()
        for watched in self._sockets:
            watched.close()

    def left_s(self) -> float:
        """Seconds left; never zero, which would mean a socket that does not wait at all."""
        return max(0.001, self._end - time.monotonic())

    def watch(self, opened: socket.socket) -> None:
        """Cut this connection too. A duplicate is kept, since TLS takes the first handle for itself."""
        self._sockets.append(opened.dup())
        if self.is_over:
            self._cut()

    def _cut(self) -> None:
        self.is_over = True
        for watched in self._sockets:
            try:
                watched.shutdown(socket.SHUT_RDWR)
            except OSError:
                pass  # it is closed already
