"""What the ledger says of a claim, in words that never say more than is known."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext as _, ngettext

from annotations.ledger import Account, Voice
from annotations.models import Sought
from annotations.pages.cards import listed
from annotations.pages.labels import Labels, labels
from annotations.pages.linked_names import link
from annotations.passage import Named
from annotations.paths import Ways
from annotations.timing import Dated, Gap, Span
from reader import dates

NAMES_SHOWN = 5
"""Names in one row; the others are counted."""


def when_words(found: Dated | None) -> str:
    """ "said on 8 May 2024", "published in May 2024", "undated"."""
    if found is None:
        return _("undated")
    shown = {"date": dates.show(found.on, found.precision)}
    if found.is_said:
        return _("said on %(date)s") % shown
    if found.precision == "day":
        return _("published on %(date)s") % shown
    return _("published in %(date)s") % shown


def gap_words(found: Span) -> str:
    """How long after the allegation the denial came, no finer than is known."""
    if found.gap == Gap.DAYS and found.days:
        later = (
            ngettext(
                "published %(number)s day later", "published %(number)s days later", found.days
            )
            if found.by_publication
            else ngettext("%(number)s day later", "%(number)s days later", found.days)
        )
        return later % {"number": found.days}
    if found.by_publication and found.gap in (Gap.BEFORE, Gap.SAME_DAY):
        return {
            Gap.BEFORE: _("published before the first recorded allegation"),
            Gap.SAME_DAY: _("published on the same day"),
        }[found.gap]
    return {
        Gap.UNKNOWN: _("dates unknown"),
        Gap.BEFORE: _("before the first recorded allegation"),
        Gap.SAME_DAY: _("same day"),
        Gap.SAME_MONTH: _("in the same month"),
        Gap.SAME_YEAR: _("in the same year"),
        Gap.SAME_ARTICLE: _("in the same article"),
        Gap.LATER: _("later, by how much is not known"),
    }[found.gap]


def voice_words(found: Voice) -> str:
    """Whose answer a denial is."""
    return {
        Voice.ACCUSED: _("from the accused"),
        Voice.FOR_ACCUSED: _("on behalf of the accused"),
        Voice.THIRD_PARTY: _("from a third party"),
        Voice.UNATTRIBUTED: _("from nobody named"),
        Voice.UNKNOWN: _("nobody is recorded as accused"),
    }[found]


def accusers(account: Account, called: Labels | None = None, ways: Ways | None = None) -> str:
    """Who alleges it, those beyond the first few counted: "Ida Voss and Bo Lind", "unattributed";
    empty where nobody does. As HTML, with links, where there are `ways`."""
    if account.unattributed and not account.accusers:
        return (called or labels()).unattributed
    return several_names(account.accusers, called, ways)


def several_names(
    several: Sequence[Named], called: Labels | None = None, ways: Ways | None = None
) -> str:
    """Their names in one text, those beyond the first few counted; as HTML, with links, where
    there are `ways`."""
    who = [link(one, ways) if ways else one.name for one in several]
    more = len(who) - NAMES_SHOWN
    if more > 0:
        others = ngettext("%(number)s other", "%(number)s others", more) % {"number": more}
        who = [*who[:NAMES_SHOWN], others]
    return listed(who, called)


def asides(account: Account, called: Labels | None = None) -> str:
    """What counts for nobody: "2 mentions; 1 report relayed by Ida Voss"."""
    said = []
    if account.unattributed and account.accusers:
        said.append(
            ngettext(
                "%(number)s allegation unattributed",
                "%(number)s allegations unattributed",
                account.unattributed,
            )
            % {"number": account.unattributed}
        )
    if account.relayed:
        said.append(
            ngettext(
                "%(number)s report relayed by %(names)s, who does not allege it",
                "%(number)s reports relayed by %(names)s, who do not allege it",
                account.relayed,
            )
            % {"number": account.relayed, "names": several_names(account.relayers, called)}
        )
    if account.mentions:
        said.append(
            ngettext("%(number)s mention", "%(number)s mentions", account.mentions)
            % {"number": account.mentions}
        )
    return "; ".join(said)


def sought_words(status: str, on: date | None) -> str:
    """ "Reply sought on 8 May 2024"."""
    words, day = str(Sought(status).label), dates.show(on, "day")
    return _("%(status)s on %(date)s") % {"status": words, "date": day} if day else words


def counts(account: Account) -> str:
    """ "2 articles, 2 publications"; empty where nobody alleges it."""
    if not account.allegations:
        return ""
    articles = ngettext("%(number)s article", "%(number)s articles", account.articles)
    publications = ngettext(
        "%(number)s publication", "%(number)s publications", account.publications
    )
    said = [articles % {"number": account.articles}]
    if account.publications:
        said.append(publications % {"number": account.publications})
    return ", ".join(said)


def numbers(account: Account) -> str:
    """The numbers of the timeline: "3 allegations, 1 denial; 1 undated"; empty for none."""
    if not account.allegations and not account.denials:
        return ""
    allegations = ngettext("%(number)s allegation", "%(number)s allegations", account.allegations)
    denials = ngettext("%(number)s denial", "%(number)s denials", account.denials)
    said = f"{allegations % {'number': account.allegations}}, " + denials % {
        "number": account.denials
    }
    if account.undated:
        undated = ngettext("%(number)s undated", "%(number)s undated", account.undated)
        said += f"; {undated % {'number': account.undated}}"
    return said
