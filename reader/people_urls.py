"""Addresses of people and projects."""

from django.urls import URLPattern, URLResolver, include, path

from reader.views import account, invitations, members, preferences, projects, searches

project_urls = [
    path("settings/", projects.project_settings, name="project_settings"),
    path("guidelines/", projects.project_guidelines, name="project_guidelines"),
    path("members/", members.project_members, name="project_members"),
    path("members/<int:member_id>/role/", members.member_role, name="member_role"),
    path("members/<int:member_id>/remove/", members.member_remove, name="member_remove"),
    path("invitations/", invitations.new_invitation, name="new_invitation"),
    path(
        "invitations/<int:invitation_id>/revoke/",
        invitations.revoke_invitation,
        name="revoke_invitation",
    ),
]

# /searches/<number>/…
search_urls = [
    path("rename/", searches.rename_search, name="rename_search"),
    path("delete/", searches.delete_search, name="delete_search"),
    path("restore/", searches.restore_search, name="restore_search"),
    path("follow/", searches.follow_search, name="follow_search"),
    path("unfollow/", searches.unfollow_search, name="unfollow_search"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", account.account, name="account"),
    path("account/preferences/", preferences.preferences, name="preferences"),
    path("accounts/email/", account.no_other_address),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("searches/", searches.searches, name="searches"),
    path("searches/new/", searches.new_search, name="new_search"),
    path("searches/<int:search_id>/", include(search_urls)),
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.new_project, name="new_project"),
    path("projects/<slug:slug>/", include(project_urls)),
]
