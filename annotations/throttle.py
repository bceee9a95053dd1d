"""How often strangers may do something."""

import ipaddress

from allauth.account.adapter import get_adapter
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

HOUR = 3600


def may_again(request: HttpRequest, action: str, *, times: int, seconds: int = HOUR) -> bool:
    """Whether this client address may do it once more; if so, that is counted.

    Each of `times` slots is taken for `seconds`. Adding to the cache is atomic, so requests at the
    same moment cannot share a slot. The address itself is not stored.
    """
    client = salted_hmac(f"throttle.{action}", _network(request)).hexdigest()
    return any(cache.add(f"{action}:{client}:{slot}", 1, seconds) for slot in range(times))


def _network(request: HttpRequest) -> str:
    """The client's address; of IPv6 the /64, which one client has to itself. Proxies count as the
    setting ALLAUTH_TRUSTED_PROXY_COUNT says."""
    address = ipaddress.ip_address(get_adapter(request).get_client_ip(request))
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, 64), strict=False))
