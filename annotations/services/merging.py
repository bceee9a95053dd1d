"""Merging speakers or claims: a pointer that can be taken back at any time, in any order."""

from collections import defaultdict
from typing import TypeVar

from django.db import transaction
from django.utils.translation import gettext as _

from annotations.models import Claim, Speaker
from reader.services.errors import Refused
from reader.services.projects import lock, touch as touch_project

Noun = TypeVar("Noun", Speaker, Claim)


@transaction.atomic
def merge(one: Noun, into: Noun) -> Noun:
    """Read `one`, and all that is read as it, as `into`; links keep what they named.

    Returns:
        `one`, as it is now.

    Raises:
        Refused: they are not of the same project, are one already, or `one` is merged into
            another; or a speaker is an unnamed source, who belongs to one article.
    """
    one, into = _fresh(one), _fresh(into)
    root = into.canonical or into
    if one.project_id != root.project_id:
        raise Refused(_("Choose one of the same project."), "into")
    if root.pk == one.pk or one.canonical_id == root.pk:
        raise Refused(_("“%(name)s” is the same one already.") % {"name": into}, "into")
    if one.merged_into_id:
        raise Refused(
            _("“%(one)s” is merged into “%(other)s”. Take that back first.")
            % {"one": one, "other": one.canonical},
            "into",
        )
    if (
        isinstance(one, Speaker)
        and isinstance(root, Speaker)
        and (one.article_id or root.article_id)
    ):
        raise Refused(_("An unnamed source belongs to one article and is never merged."), "into")
    one.merged_into, one.canonical = into, root
    one.save(update_fields=["merged_into", "canonical"])
    type(one)._default_manager.filter(canonical=one.pk).update(canonical=root)
    touch_project(one.project)
    return one


@transaction.atomic
def unmerge(one: Noun) -> Noun:
    """Take a merge back: `one`, and what had been merged into it, stand for themselves again.

    Returns:
        `one`, as it is now; one that is not merged stays as it is.
    """
    one = _fresh(one)
    if one.merged_into_id is None:
        return one
    family = _merged_into(one)
    one.merged_into = one.canonical = None
    one.save(update_fields=["merged_into", "canonical"])
    type(one)._default_manager.filter(pk__in=family).update(canonical=one)
    touch_project(one.project)
    return one


def _fresh(one: Noun) -> Noun:
    """It as it is now, while no other merge runs in its project: two at once could make a ring."""
    lock(one.project_id)
    return type(one)._default_manager.select_related("project", "canonical").get(pk=one.pk)


def _merged_into(one: Noun) -> set[int]:
    """The ids of all that was merged into it, or into something that was."""
    merged_here: dict[int | None, list[int]] = defaultdict(list)
    rows = type(one)._default_manager.filter(canonical=one.canonical_id)
    for pk, into in rows.values_list("pk", "merged_into"):
        merged_here[into].append(pk)
    found: set[int] = set()
    waiting = [one.pk]
    while waiting:
        fresh = merged_here[waiting.pop()]
        found.update(fresh)
        waiting.extend(fresh)
    return found
