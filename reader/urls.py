"""The site's addresses. The one module of `reader` that may name `annotations`."""

from django.contrib import admin
from django.urls import include, path

from reader.views.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    # Before the rest: /projects/new/ is no project's address.
    path("", include("reader.people_urls")),
    path("", include("annotations.urls")),
]
