"""Addresses of people and projects."""

from django.urls import URLPattern, URLResolver, include, path

from reader.views import account, invitations, members, projects

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

urlpatterns: list[URLPattern | URLResolver] = [
    path("account/", account.account, name="account"),
    path("accounts/email/", account.no_other_address),
    path("invitations/<str:token>/", invitations.invitation, name="invitation"),
    path("projects/", projects.projects, name="projects"),
    path("projects/new/", projects.new_project, name="new_project"),
    path("projects/<slug:slug>/", include(project_urls)),
]
