"""What every template may say about the site, and about where it stands."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Name and contact of this installation, and the page's own address, for print."""
    return {
        "site_name": settings.SITE_NAME,
        "site_contact": settings.SITE_CONTACT,
        "address": request.build_absolute_uri(request.path),
    }
