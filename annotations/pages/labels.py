"""What cards and badges call things, in the language of the page."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from django.utils.translation import get_language, gettext as _, pgettext

from annotations.models import Flag, Kind, Scope, Wording


@dataclass(frozen=True, slots=True)
class Labels:
    """Words by the values that the database keeps.

    `nouns` are kinds inside a sentence, `explained` what a wording that is not verbatim means.
    `goes_on` and `end` are spoken at a mark, `to_passage` at a card, filled in with `kind` and
    `number`. `said_by` and `said_by_nobody` are HTML; the first takes `who`, escaped.
    """

    kinds: Mapping[str, str]
    nouns: Mapping[str, str]
    unattributed_kinds: Mapping[str, str]
    said_by: Mapping[str, str]
    said_by_nobody: Mapping[str, str]
    verbs: Mapping[str, str]
    wordings: Mapping[str, str]
    explained: Mapping[str, str]
    flags: Mapping[str, str]
    scopes: Mapping[str, str]
    unattributed: str
    unplaced: str
    unsure: str
    several: str
    on_behalf_of: str
    relayed_by: str
    said_on: str
    goes_on: str
    end: str
    to_passage: str


def labels() -> Labels:
    """The labels in the language that is active now. Asking which one that is takes longer than
    looking a word up: what builds many lines asks once, and passes the labels on."""
    return _labels(get_language())


@cache
def _labels(language: str | None) -> Labels:
    """Looked up once a language: a page of fifty cards asks for them a thousand times."""
    return Labels(
        kinds={kind.value: str(kind.label) for kind in Kind},
        nouns={kind.value: kind.noun for kind in Kind},
        unattributed_kinds={
            Kind.QUOTE: _("Unattributed quote"),
            Kind.ALLEGATION: _("Unattributed allegation"),
            Kind.DENIAL: _("Unattributed denial"),
        },
        said_by={
            Kind.QUOTE: "<strong>%(who)s</strong>",
            Kind.ALLEGATION: "<strong>%(who)s</strong>",
            Kind.DENIAL: _("<strong>%(who)s</strong> denies"),
        },
        said_by_nobody={
            Kind.QUOTE: _("<strong>Unattributed</strong> quote"),
            Kind.ALLEGATION: _("<strong>Unattributed</strong> allegation"),
            Kind.DENIAL: _("<strong>Unattributed</strong> denial"),
        },
        verbs={
            Kind.QUOTE: pgettext("a quote, before its claim", "on"),
            Kind.ALLEGATION: pgettext("an allegation, before its claim", "alleges"),
            Kind.DENIAL: pgettext("a denial, before its claim", "denies"),
        },
        wordings={one.value: one.short for one in Wording},
        explained={
            Wording.PARAPHRASE: _("Paraphrase: the reporter’s words"),
            Wording.MIXED: _("Mixed: the reporter’s words with some of the speaker’s"),
        },
        flags={one.value: one.short for one in Flag},
        scopes={one.value: str(one.label).lower() for one in Scope if one != Scope.WHOLE},
        unattributed=_("unattributed"),
        unplaced=_("not in the present text"),
        unsure=_("unsure"),
        several=_("%(names)s and %(last)s"),
        on_behalf_of=_("%(speakers)s, for %(names)s"),
        relayed_by=_("relayed by %(names)s"),
        said_on=_("said on %(date)s"),
        goes_on=_("%(kind)s %(number)s goes on"),
        end=_("end of %(kind)s %(number)s"),
        to_passage=_("%(kind)s %(number)s: go to the passage"),
    )
