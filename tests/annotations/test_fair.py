"""An allegation never leaves alone: every page, feed and file that a stranger can open is walked.

A page with the words of an allegation, or with what its claim says, has those of the denial, or
says that none is recorded. A new address fails until it is walked, or stands below with a reason.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from html import unescape
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone
from django.utils.html import strip_tags
from django.utils.timezone import localdate

from annotations.models import Annotation, Claim, ClaimLink
from annotations.services.claim_splits import split
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from annotations.services.erased_history import history_of
from annotations.services.marking import delete
from annotations.services.withdrawals import withdraw
from reader import dates
from reader.models import Project, Readers, Visibility
from reader.services import saved_searches
from reader.services.indexing import index_all
from tests.annotations.affair import Affair, affair
from tests.factories import fields_of, make_mark

pytestmark = pytest.mark.django_db

NO_DENIAL = "no denial recorded in this project"
REASON = "These are not his words."
ALLEGED, DENIED = "The tannery poured dye into the river", "denied that any dye had left the yard"
UNANSWERED = "the mayor had burned the ledger"
ELSEWHERE = "The tannery poured dye into the river, and more than once"
BURNED = "That Ilse Marr burned the town’s ledger"

# Where the words of an article may stand without what was marked in them, with the reason.
TEXT_ONLY = {
    "revision": "the text of an earlier revision, as it was published, without a mark",
    "revisions_compare": "the texts of two revisions, without a mark",
}

# Parts of pages that are an article's own text, as it was published, with the reason; the rest of
# the page is looked at.
SNIPPETS = {
    "search": re.compile(r'<p class="snippet".*?</p>', re.DOTALL),  # where found words stand
}

# Addresses with more to them than their path.
ASKED = {
    "search": ("?q=river", "?q=ledger", "?q=kind:allegation", "?q=kind:denial&show=passages"),
    "library": ("?project=tannery",),
    "ledger": ("?order=oldest", "?without=on", "?text=dye", "?sought=sought"),
}
WORDS_OF_CLAIMS = (ALLEGED, UNANSWERED, "burned the town’s ledger")
META = re.compile(r'<(?:meta|title)[^>]*?(?: content="([^"]*)"|>([^<]*))')


@dataclass(frozen=True)
class World:
    """The affair, and what stands for the parts of addresses."""

    affair: Affair
    examples: dict[str, list[Any]]


@pytest.fixture
def world() -> World:
    found = affair(visibility=Visibility.PUBLIC, readers_see=Readers.WHOLE)
    other = make_mark(
        found.project,
        found.article,
        UNANSWERED,
        "allegation",
        found.bob,
        speakers=["A clerk"],
        targets=["Ilse Marr"],
        claims=[BURNED],
    )
    index_all()
    search = saved_searches.save(found.alice, "All", "kind:allegation", found.project)
    feed = saved_searches.follow(search, found.alice)
    claims = list(Claim.objects.filter(project=found.project).values_list("pk", flat=True))
    shares = [
        found.share(one)
        for one in (
            found.project,
            found.article,
            found.alleged,
            found.unanswered,
            found.denied,
            *Claim.objects.filter(project=found.project),
            *found.project.speakers.all(),
        )
    ]
    # All of it was recorded yesterday: what the tests do to it comes after readers have seen it.
    before = timezone.now() - timedelta(days=1)
    Project.objects.update(first_public_at=before, public_since=before)
    Annotation.objects.update(created_at=before)
    history_of(ClaimLink).update(pgh_created_at=before)
    return World(
        found,
        {
            "slug": [found.project.slug],
            "article_id": [found.article.pk, found.later.pk],
            "annotation_id": [found.alleged.pk, found.denied.pk, found.unanswered.pk, other.pk],
            "claim_id": claims,
            "speaker_id": list(found.project.speakers.values_list("pk", flat=True)),
            "code": [share.code for share in shares],
            "token": [feed.token],
            "extension": ["csv", "json"],
            "format_name": ["jsonl"],
            "number": [1],
            "sha256": ["0" * 64],
            "search_id": [search.pk],
            **{part: [1] for part in NOTHING_THERE},
        },
    )


# Parts of addresses of which a stranger finds nothing.
NOTHING_THERE = (
    "anchor_id",
    "broader_id",
    "entry_id",
    "feed_id",
    "first_id",
    "into_id",
    "invitation_id",
    "key",
    "label_id",
    "member_id",
    "pk",
    "reply_id",
    "second_id",
    "to",
    "uidb36",
    "undo",
    "verdict",
    "withdrawal_id",
)


def addresses(world: World) -> Iterator[tuple[str, str]]:
    """Every address of the site, the admin's apart, for all that its parts may be."""
    resolver = get_resolver()
    for name in {one for one in resolver.reverse_dict if isinstance(one, str)}:
        for possibilities, *_ in resolver.reverse_dict.getlist(name):
            for _, parts in possibilities:
                unknown = set(parts) - set(world.examples)
                assert not unknown, f"{name}: give test_fair an example of {unknown}"
                for values in product(*(world.examples[part] for part in parts)):
                    try:
                        path = reverse(name, kwargs=dict(zip(parts, values, strict=True)))
                    except NoReverseMatch:  # an example of another kind of this part
                        continue
                    for more in ("", *ASKED.get(name, ())):
                        yield name, path + more


