"""Addresses where articles are added and corrected."""

from django.urls import path

from reader.views import address, articles

urlpatterns = [
    path("articles/add/", articles.add_article, name="add_article"),
    path("articles/add/address/", address.add_address, name="add_address"),
    path("articles/<uuid:article_id>/edit/", articles.edit_article, name="edit_article"),
]
