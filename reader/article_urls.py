"""Addresses where articles are added and corrected."""

from django.urls import path

from reader.views import address, articles, reading

urlpatterns = [
    path("articles/add/", articles.add_article, name="add_article"),
    path("articles/add/address/", address.add_address, name="add_address"),
    path("articles/<uuid:article_id>/edit/", articles.edit_article, name="edit_article"),
    path("articles/<uuid:article_id>/state/", reading.article_state, name="article_state"),
    path("articles/<uuid:article_id>/position/", reading.article_position, name="article_position"),
    path("read-all/", reading.read_all, name="read_all"),
    path("read-all/undo/<str:undo>/", reading.undo_read_all, name="undo_read_all"),
]
