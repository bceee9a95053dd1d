"""Generated articles, believable enough to measure with: the same for the same seed.

Words follow Zipf's law (the n-th most frequent is about n times rarer than the first): English
function words, then English words in several forms, so that stemming has something to do, then
invented ones.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cached_property
from hashlib import sha256
from itertools import accumulate
from random import Random
from uuid import UUID

from django.db import transaction

from reader.ingest.copy import copy_in, next_ids
from reader.models import Article, Precision, Publication, Revision
from reader.text import from_plain, word_count

BATCH = 2_000
NEWEST = datetime(2026, 6, 1, tzinfo=UTC)
YEARS = 12
ADDRESS = "https://corpus.example/"
"""What the addresses of all generated articles begin with."""

VOCABULARY = 30_000
NAMES = 3_000
OUTLETS = 40
UNDATED = 0.03
LANGUAGES = ["en"] * 16 + ["de"] * 2 + ["fr", ""]

_FUNCTION_WORDS = """
    the of and to in a is that for it was on with as by at from be his he had not are they an which
    said who or have but this their after were been has its more when would there no
"""
_STEMS = """
    minister report election allege claim deny protest order harbour ferry river company worker
    strike market price border visit talk attack defend vote law court judge police arrest record
    letter budget tax school doctor nurse hospital patient train station bridge road flood storm
    farm field crop fish factory engine test result study question answer leak dam owner tenant
    council mayor party leader member plan project contract bank account loan debt
"""
_ENDINGS = ("", "s", "ed", "ing")
_SYLLABLES = """
    ba be bo da de do fa fe ga go ka ke la le li lo ma me mi mo na ne no pa pe ra re ri ro sa se so
    ta te ti to va ve vi zo dran fel gorn hath keld lorn mir nesk orr pell quen rask sturm tarr uld
    vorn wex yarl zend
"""
_PAPERS = ("Herald", "Courier", "Observer", "Gazette", "Post", "Tribune", "Monitor", "Wire")


@dataclass(frozen=True)
class Corpus:
    """The articles of one seed, each by its number; `words` is the length of the middling one."""

    seed: int
    words: int

    @cached_property
    def vocabulary(self) -> list[str]:
        random = _random(self.seed)
        forms = [stem + ending for stem in _STEMS.split() for ending in _ENDINGS]
        random.shuffle(forms)
        syllables = _SYLLABLES.split()
        known = dict.fromkeys([*_FUNCTION_WORDS.split(), *forms])
        while len(known) < VOCABULARY:
            known["".join(random.choices(syllables, k=random.randint(2, 4)))] = None
        return list(known)

    @cached_property
    def weights(self) -> list[float]:
        # Mandelbrot's form of the law, which suits the most frequent words better.
        return list(accumulate(1 / (rank + 2.7) for rank in range(1, VOCABULARY + 1)))

    @cached_property
    def _people(self) -> list[str]:
        random = _random(self.seed)
        return [f"{_name(random)} {_name(random)}" for _ in range(NAMES)]

    @cached_property
    def outlets(self) -> list[str]:
        """Names of the publications, the busiest first."""
        random = _random(self.seed)
        found: dict[str, None] = {}
        while len(found) < OUTLETS:
            found[f"The {_name(random)} {random.choice(_PAPERS)}"] = None
        return list(found)

    def write(self, numbers: range) -> Iterator[int]:
        """Copy these articles into the library, batch by batch; gives the size of each."""
        outlets = [Publication.objects.get_or_create(name=name)[0].pk for name in self.outlets]
        for begin in range(0, len(numbers), BATCH):
            batch = numbers[begin : begin + BATCH]
            articles, revisions = [], []
            for number, key in zip(batch, next_ids(Revision, len(batch)), strict=True):
                article, revision = self._rows(number, key, outlets)
                articles.append(article)
                revisions.append(revision)
            with transaction.atomic():
                copy_in(Article, articles)
                copy_in(Revision, revisions)
            yield len(batch)

    def _rows(
        self, number: int, revision: int, outlets: list[int]
    ) -> tuple[dict[str, object], dict[str, object]]:
        """An article and its revision, by the names of the columns."""
        random = _random(self.seed << 32 | number)
        document = from_plain(self._text(random))
        published = NEWEST - timedelta(minutes=random.randrange(YEARS * 365 * 24 * 60))
        published = published.replace(hour=0, minute=0)
        is_dated = random.random() >= UNDATED
        seen = published + timedelta(minutes=random.randrange(24 * 60))
        url = f"{ADDRESS}{self.seed}/{number}"
        title = self._title(random)
        byline = random.choice(self._people)
        milliseconds = int(seen.timestamp() * 1000)
        key = UUID(int=milliseconds << 80 | 0x7 << 76 | 0x2 << 62 | random.getrandbits(62))
        article = {
            "id": key,
            "publication_id": outlets[int(OUTLETS * random.random() ** 2)],
            "url": url,
            "url_key": sha256(url.encode()).hexdigest(),
            "file_name": "",
            "title": title,
            "title_derived": False,
            "byline": byline,
            "language": random.choice(LANGUAGES),
            "published_on": published.date() if is_dated else None,
            "published_precision": Precision.DAY if is_dated else Precision.UNKNOWN,
            "date_set_login": "",
            "listed_at": published if is_dated else seen,
            "first_seen_at": seen,
            "current_revision_id": revision,
            "stands_alone": False,
            "version": 1,
        }
        return article, {
            "id": revision,
            "article_id": key,
            "number": 1,
            "text": document.text,
            "markup": document.to_json(),
            "title": title,
            "byline": byline,
            "published_on": article["published_on"],
            "sha256": sha256(document.text.encode()).hexdigest(),
            "word_count": word_count(document.text),
            "fetched_at": seen,
            "extractor": "generated",
        }

    def _text(self, random: Random) -> str:
        length = max(1, round(self.words * random.uniform(0.67, 1.33)))
        words = random.choices(self.vocabulary, cum_weights=self.weights, k=length)
        sentences, begin = [], 0
        while begin < length:
            end = begin + random.randint(8, 20)
            sentences.append(" ".join(words[begin:end]).capitalize() + ".")
            begin = end
        return "\n\n".join(
            " ".join(sentences[place : place + 4]) for place in range(0, len(sentences), 4)
        )

    def _title(self, random: Random) -> str:
        words = random.choices(self.vocabulary, cum_weights=self.weights, k=random.randint(5, 9))
        return " ".join(words).capitalize()


def _random(seed: int) -> Random:
    return Random(seed)  # noqa: S311  # nothing here is secret


def _name(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES.split(), k=random.randint(2, 3))).capitalize()
