"""Names of speakers as HTML, each a link to their page where there is a way to it."""

from collections.abc import Sequence

from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from annotations.pages.cards import listed
from annotations.pages.labels import Labels
from annotations.passage import Named, Passage
from annotations.paths import Ways


def link(one: Named, ways: Ways) -> SafeString:
    """One name."""
    path, name = ways.to_speaker(one.id), escape(one.name)
    return mark_safe(f'<a class="named" href="{path}">{name}</a>') if path else name


def linked(several: Sequence[Named], ways: Ways, called: Labels) -> SafeString:
    """As `annotations.pages.cards.names`."""
    return mark_safe(listed([link(one, ways) for one in several], called))


def linked_who(passage: Passage, ways: Ways, called: Labels, *, opens: bool = False) -> SafeString:
    """As `annotations.pages.cards.who`.

    Args:
        opens: it begins a sentence, with a capital.
    """
    first, *others = passage.speakers or (None,)
    if first is None:
        said = escape(capfirst(called.unattributed) if opens else called.unattributed)
    else:
        first = first._replace(name=capfirst(first.name)) if opens else first
        said = linked([first, *others], ways, called)
    if not passage.on_behalf_of:
        return said
    behind = linked(passage.on_behalf_of, ways, called)
    return mark_safe(called.on_behalf_of % {"speakers": said, "names": behind})


def linked_said_by(passage: Passage, ways: Ways, called: Labels) -> SafeString:
    """As `annotations.pages.summary.Line.said_by`: "<strong>Ana Reyes</strong> denies"."""
    if not passage.speakers:
        return mark_safe(called.said_by_nobody[passage.kind])
    return mark_safe(called.said_by[passage.kind] % {"who": linked_who(passage, ways, called)})


def linked_heading(passage: Passage, ways: Ways, called: Labels) -> SafeString:
    """As `annotations.pages.cards.Card.heading`."""
    if passage.speakers or passage.on_behalf_of:
        start = escape(_("%(kind)s by %(who)s")) % {
            "kind": escape(called.kinds[passage.kind]),
            "who": linked_who(passage, ways, called),
        }
    else:
        start = escape(called.unattributed_kinds[passage.kind])
    if not passage.targets:
        return mark_safe(start)
    return mark_safe(
        escape(_("%(allegation)s against %(targets)s"))
        % {"allegation": start, "targets": linked(passage.targets, ways, called)}
    )
