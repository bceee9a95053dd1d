"""Searches that people keep for themselves or for a project, and addresses to follow them by."""

import secrets

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from reader.models import Project, SavedSearch, SearchFeed, User
from reader.services.errors import Refused

LONGEST_NAME = 150
LONGEST_QUERY = 1000


def save(by: User, name: str, query: str, project: Project | None = None) -> SavedSearch:
    """Keep a search, for the project or else for the person alone.

    Raises:
        Refused: there is nothing to search for, or name or query are too long.
    """
    query = " ".join(query.split())
    if not query:
        raise Refused(_("There is nothing to search for."), "q")
    if len(query) > LONGEST_QUERY:
        raise Refused(
            _("This search is too long to keep: %(most)s characters at most.")
            % {"most": LONGEST_QUERY},
            "q",
        )
    return SavedSearch.objects.create(
        user=None if project else by,
        project=project,
        name=_checked(name),
        query=query,
        created_by=by,
    )


def rename(search: SavedSearch, name: str) -> None:
    """Give it another name.

    Raises:
        Refused: there is none, or it is too long.
    """
    search.name = _checked(name)
    search.save(update_fields=["name"])


def delete(search: SavedSearch) -> None:
    """Take it off the lists; its feeds rest, and answer again once it is brought back."""
    search.deleted_at = timezone.now()
    search.save(update_fields=["deleted_at"])


def restore(search: SavedSearch) -> None:
    """Undo a deletion."""
    search.deleted_at = None
    search.save(update_fields=["deleted_at"])


@transaction.atomic
def follow(search: SavedSearch, user: User) -> SearchFeed:
    """A new address for the person's feed of this search; the one that they had answers no more."""
    stop_following(search, user)
    return SearchFeed.objects.create(search=search, user=user, token=secrets.token_urlsafe(32))


def stop_following(search: SavedSearch, user: User) -> None:
    """Revoke the address of the person's feed; revoking it again changes nothing."""
    SearchFeed.objects.filter(search=search, user=user).delete()


def _checked(name: str) -> str:
    name = " ".join(name.split())
    if not name:
        raise Refused(_("Give the search a name."), "name")
    if len(name) > LONGEST_NAME:
        raise Refused(
            _("Use %(most)s characters at most.") % {"most": LONGEST_NAME},
            "name",
        )
    return name
