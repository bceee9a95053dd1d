"""Generated articles and annotations, copied straight into the tables."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from hashlib import sha256
from random import Random
from typing import Any
from uuid import UUID

from django.db import transaction

from annotations.models import (
    Anchor,
    AnchorMaker,
    AnchorStatus,
    Annotation,
    Attribution,
    AttributionRole,
    Claim,
    ClaimLink,
    Fragment,
    Kind,
    Origin,
    Scope,
    Speaker,
    Wording,
)
from reader.ingest.copy import copy_in, next_ids
from reader.models import (
    Article,
    Precision,
    Project,
    ProjectArticle,
    Publication,
    Revision,
    User,
    uuid7,
)
from reader.text import Document, from_plain, word_count

BATCH = 5_000
TEXTS = 20
"""Different texts; articles take them in turn."""

SPEAKERS = 40
NEWEST = datetime(2026, 6, 1, tzinfo=UTC)

# Of ten annotations six quote, two allege and two deny: the same claim, which is theirs alone.
_KINDS = (Kind.QUOTE,) * 6 + (Kind.ALLEGATION,) * 2 + (Kind.DENIAL,) * 2
_SENTENCE = (
    "harbour council minister said that the ferry had never left Tarrow before noon and nobody "
    "asked “why not” while 12,000 tonnes of ore waited naïvely on the quay for a second tide"
)
_WORDS = _SENTENCE.split()


@cache
def texts(words: int) -> list[Document]:
    """Invented texts of so many words, in paragraphs of eighty."""
    random = Random(words)
    return [from_plain(_text(random, words)) for _ in range(TEXTS)]


def _text(random: Random, words: int) -> str:
    return "\n\n".join(
        " ".join(random.choices(_WORDS, k=min(80, words - begin))) + "."
        for begin in range(0, words, 80)
    )


@dataclass(frozen=True, slots=True)
class Written:
    """An article that was made, and what annotating it needs."""

    id: UUID
    revision: int
    text: str


def write_articles(project: Project, places: range, words: int) -> list[Written]:
    """Articles of the library that are in a project as well, newest first.

    Args:
        places: one article for each; at place n it is n minutes older than the newest.
    """
    outlets = [Publication.objects.get_or_create(name=name)[0].pk for name in ("Herald", "Courier")]
    written: list[Written] = []
    for begin in range(0, len(places), BATCH):
        written += _write_batch(project, places[begin : begin + BATCH], texts(words), outlets)
    return written


@transaction.atomic
def _write_batch(
    project: Project,
    places: range,
    documents: Sequence[Document],
    outlets: Sequence[int],
) -> list[Written]:
    articles, revisions, listed, written = [], [], [], []
    for place, revision in zip(places, next_ids(Revision, len(places)), strict=True):
        document = documents[place % len(documents)]
        moment = NEWEST - timedelta(minutes=place)
        article = uuid7()
        url = f"https://news.example/{project.slug}/{place}"
        articles.append(
            {
                "id": article,
                "publication_id": outlets[place % len(outlets)],
                "url": url,
                "url_key": sha256(url.encode()).hexdigest(),
                "file_name": "",
                "title": f"Ferry {place} leaves the harbour before noon",
                "title_derived": False,
                "byline": "Mira Okonjo",
                "language": "en",
                "published_on": moment.date(),
                "published_precision": Precision.DAY,
                "date_set_login": "",
                "listed_at": moment,
                "first_seen_at": moment,
                "current_revision_id": revision,
                "stands_alone": False,
                "version": 1,
            }
        )
        revisions.append(
            {
                "id": revision,
                "article_id": article,
                "number": 1,
                "text": document.text,
                "markup": document.to_json(),
                "title": articles[-1]["title"],
                "byline": "Mira Okonjo",
                "sha256": sha256(document.text.encode()).hexdigest(),
                "word_count": word_count(document.text),
                "fetched_at": moment,
                "extractor": "generated",
            }
        )
        listed.append(
            {
                "project_id": project.pk,
                "article_id": article,
                "listed_at": moment,
                "publication_id": articles[-1]["publication_id"],
                "added_at": moment,
            }
        )
        written.append(Written(article, revision, document.text))
    copy_in(Article, articles)
    copy_in(Revision, revisions)
    copy_in(ProjectArticle, listed)
    return written


def annotate(project: Project, person: User, articles: Sequence[Written], each: int) -> None:
    """So many annotations by one person on each article, each with a speaker, and those that
    allege or deny with a claim."""
    speakers = [
        Speaker.objects.get_or_create(project=project, name=f"Speaker {n} of the harbour")[0].pk
        for n in range(SPEAKERS)
    ]
    step = max(1, BATCH // each)
    for begin in range(0, len(articles), step):
        some = articles[begin : begin + step]
        rows = _Rows(project, person, speakers, next_ids(Anchor, len(some) * each))
        for article in some:
            rows.annotate(article, each)
        with transaction.atomic():
            for model in (Claim, Annotation, Anchor, Fragment, Attribution, ClaimLink):
                copy_in(model, rows.of[model])


class _Rows:
    """Rows of all tables that an annotation touches."""

    def __init__(
        self, project: Project, person: User, speakers: Sequence[int], anchors: list[int]
    ) -> None:
        self.of: dict[type[Any], list[dict[str, object]]] = defaultdict(list)
        self._project, self._person, self._speakers = project, person, speakers
        self._anchors = iter(anchors)
        self._claims = iter(next_ids(Claim, len(anchors) // len(_KINDS)))
        self._random = Random(anchors[0])

    def annotate(self, article: Written, each: int) -> None:
        claim = None
        for place in range(each):
            kind = _KINDS[place % len(_KINDS)]
            if place % len(_KINDS) == 0 and each - place >= len(_KINDS):
                claim = self._claim()
            annotation = self._annotation(article, kind)
            # Nobody denies what they allege themselves.
            half = SPEAKERS // 2
            some = self._speakers[:half] if kind == Kind.DENIAL else self._speakers[half:]
            self._attribute(annotation, AttributionRole.SPEAKER, some)
            if kind == Kind.ALLEGATION:
                self._attribute(annotation, AttributionRole.TARGET, self._speakers)
            if kind != Kind.QUOTE and claim is not None:
                self.of[ClaimLink].append(
                    {
                        "annotation_id": annotation,
                        "claim_id": claim,
                        "scope": Scope.WHOLE,
                        "part": "",
                        "unsure": False,
                    }
                )

    def _claim(self) -> int:
        claim = next(self._claims)
        self.of[Claim].append(
            {
                "id": claim,
                "project_id": self._project.pk,
                "statement": f"That ferry {claim} left the harbour before noon",
                "version": 1,
                "created_at": NEWEST,
            }
        )
        return claim

    def _annotation(self, article: Written, kind: Kind) -> UUID:
        start = self._random.randrange(len(article.text) - 200)
        end = start + self._random.randint(20, 200)
        annotation, anchor = uuid7(), next(self._anchors)
        self.of[Annotation].append(
            {
                "id": annotation,
                "project_id": self._project.pk,
                "article_id": article.id,
                "annotator_id": self._person.pk,
                "kind": kind,
                "cue": "said",
                "wording": Wording.VERBATIM,
                "flags": [],
                "note": "",
                "note_public": False,
                "version": 1,
                "origin": Origin.HAND,
                "origin_id": "",
                "created_at": NEWEST,
                "updated_at": NEWEST,
                "deleted_reason": "",
            }
        )
        self.of[Anchor].append(
            {
                "id": anchor,
                "annotation_id": annotation,
                "revision_id": article.revision,
                "made_by": AnchorMaker.PERSON,
                "status": AnchorStatus.EXACT,
                "score": 1.0,
                "decision": "",
            }
        )
        self.of[Fragment].append(
            {
                "anchor_id": anchor,
                "position": 0,
                "start": start,
                "end": end,
                "exact": article.text[start:end],
                "status": AnchorStatus.EXACT,
            }
        )
        return annotation

    def _attribute(self, annotation: UUID, role: AttributionRole, speakers: Sequence[int]) -> None:
        self.of[Attribution].append(
            {
                "annotation_id": annotation,
                "speaker_id": self._random.choice(speakers),
                "role": role,
                "position": 0,
            }
        )
