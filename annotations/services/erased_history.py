"""The history that database triggers keep, where something is erased for good."""

from collections.abc import Iterable

from django.apps import apps
from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Cast
from pghistory.models import Context

from annotations.models import (
    Anchor,
    Annotation,
    Attribution,
    Claim,
    ClaimLink,
    ClaimPair,
    Fragment,
    ReplySought,
    Speaker,
)
from reader.models import Membership, Project, User

Deleted = tuple[int, dict[str, int]]
"""What Django's `delete()` answers."""

_TRACKED: tuple[type[models.Model], ...] = (
    Annotation,
    Attribution,
    Claim,
    ClaimLink,
    ClaimPair,
    Fragment,
    Membership,
    ReplySought,
    Speaker,
)


def erase_from_history(user_id: int, email: str) -> list[Deleted]:
    """Erase their id and address from rows that stay; their memberships' rows go.

    Deleting the account has just added rows of its own: the database keeps each row as it was
    before it lost its annotator.
    """
    deleted = []
    for model in _TRACKED:
        events = history_of(model)
        for column in events.model._meta.concrete_fields:
            if column.related_model is not User:
                continue
            rows = events.filter(**{column.attname: user_id})
            if column.null:
                rows.update(**{column.attname: None})
            else:
                deleted.append(rows.delete())
    contexts = Context.objects.annotate(words=Cast("metadata", models.TextField()))
    for context in contexts.filter(Q(metadata__user=user_id) | Q(words__icontains=email)):
        context.metadata = {
            name: value
            for name, value in context.metadata.items()
            if (name, value) != ("user", user_id) and email not in str(value).lower()
        }
        context.save(update_fields=["metadata"])
    return deleted


def erase_history_without_parent() -> list[Deleted]:
    """Erase the history of what is erased. It names no article and, for fragments, no annotation,
    so it is found by what it can no longer be reached from."""
    deleted = []
    parents: Iterable[tuple[type[models.Model], str, type[models.Model]]] = (
        (Annotation, "pgh_obj_id", Annotation),
        (Attribution, "annotation_id", Annotation),
        (ClaimLink, "annotation_id", Annotation),
        (Fragment, "anchor_id", Anchor),
        (Claim, "project_id", Project),
        (ClaimPair, "first_id", Claim),
        (ClaimPair, "second_id", Claim),
        (ReplySought, "claim_id", Claim),
        (Speaker, "project_id", Project),
        (Membership, "project_id", Project),
    )
    for model, column, parent in parents:
        kept = parent._default_manager.filter(pk=OuterRef(column))
        deleted.append(history_of(model).filter(~Exists(kept)).delete())
    return deleted


def history_of(model: type[models.Model]) -> models.QuerySet[models.Model]:
    """The rows that database triggers keep of a table's former states."""
    event = apps.get_model(model._meta.app_label, f"{model.__name__}Event")
    return event._default_manager.all()
