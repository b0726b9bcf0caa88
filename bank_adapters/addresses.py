"""To which network addresses may a message go? Never to our own network through a name that somebody else owns."""

import ipaddress
from dataclasses import dataclass

Address = ipaddress.IPv4Address | ipaddress.IPv6Address

_GLOBAL_UNICAST = ipaddress.ip_network("2000::/3")  # all that is routed on the public network in IPv6
_NAT64 = ipaddress.ip_network("64:ff9b::/96")  # RFC 6052: an IPv4 address stands in the last 32 bits
_PRIVATE_NETWORKS = tuple(
    ipaddress.ip_network(network)
    for network in ("10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "fc00::/7")
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What is allowed beyond https to public addresses."""

    allow_loopback_http: bool = False  # development: bank and service on one machine, http or https
    allow_private_networks: bool = False  # banks on leased lines


PUBLIC_ONLY = Policy()


def is_allowed(text: str, *, scheme: str, policy: Policy) -> bool:
    """May a message go by this scheme to this address? What cannot be read as an address may not."""
    try:
        address = _within(ipaddress.ip_address(text))
    except ValueError:
        return False
    if address.is_loopback:
        return policy.allow_loopback_http
    if scheme != "https":
        return False
    if any(address in network for network in _PRIVATE_NETWORKS):
        return policy.allow_private_networks
    return _is_public(address)


def _within(address: Address) -> Address:
    """The address that packets reach in the end: some IPv6 addresses are an IPv4 address in disguise."""
    if isinstance(address, ipaddress.IPv6Address):
        if address in _NAT64:
            return ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)
        return address.ipv4_mapped or address.sixtofour or address
    return address


def _is_public(address: Address) -> bool:
    if isinstance(address, ipaddress.IPv6Address):
        return address in _GLOBAL_UNICAST and address.is_global and address.teredo is None
    return address.is_global and not address.is_multicast and not address.is_reserved
