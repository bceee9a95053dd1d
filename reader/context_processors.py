"""What every template may say about the site itself."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict[str, object]:
    """Name and contact of this installation."""
    return {"site_name": settings.SITE_NAME, "site_contact": settings.SITE_CONTACT}
