"""Where somebody goes on after an action."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def there(request: HttpRequest, otherwise: str) -> str:
    """Where the person came from, as `next` of the form or the address says, within the site.

    Args:
        otherwise: the address for who came from nowhere.
    """
    given = request.POST.get("next", "") or request.GET.get("next", "")
    safe = url_has_allowed_host_and_scheme(given, {request.get_host()}, request.is_secure())
    return given if given.startswith("/") and safe else otherwise
