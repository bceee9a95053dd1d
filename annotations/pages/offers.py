"""What the editor offers to link to: allegations of the article, claims, and a new one."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext as _, ngettext

from annotations.access import AnnotationSeat
from annotations.forms import NEW, LinkForm, names_in, pick_form, picks_in
from annotations.ledger import Account
from annotations.models import Kind
from annotations.pages.cards import listed, who
from annotations.pages.preview import shorten
from annotations.passage import Passage
from annotations.queries.ledger import accounts
from annotations.queries.offers import answerable, newest_claims, speakers_meant
from annotations.queries.similar import similar
from annotations.typed import line
from annotations.wording import statement_from
from reader.models import Project

KEYS = 9
"""As many are picked with one key: 1 to 9."""

NEAREST = 5
"""Allegations of the article that are offered at once; the others are opened."""

FEWEST = 4
"""Claims that a denial, which says little of what it denies, is offered at least: the newest ones
beside those like its words. An allegation is offered them where none is like it."""

_WORDS = 140


@dataclass(frozen=True, slots=True)
class Offer:
    """Something to link to. `number` is the key that picks it, 0 where none does; `said` are
    allegations of the article, each by whom and in which words; `statement` is empty where they
    have no claim yet."""

    key: str
    form: LinkForm
    is_picked: bool
    said: tuple[str, ...] = ()
    statement: str = ""
    hint: str = ""
    number: int = 0

    @property
    def is_new(self) -> bool:
        return self.key == NEW

    @property
    def words(self) -> str:
        """What it is called in a sentence."""
        return self.statement or "; ".join(self.said)


@dataclass(frozen=True, slots=True)
class Group:
    """Offers under one heading; `rest` are further ones, which are opened."""

    legend: str
    offers: tuple[Offer, ...]
    rest: tuple[Offer, ...] = ()


@dataclass(frozen=True, slots=True)
class Offers:
    """`is_typed` says that they are for what is being typed, not for the words of the passage."""

    groups: tuple[Group, ...]
    is_typed: bool

    @property
    def picked(self) -> list[Offer]:
        return [
            one for group in self.groups for one in (*group.offers, *group.rest) if one.is_picked
        ]


def editor_offers(
    found: AnnotationSeat, passage: Passage, kind: str, data: Any = None, typed: str = ""
) -> Offers:
    """What is offered for an annotation of this kind; what was picked stays, picked.

    Args:
        data: the form as it was filled in, not saved yet.
        typed: the beginning of a claim; without it, the passage's own words are looked for.
    """
    picks = {} if data is None else picks_in(data)
    asker = _Asker(found.annotation.project, passage, picks)
    typed = line(typed)
    deniers = _deniers(found, passage, data) if kind == Kind.DENIAL else None
    if typed:
        groups = [asker.like(typed)]
    elif kind == Kind.ALLEGATION:
        groups = [asker.for_allegation()]
    elif deniers is not None:
        groups = asker.for_denial(deniers)
    else:
        groups = []
    groups = [asker.picked_before(groups, is_denial=deniers is not None), *groups]
    return Offers(_numbered(one for one in groups if one.offers), bool(typed))


def _deniers(found: AnnotationSeat, passage: Passage, data: Any) -> frozenset[int]:
    """Those who deny: as typed, where somebody is typing."""
    if data is None or "speakers" not in data:
        return passage.speaker_ids
    names = names_in(data["speakers"])
    return speakers_meant(found.annotation.project, names, found.annotation.article)


@dataclass(frozen=True, slots=True)
class _Asker:
    project: Project
    passage: Passage
    picks: Mapping[str, LinkForm]

    def like(self, typed: str) -> Group:
        """Claims like what is typed."""
        ids = [one.claim_id for one in similar(self.project, typed, self.passage.claim_ids)]
        return Group(_("Claims like this"), self._claims(self._accounts(ids)))

    def for_allegation(self) -> Group:
        """The claims most like its words, and, where it has none yet, a new one in its words."""
        offers = self._claims(self._accounts(self._alike() or self._newest()))
        if not self.passage.links:
            offers = (*offers, self._new())
        return Group(_("Alleges which claim?"), offers)

    def for_denial(self, own: Collection[int]) -> list[Group]:
        """The article's allegations, nearest first, then claims, best first; never what only the
        deniers allege."""
        said = self._said(own)
        here = [id_ for key in said if (id_ := _claim_in(key))]
        alike = self._alike(here)
        if len(alike) < FEWEST:
            alike += self._newest({*here, *alike})[: FEWEST - len(alike)]
        known = {one.id: one for one in self._accounts([*here, *alike])}
        near = [self._near(key, lines, known) for key, lines in said.items()]
        others = [known[id_] for id_ in alike if id_ in known and not _is_own(known[id_], own)]
        first, rest = tuple(near[:NEAREST]), tuple(near[NEAREST:])
        return [
            Group(_("Answers which allegation?"), first, rest),
            Group(_("Or which claim?"), self._claims(others[: KEYS - len(first)])),
        ]

    def picked_before(self, groups: Iterable[Group], *, is_denial: bool) -> Group:
        """What was picked of earlier offers, and is not in these groups: allegations too, whoever
        makes them, if it `is_denial`; nothing else answers one."""
        shown = {one.key for group in groups for one in (*group.offers, *group.rest)}
        left = [key for key in self.picks if key not in shown]
        offers = list(
            self._claims(self._accounts([id_ for key in left if (id_ := _claim_in(key))]))
        )
        if is_denial and any(key.startswith("a-") for key in left):
            said = self._said(())
            offers += [self._near(key, said[key], {}) for key in left if key in said]
        if NEW in left:
            offers.append(self._new())
        return Group(_("Picked"), tuple(offers))

    def _alike(self, elsewhere: Collection[int] = ()) -> list[int]:
        """The claims most like the passage, best first."""
        leave_out = {*self.passage.claim_ids, *elsewhere}
        return [one.claim_id for one in similar(self.project, self.passage.words, leave_out)]

    def _newest(self, elsewhere: Collection[int] = ()) -> list[int]:
        leave_out = {*self.passage.claim_ids, *elsewhere}
        return newest_claims(self.project, leave_out, FEWEST)

    def _said(self, own: Collection[int]) -> dict[str, list[str]]:
        """The article's allegations by the key of what there is to link to, nearest first."""
        said: dict[str, list[str]] = {}
        for one in answerable(self.passage, self.project, own):
            claims = [link.claim_id for link in one.links]
            keys = [f"c-{id_}" for id_ in claims if id_ not in self.passage.claim_ids]
            for key in keys or [f"a-{one.id}"]:
                said.setdefault(key, []).append(f"{who(one)}: {shorten(one.words, _WORDS)}")
        return said

    def _near(self, key: str, said: Iterable[str], known: Mapping[int, Account]) -> Offer:
        account = known.get(_claim_in(key))
        if account is None:
            return self._offer(key, said=tuple(said))
        return self._offer(key, account.statement, tuple(said), _hint(account))

    def _claims(self, several: Iterable[Account]) -> tuple[Offer, ...]:
        return tuple(self._offer(f"c-{one.id}", one.statement, hint=_hint(one)) for one in several)

    def _accounts(self, ids: Sequence[int]) -> list[Account]:
        return accounts(self.project, ids, public=False)

    def _new(self) -> Offer:
        return self._offer(NEW, statement_from(self.passage.words))

    def _offer(
        self, key: str, statement: str = "", said: tuple[str, ...] = (), hint: str = ""
    ) -> Offer:
        form = self.picks.get(key) or pick_form(key, statement=statement)
        return Offer(key, form, key in self.picks, said, statement, hint)


