"""Addresses of the marking half, nested by noun."""

from django.urls import include, path

from annotations.views import editing, exporting, help, library, marking, projects, reading

# /projects/<slug>/articles/<uuid>/… and, in one's own project, /articles/<uuid>/…
in_article = [
    path("", reading.article, name="article"),
    path("annotations/", marking.mark, name="mark"),
    path("annotations/choose/", marking.choose, name="choose"),
]

# /annotations/<uuid>/…
in_annotation = [
    path("", reading.permalink, name="annotation"),
    path("edit/", editing.edit, name="annotation_edit"),
    path("edit/by-kind/", editing.answers, name="annotation_by_kind"),
    path("extent/", marking.extent, name="annotation_extent"),
    path("delete/", editing.delete, name="annotation_delete"),
    path("restore/", editing.restore, name="annotation_restore"),
    path("history/", editing.history, name="annotation_history"),
]

urlpatterns = [
    path("", library.library, name="library"),
    path("help/", help.help_page, name="help"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("projects/<slug:slug>/export/<str:format_name>", exporting.export, name="export"),
    path("projects/<slug:slug>/articles/<uuid:article_id>/", include(in_article)),
    path("articles/<uuid:article_id>/", include(in_article)),
    path("annotations/<uuid:annotation_id>/", include(in_annotation)),
]
