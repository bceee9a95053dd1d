"""Labels: a person's own folders of subscriptions."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from reader.models import Label, Subscription, User
from reader.services.errors import Refused

LONGEST = 100
"""Characters of a label, as its column has them."""


@dataclass(frozen=True, slots=True)
class DeletedLabel:
    """What it takes to bring a label back: its name, and the subscriptions that had it."""

    name: str
    subscriptions: tuple[int, ...]


def label_names(text: str) -> list[str]:
    """The labels of a text such as "News, Far East", each once, whatever its capitals.

    Raises:
        Refused: one is too long.
    """
    found: dict[str, str] = {}
    for part in text.split(","):
        name = " ".join(part.replace("\0", "").split())
        if len(name) > LONGEST:
            raise Refused(
                _("“%(start)s…” has more than %(most)s characters. Separate labels by commas.")
                % {"start": name[:40], "most": LONGEST},
                "labels",
            )
        if name:
            found.setdefault(name.casefold(), name)
    return list(found.values())


@transaction.atomic
def set_labels(subscription: Subscription, names: Iterable[str]) -> None:
    """Make `names` the labels of a subscription. A label that no feed has any more stays."""
    subscription.labels.set(labels_named(subscription.user, names).values())


@transaction.atomic
def add_labels(subscription: Subscription, names: Iterable[str]) -> None:
    """Put a subscription under these labels too."""
    subscription.labels.add(*labels_named(subscription.user, names).values())


def labels_named(user: User, names: Iterable[str]) -> dict[str, Label]:
    """The person's labels with these names, made where there are none.

    Capitals do not make another label: the one that is there keeps its spelling.
    """
    wanted = list(dict.fromkeys(names))
    if not wanted:
        return {}
    mine = {label.name.casefold(): label for label in Label.objects.filter(user=user)}
    missing = {name.casefold(): name for name in wanted if name.casefold() not in mine}
    if missing:
        # In order, so that two transactions that make the same ones do not wait for each other.
        Label.objects.bulk_create(
            [Label(user=user, name=name) for name in sorted(missing.values())],
            ignore_conflicts=True,
        )
        made = Label.objects.filter(user=user, name__in=missing.values())
        mine |= {label.name.casefold(): label for label in made}
    return {name: mine[name.casefold()] for name in wanted}


@transaction.atomic
def rename_label(label: Label, text: str) -> Label:
    """Give a label another name.

    Raises:
        Refused: it is none, several, too long, or the name of another label.
    """
    names = label_names(text)
    if len(names) != 1:
        raise Refused(_("A label needs one name, without commas."), "name")
    others = Label.objects.filter(user=label.user, name__iexact=names[0]).exclude(pk=label.pk)
    if others.exists():
        raise _taken(names[0])
    label.name = names[0]
    try:
        with transaction.atomic():
            label.save(update_fields=["name"])
    except IntegrityError:
        raise _taken(names[0]) from None
    return label


@transaction.atomic
def delete_label(label: Label) -> DeletedLabel:
    """Take a label away; the subscriptions stay."""
    had = DeletedLabel(label.name, tuple(label.subscriptions.values_list("pk", flat=True)))
    label.delete()
    return had


@transaction.atomic
def restore_label(user: User, deleted: DeletedLabel) -> Label:
    """Undo `delete_label`, for the subscriptions that are still there."""
    label = labels_named(user, [deleted.name])[deleted.name]
    label.subscriptions.add(*Subscription.objects.filter(user=user, pk__in=deleted.subscriptions))
    return label


def _taken(name: str) -> Refused:
    return Refused(_("You have a label “%(name)s” already.") % {"name": name}, "name")
