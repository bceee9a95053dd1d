"""Pages for the site's owners: accounts, publications, and a look at everything else.

Articles, revisions and projects are shown and not changed here: services are their only writers.
"""

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from django.contrib import admin
from django.contrib.auth.models import Group
from django.forms import ModelForm
from django.http import HttpRequest

from reader.models import (
    Article,
    ArticleWatch,
    Feed,
    Invitation,
    Membership,
    Project,
    Publication,
    Revision,
    User,
)
from reader.read_only_admin import ReadOnlyAdmin, ReadOnlyInline

# Signing in to the admin takes the same way as everywhere: rate limits and second factors hold.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
admin.site.site_header = admin.site.site_title = "On Record: administration"
admin.site.unregister(Group)


@admin.register(User)
class UserAdmin(admin.ModelAdmin):
    """Accounts. They come by invitation or `create_owner`, and go by `delete_user`."""

    list_display = ["email", "name", "is_active", "is_superuser", "last_login", "date_joined"]
    list_filter = ["is_active", "is_superuser"]
    search_fields = ["email", "name"]
    ordering = ["email"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "last_login", "date_joined"]
    readonly_fields = ["last_login", "date_joined"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: User | None = None) -> bool:
        return False

    def save_model(
        self, request: HttpRequest, obj: User, form: "ModelForm[User]", change: bool
    ) -> None:
        obj.email = obj.email.lower()
        super().save_model(request, obj, form, change)
        # allauth lets people in by any address that it knows: the former one must not stay.
        EmailAddress.objects.filter(user=obj).exclude(email=obj.email).delete()


@admin.register(Membership)
class MembershipAdmin(ReadOnlyAdmin):
    """Members. One can be added here, so that a project whose owners are gone gets another."""

    list_display = ["project", "user", "role", "created_at"]
    list_filter = ["role", "project"]
    list_select_related = ["project", "user"]
    search_fields = ["project__name", "user__email"]
    autocomplete_fields = ["project", "user"]

    def has_add_permission(self, request: HttpRequest, obj: Membership | None = None) -> bool:
        return request.user.has_perm("reader.add_membership")


class MembershipInline(ReadOnlyInline):
    model = Membership


@admin.register(Project)
class ProjectAdmin(ReadOnlyAdmin):
    list_display = ["name", "slug", "visibility", "readers_see", "personal_to", "created_at"]
    list_filter = ["visibility", "readers_see"]
    search_fields = ["name", "slug"]
    inlines = [MembershipInline]


class RevisionInline(ReadOnlyInline):
    model = Revision
    fields = ["number", "title", "word_count", "fetched_at", "extractor", "sha256"]
    show_change_link = True


@admin.register(Article)
class ArticleAdmin(ReadOnlyAdmin):
    """Articles. `purge_article` erases one for good."""

    list_display = ["title", "publication", "published_on", "scope", "first_seen_at"]
    list_filter = ["publication"]
    list_select_related = ["publication", "scope"]
    search_fields = ["title", "url", "id"]
    date_hierarchy = "first_seen_at"
    inlines = [RevisionInline]


@admin.register(Revision)
class RevisionAdmin(ReadOnlyAdmin):
    list_display = ["article", "number", "word_count", "fetched_at", "extractor"]
    list_select_related = ["article"]
    search_fields = ["article__title", "sha256"]
    fields = [
        "article", "number", "title", "byline", "published_on", "word_count", "fetched_at",
        "extractor", "sha256", "text",
    ]  # fmt: skip


@admin.register(Publication)
class PublicationAdmin(admin.ModelAdmin):
    list_display = ["name", "domain"]
    search_fields = ["name", "domain"]


@admin.register(Feed)
class FeedAdmin(admin.ModelAdmin):
    list_display = ["__str__", "publication", "next_poll_at", "failures", "last_error"]
    list_filter = ["failures"]
    search_fields = ["url", "title"]


@admin.register(ArticleWatch)
class ArticleWatchAdmin(ReadOnlyAdmin):
    list_display = ["article", "added_by", "started_at", "next_fetch_at", "failures", "last_error"]
    list_select_related = ["article", "added_by"]
    search_fields = ["article__title", "article__url"]


@admin.register(Invitation)
class InvitationAdmin(ReadOnlyAdmin):
    list_display = ["project", "role", "note", "created_by", "expires_at", "used_at", "used_by"]
    list_select_related = ["project", "created_by", "used_by"]
    fields = [
        "project", "role", "note", "created_by", "created_at", "expires_at", "used_at", "used_by",
    ]  # fmt: skip
