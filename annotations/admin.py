"""A look at annotations for the site's owners. Nothing changes here: services are the only
writers."""

from django.contrib import admin

from annotations.models import (
    Anchor,
    Annotation,
    Attribution,
    Claim,
    ClaimLink,
    ClaimPair,
    Fragment,
    Reply,
    ReplySought,
    Share,
    Speaker,
    Withdrawal,
)
from reader.read_only_admin import ReadOnlyAdmin, ReadOnlyInline


class AttributionInline(ReadOnlyInline):
    model = Attribution


class ClaimLinkInline(ReadOnlyInline):
    model = ClaimLink


class AnchorInline(ReadOnlyInline):
    model = Anchor
    show_change_link = True


@admin.register(Annotation)
class AnnotationAdmin(ReadOnlyAdmin):
    list_display = ["id", "kind", "project", "article", "annotator", "created_at", "deleted_at"]
    list_filter = ["kind", "wording", "origin", "project"]
    list_select_related = ["project", "article", "annotator"]
    search_fields = ["id", "article__title", "annotator__email"]
    inlines = [AnchorInline, AttributionInline, ClaimLinkInline]


class FragmentInline(ReadOnlyInline):
    model = Fragment


@admin.register(Anchor)
class AnchorAdmin(ReadOnlyAdmin):
    list_display = ["annotation", "revision", "made_by", "status", "score", "decision"]
    list_filter = ["made_by", "status", "decision"]
    list_select_related = ["annotation", "revision"]
    inlines = [FragmentInline]


@admin.register(Fragment)
class FragmentAdmin(ReadOnlyAdmin):
    list_display = ["anchor", "position", "start", "end", "status", "exact"]
    list_filter = ["status"]
    list_select_related = ["anchor"]


@admin.register(Speaker)
class SpeakerAdmin(ReadOnlyAdmin):
    list_display = ["name", "project", "type", "article", "canonical"]
    list_filter = ["type", "project"]
    list_select_related = ["project", "article", "canonical"]
    search_fields = ["name"]


@admin.register(Claim)
class ClaimAdmin(ReadOnlyAdmin):
    list_display = ["statement", "project", "broader", "canonical", "created_at"]
    list_filter = ["project"]
    list_select_related = ["project", "broader", "canonical"]
    search_fields = ["statement"]


@admin.register(ClaimPair)
class ClaimPairAdmin(ReadOnlyAdmin):
    list_display = ["first", "second", "verdict", "decided_by", "decided_at"]
    list_filter = ["verdict", "first__project"]
    list_select_related = ["first", "second", "decided_by"]


@admin.register(ReplySought)
class ReplySoughtAdmin(ReadOnlyAdmin):
    list_display = ["claim", "status", "on", "by", "updated_at"]
    list_filter = ["status", "claim__project"]
    list_select_related = ["claim", "by"]


@admin.register(Share)
class ShareAdmin(ReadOnlyAdmin):
    list_display = ["code", "created_by", "created_at", "expires_at", "revoked_at"]
    list_select_related = ["created_by"]


@admin.register(Reply)
class ReplyAdmin(ReadOnlyAdmin):
    list_display = ["name", "project", "status", "created_at", "decided_by"]
    list_filter = ["status", "project"]
    list_select_related = ["project", "decided_by"]


@admin.register(Withdrawal)
class WithdrawalAdmin(ReadOnlyAdmin):
    list_display = ["reason", "project", "by", "at", "lifted_at"]
    list_filter = ["project"]
    list_select_related = ["project", "by"]