def _claim_in(key: str) -> int:
    """The id of the claim whose key it is; 0 for another key."""
    return int(key[2:]) if key.startswith("c-") else 0


def _is_own(account: Account, own: Collection[int]) -> bool:
    """Whether nobody else alleges it."""
    accusers = {one.id for one in account.accusers}
    return bool(accusers) and accusers <= set(own) and not account.unattributed


def _hint(account: Account) -> str:
    """How many allege it, and whether it is denied."""
    alleged = ngettext("%(number)s allegation", "%(number)s allegations", account.allegations) % {
        "number": account.allegations
    }
    if not account.denials:
        return _("%(alleged)s, no denial") % {"alleged": alleged}
    deniers = shorten(listed([one.name for one in account.deniers]), 60)
    if not deniers:
        return _("%(alleged)s, denied") % {"alleged": alleged}
    return _("%(alleged)s, denied by %(who)s") % {"alleged": alleged, "who": deniers}


def _numbered(groups: Iterable[Group]) -> tuple[Group, ...]:
    """The first of all groups together have keys."""
    number, found = 0, []
    for group in groups:
        offers = []
        for one in group.offers:
            number += 1
            offers.append(replace(one, number=number if number <= KEYS else 0))
        found.append(replace(group, offers=tuple(offers)))
    return tuple(found)
