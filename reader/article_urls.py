"""Addresses where articles are added and corrected."""

from django.urls import path

from reader.views import articles

urlpatterns = [
    path("articles/add/", articles.add_article, name="add_article"),
    path("articles/<uuid:article_id>/edit/", articles.edit_article, name="edit_article"),
]
