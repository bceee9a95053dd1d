"""Connections to the open internet only: the guard against server-side request forgery.

requests-hardened resolves a name once, refuses private, loopback, link-local, carrier-grade,
multicast, mapped, 6to4, NAT64 and Teredo addresses, and connects to the very address that it
checked, so that a name which is rebound afterwards leads nowhere else. On top of it stand here:
every answer for a name must be public and not just the first, the IPv6 ranges that it and Python's
`ipaddress` take for public, and ports.
"""

import socket
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from threading import Lock
from typing import Any

import requests
from django.utils.translation import gettext as _
from requests_hardened.ip_filter import InvalidIPAddress, filter_host
from requests_hardened.ip_filter_adapter import IPFilterAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool

PORTS = frozenset({80, 443, 8000, 8080, 8443})
"""Where web sites are; elsewhere one would knock at databases and mail servers."""

# What reaches the whole world in IPv6 (RFC 4291, section 2.4). Site-local, IPv4-compatible
# and IPv4-translated addresses stand outside.
_GLOBAL_UNICAST = ip_network("2000::/3")
# Azure's metadata and DNS, on a public address.
_NO_SITES = frozenset({ip_address("168.63.129.16")})
# The last 64 bits of an ISATAP address begin with 0000:5efe or 0200:5efe (RFC 5214).
_ISATAP = 0x5EFE


class Blocked(requests.RequestException):
    """A request that must not be sent, or that has nobody to be sent to. The message is for people.

    It is no `ValueError`, which requests would take for a misspelt address.
    """


class Watch:
    """The sockets of one fetch, which can be cut off from another thread."""

    def __init__(self) -> None:
        self._sockets: list[socket.socket] = []
        self._lock = Lock()
        self.is_over = False

    def add(self, connected: socket.socket) -> None:
        """Remember a socket; where time is up already, cut it off."""
        with self._lock:
            self._sockets.append(connected)
            if self.is_over:
                _cut(connected)

    def end(self) -> None:
        """Cut off what is open and whatever will be opened."""
        with self._lock:
            self.is_over = True
            for connected in self._sockets:
                _cut(connected)


class GuardedAdapter(IPFilterAdapter):
    """Sends requests to public addresses only.

    Args:
        scheme: "http" or "https".
        allow_loopback: let it speak with this machine too, at any port.
        watch: is told of each connection.
    """

    def __init__(self, scheme: str, *, allow_loopback: bool, watch: Watch) -> None:
        super().__init__(is_https_proto=scheme == "https", allow_loopback=allow_loopback)
        self.poolmanager.pool_classes_by_scheme = _watched_pools(watch)

    def build_connection_pool_key_attributes(
        self, request: requests.PreparedRequest, verify: Any, cert: Any = None
    ) -> tuple[Any, Any]:
        """As requests has it, with the checked address in place of the name.

        Raises:
            Blocked: the name or an address of it is not public.
        """
        host, port = _named(request)
        if port not in PORTS and not self._allow_loopback:
            raise Blocked(
                _("Port %(port)s is not one of a web site; On Record does not open it.")
                % {"port": port}
            )
        try:
            for answer in _answers(host, port):
                self._check(answer)
            host_params, pool_kwargs = super().build_connection_pool_key_attributes(
                request, verify, cert
            )
            self._check(str(host_params["host"]).strip("[]"))
        except InvalidIPAddress:
            raise Blocked(
                _(
                    "%(host)s is not on the open internet but in a private network; On "
                    "Record does not open it."
                )
                % {"host": host}
            ) from None
        return host_params, pool_kwargs

    def _check(self, address: str) -> None:
        """Raise `InvalidIPAddress` for one that is not public."""
        filter_host(address, 80, allow_loopback=self._allow_loopback)
        ip = ip_address(address.partition("%")[0])
        if self._allow_loopback and ip.is_loopback:
            return
        if ip in _NO_SITES or (isinstance(ip, IPv6Address) and not _is_global_unicast(ip)):
            raise InvalidIPAddress(ip)


def _is_global_unicast(ip: IPv6Address) -> bool:
    mapped: IPv4Address | None = ip.ipv4_mapped
    if mapped is not None:
        return True  # connected to as IPv4, and checked as such
    return ip in _GLOBAL_UNICAST and (int(ip) >> 32) & 0xFDFF_FFFF != _ISATAP


def _named(request: requests.PreparedRequest) -> tuple[str, int]:
    """The host and port that requests will take from an address."""
    parts = requests.adapters.parse_url(request.url or "")
    host = (parts.host or "").strip("[]")
    if not host:
        raise Blocked(_("“%(url)s” names no site.") % {"url": request.url})
    return host, parts.port or (443 if parts.scheme == "https" else 80)


def _answers(host: str, port: int) -> set[str]:
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (socket.gaierror, UnicodeError):
        raise Blocked(_("There is no site named %(host)s.") % {"host": host}) from None
    return {str(sockaddr[0]) for *_, sockaddr in found}


def _watched_pools(watch: Watch) -> dict[str, type[HTTPConnectionPool]]:
    class Plain(HTTPConnection):
        def connect(self) -> None:
            super().connect()
            watch.add(self.sock)

    class Encrypted(HTTPSConnection):
        def connect(self) -> None:
            super().connect()
            watch.add(self.sock)

    class PlainPool(HTTPConnectionPool):
        ConnectionCls = Plain

    class EncryptedPool(HTTPSConnectionPool):
        ConnectionCls = Encrypted

    return {"http": PlainPool, "https": EncryptedPool}


def _cut(connected: socket.socket) -> None:
    try:
        connected.shutdown(socket.SHUT_RDWR)
    except OSError:  # it was closed already
        return
