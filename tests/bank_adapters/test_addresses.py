"""Where messages may go: public addresses, unless a policy says more."""

import pytest

from bank_adapters.addresses import PUBLIC_ONLY, Policy, is_allowed

LOOPBACK = Policy(allow_loopback_http=True)
PRIVATE = Policy(allow_private_networks=True)


@pytest.mark.parametrize(
    ("address", "scheme", "policy"),
    [
        pytest.param("8.8.8.8", "https", PUBLIC_ONLY, id="public"),
        pytest.param("2606:4700::1111", "https", PUBLIC_ONLY, id="public IPv6"),
        pytest.param("64:ff9b::808:808", "https", PUBLIC_ONLY, id="public through NAT64"),
        pytest.param("127.0.0.1", "http", LOOPBACK, id="loopback"),
        pytest.param("127.8.9.10", "https", LOOPBACK, id="loopback with TLS"),
        pytest.param("::1", "http", LOOPBACK, id="loopback IPv6"),
        pytest.param("::ffff:127.0.0.1", "http", LOOPBACK, id="loopback, mapped"),
        pytest.param("10.1.2.3", "https", PRIVATE, id="private"),
        pytest.param("172.31.0.1", "https", PRIVATE, id="private, second range"),
        pytest.param("100.64.0.1", "https", PRIVATE, id="shared by a carrier"),
        pytest.param("fd00::1", "https", PRIVATE, id="private IPv6"),
    ],
)
def test_allowed(address, scheme, policy):
    assert is_allowed(address, scheme=scheme, policy=policy)


EVERYTHING = Policy(allow_loopback_http=True, allow_private_networks=True)


@pytest.mark.parametrize(
    ("address", "scheme", "policy"),
    [
        pytest.param("8.8.8.8", "http", EVERYTHING, id="public without TLS"),
        pytest.param("10.1.2.3", "http", EVERYTHING, id="private without TLS"),
        pytest.param("127.0.0.1", "https", PRIVATE, id="loopback"),
        pytest.param("::1", "https", PUBLIC_ONLY, id="loopback IPv6"),
        pytest.param("::ffff:127.0.0.1", "https", PUBLIC_ONLY, id="loopback, mapped"),
        pytest.param("64:ff9b::7f00:1", "https", PUBLIC_ONLY, id="loopback through NAT64"),
        pytest.param("64:ff9b::a01:203", "https", PUBLIC_ONLY, id="private through NAT64"),
        pytest.param("64:ff9b:1::7f00:1", "https", EVERYTHING, id="local NAT64"),
        pytest.param("2002:7f00:1::", "https", PUBLIC_ONLY, id="loopback through 6to4"),
        pytest.param("2002:a01:203::", "https", PUBLIC_ONLY, id="private through 6to4"),
        pytest.param("2001:0:4136:e378:8000:63bf:3fff:fdd2", "https", EVERYTHING, id="Teredo"),
        pytest.param("::7f00:1", "https", EVERYTHING, id="loopback, compatible form"),
        pytest.param("10.1.2.3", "https", PUBLIC_ONLY, id="private"),
        pytest.param("100.64.0.1", "https", LOOPBACK, id="shared by a carrier"),
        pytest.param("fd00::1", "https", PUBLIC_ONLY, id="private IPv6"),
        pytest.param("169.254.169.254", "https", EVERYTHING, id="metadata of a cloud"),
        pytest.param("fe80::1", "https", EVERYTHING, id="link-local"),
        pytest.param("fe80::1%eth0", "https", EVERYTHING, id="link-local with zone"),
        pytest.param("fec0::1", "https", EVERYTHING, id="site-local"),
        pytest.param("0.0.0.0", "https", EVERYTHING, id="unspecified"),
        pytest.param("::", "https", EVERYTHING, id="unspecified IPv6"),
        pytest.param("224.0.1.1", "https", EVERYTHING, id="multicast"),
        pytest.param("ff0e::1", "https", EVERYTHING, id="multicast IPv6"),
        pytest.param("255.255.255.255", "https", EVERYTHING, id="broadcast"),
        pytest.param("240.0.0.1", "https", EVERYTHING, id="reserved"),
        pytest.param("192.0.2.1", "https", EVERYTHING, id="documentation"),
        pytest.param("2001:db8::1", "https", EVERYTHING, id="documentation IPv6"),
        pytest.param("198.18.0.1", "https", EVERYTHING, id="benchmarks"),
        pytest.param("bank.example", "https", EVERYTHING, id="a name"),
        pytest.param("", "https", EVERYTHING, id="nothing"),
    ],
)
def test_refused(address, scheme, policy):
    assert not is_allowed(address, scheme=scheme, policy=policy)
