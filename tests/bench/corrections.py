"""A corrected article: all of its passages placed in the new text, with what the database takes."""

import time
from collections.abc import Sequence
from random import Random

from django.db import transaction
from django.utils import timezone

from annotations.models import Anchor, AnchorMaker
from annotations.services.reanchoring import reanchor_article
from reader.ingest.details import check_details
from reader.ingest.incoming import from_text
from reader.ingest.writing import revise
from tests.bench.corpus import Written, annotate, write_articles
from tests.bench.people import Person, make_project
from tests.bench.results import Result

WORDS, ANNOTATIONS = 3_000, 1_000

CHANGED = 0.05
"""Words of the text that the correction puts others in place of."""

MOST_SECONDS = 2.0

_NEW = ["mudbank", "harbourmaster", "unladen", "Tuesday", "reportedly", "three"]


def measure(people: Sequence[Person]) -> list[Result]:
    """How long a worker takes from a new revision to a place for each passage."""
    project = make_project("corrected", people)
    (article,) = write_articles(project, range(1), WORDS)
    annotate(project, people[0].user, [article], ANNOTATIONS)
    _correct(article)
    begin = time.perf_counter()
    placed = reanchor_article(article.id)
    seconds = time.perf_counter() - begin
    lost = Anchor.objects.filter(
        annotation__article=article.id, made_by=AnchorMaker.MACHINE, status="orphaned"
    ).count()
    return [
        Result(
            f"{placed:,} annotations re-anchored on one article of {WORDS:,} words, {lost} lost",
            f"{seconds * 1000:,.0f} ms",
            budget="< 2 s",
            kept=placed == ANNOTATIONS and seconds < MOST_SECONDS,
        )
    ]


@transaction.atomic
def _correct(article: Written) -> None:
    random = Random(1)
    words = article.text.split(" ")
    for place in random.sample(range(len(words)), int(len(words) * CHANGED)):
        # Where a paragraph ends inside the piece, it stays.
        if words[place].isalpha():
            words[place] = random.choice(_NEW)
    details = check_details({"title": "Ferry leaves the harbour after noon"})
    revise(article.id, from_text(" ".join(words), details), {}, timezone.now())
