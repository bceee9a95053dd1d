"""The site's addresses. The one module of `reader` that may name `annotations`."""

from django.contrib import admin
from django.urls import include, path

from reader.views.health import healthz

urlpatterns = [
    path("healthz", healthz, name="healthz"),
    # Before the rest: a few of its addresses would mean something else there.
    path("", include("reader.people_urls")),
    path("", include("reader.article_urls")),
    path("", include("reader.feed_urls")),
    path("accounts/", include("allauth.urls")),
    path("admin/", admin.site.urls),
    path("", include("annotations.urls")),
]