def text_of(response: Any) -> str:
    content = b"".join(response) if response.streaming else response.content
    return content.decode(errors="replace")


def plain(html: str) -> str:
    return " ".join(unescape(strip_tags(html)).split())


def opened(world: World) -> Iterator[tuple[str, str, str]]:
    """The name, address and text of every page that a stranger gets."""
    client = Client()
    for name, path in addresses(world):
        if name in TEXT_ONLY:
            continue
        response = client.get(path)
        if response.status_code == 200:
            text = text_of(response)
            yield name, path, SNIPPETS[name].sub("", text) if name in SNIPPETS else text


def date_of(moment: datetime) -> str:
    """As pages and files show a day."""
    return dates.show(localdate(moment), "day")


def unfair(text: str, answer: Iterable[str]) -> bool:
    """Whether a text has one side alone, or says less of it than `answer`. The second allegation
    is never answered."""
    alone = ALLEGED in text and any(words.lower() not in text.lower() for words in answer)
    silent = any(words in text for words in WORDS_OF_CLAIMS[1:])
    return alone or (silent and NO_DENIAL not in text.lower())


def _withdraw(affair: Affair) -> None:
    withdraw(affair.subject(affair.denied), affair.alice, REASON)


def _delete(affair: Affair) -> None:
    delete(affair.denied.pk, reason=REASON)


def _unlink(affair: Affair) -> None:
    said = fields_of(affair.denied, speakers=["Odo Fenn"], links=[])
    edit(affair.denied.pk, affair.denied.version, said, affair.bob)


def _change_kind(affair: Affair) -> None:
    said = fields_of(affair.denied, kind="quote", speakers=["Odo Fenn"], links=[])
    edit(affair.denied.pk, affair.denied.version, said, affair.bob)


def _relink(affair: Affair, *links: LinkTo) -> None:
    said = fields_of(
        affair.alleged, speakers=["Reed Society"], targets=["The tannery"], links=links
    )
    edit(affair.alleged.pk, affair.alleged.version, said, affair.bob)


def _split(affair: Affair) -> None:
    split(affair.alleged.claim_links.get().claim, [affair.alleged.pk], ELSEWHERE, affair.bob)


_PARTED = ("A denial recorded on", "is no longer linked here since")

# What may become of the denial, what then stands in its place, and how that begins in a preview.
BECAME: dict[str, tuple[Callable[[Affair], None], tuple[str, ...], str]] = {
    "shown": (lambda _: None, (DENIED,), "Odo Fenn"),
    "withdrawn": (_withdraw, ("withdrawn from public view on", REASON), "denial"),
    "deleted": (_delete, ("A denial recorded on", "was withdrawn on", REASON), "denial"),
    "unlinked": (_unlink, ("A denial recorded on", "is no longer linked since"), "denial"),
    "no denial": (_change_kind, ("A denial recorded on", "is no longer linked since"), "denial"),
    "allegation relinked": (lambda affair: _relink(affair, LinkTo(ELSEWHERE)), _PARTED, "denial"),
    "allegation unlinked": (_relink, _PARTED, "denial"),
    "split": (_split, _PARTED, "denial"),
}


@pytest.mark.parametrize("became", BECAME)
def test_every_outgoing_path_has_both_sides(world: World, became: str) -> None:
    change, answer, in_preview = BECAME[became]
    change(world.affair)
    days = [date_of(world.affair.denied.created_at - timedelta(days=1)), date_of(timezone.now())]
    answer = answer if became == "shown" else (*answer, *days)
    seen, wrong = set(), []
    for name, path, text in opened(world):
        if any(words in plain(text) for words in WORDS_OF_CLAIMS):
            seen.add(name)
        if unfair(plain(text), answer):
            wrong.append(path)
        for found in META.finditer(text):
            said = unescape(found[1] or found[2] or "")
            if unfair(said, (in_preview,)):
                wrong.append(f"{path}: {said}")
    assert wrong == []
    assert seen >= {"article", "share", "shared_article", "ledger", "ledger_file", "claim"}
    assert seen >= {"search", "search_feed", "speaker"}


def test_what_may_stand_alone_is_still_there(world: World) -> None:
    assert set(TEXT_ONLY) <= {name for name, _ in addresses(world)}
