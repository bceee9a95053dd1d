"""Admin pages that show and change nothing."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest


class _NothingChanges:
    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ReadOnlyAdmin(_NothingChanges, admin.ModelAdmin):
    """Lists and shows rows."""


class ReadOnlyInline(_NothingChanges, admin.TabularInline):
    """Shows the rows that belong to another."""

    extra = 0
