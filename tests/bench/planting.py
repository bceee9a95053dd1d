"""Sentences hidden in generated articles, and what must not be taken for them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from random import Random
from uuid import UUID

from reader.management.corpus import Corpus
from reader.models import Article, Revision
from reader.sameness import Grade, compare, level
from reader.text import from_plain

STATEMENTS = 150
"""Sentences that are looked for, each hidden twice in each grade."""

EACH = 2
TIMES_TRIED = 500

# Of how many articles one has each of these.
EVERY = 40

BOILERPLATE = (
    "Sign up here for our letter and get the best of the day before breakfast.",
    "This article was written with the help of correspondents in four countries.",
    "All rights reserved; no part of this may be used without the consent of the publisher.",
)
COMMON = (
    "the president of the united states of the north",
    "as far as the members of the council are concerned",
    "in the course of the second half of the year",
)
_LEAD = (
    "{place}, {day} (Wire) – Two people were hurt on {day} when a lorry left the road near {near}."
)
_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")
_PLACES = ("Tarrow", "Lorrick", "Dahim", "Vauchel", "Nesk", "Orrhaven", "Gornwick", "Tasmir")


@dataclass(slots=True)
class Statement:
    """A sentence that is looked for, and the articles that have it, by grade; a common sentence or
    a template is in none that would be the same."""

    words: str
    hidden: dict[Grade, set[UUID]] = field(default_factory=dict)

    @property
    def everywhere(self) -> set[UUID]:
        return set().union(*self.hidden.values()) if self.hidden else set()


def plant(corpus: Corpus, ids: Sequence[UUID]) -> list[Statement]:
    """Write the sentences into the newest texts of some of these articles.

    Returns:
        What to look for: statements, some of which contain a common phrase, then boilerplate and
        leads of an agency, which must find nothing.
    """
    random = Random(corpus.seed)
    added: dict[UUID, list[str]] = {}
    places = list(ids)
    random.shuffle(places)
    free = iter(places[: STATEMENTS * EACH * 3])
    statements = [_statement(corpus, random, number) for number in range(STATEMENTS)]
    for statement in statements:
        for grade in Grade:
            for _ in range(EACH):
                article = next(free)
                added[article] = [_disguised(corpus, random, statement.words, grade)]
                statement.hidden.setdefault(grade, set()).add(article)
    for sentence in _noise(corpus, random):
        for article in random.sample(places, len(places) // EVERY):
            added.setdefault(article, []).append(sentence(random))
    _write(added)
    asked = [Statement(_lead(random)) for _ in range(10)] + [Statement(one) for one in BOILERPLATE]
    return statements + asked


def _statement(corpus: Corpus, random: Random, number: int) -> Statement:
    words = _words(corpus, random, random.randint(9, 24))
    if number % 5 == 0:
        words += " " + random.choice(COMMON)
    return Statement(words.capitalize() + ".")


def _words(corpus: Corpus, random: Random, count: int) -> str:
    return " ".join(random.choices(corpus.vocabulary, cum_weights=corpus.weights, k=count))


def _disguised(corpus: Corpus, random: Random, statement: str, grade: Grade) -> str:
    """The statement as another outlet might have it."""
    plain = statement.rstrip(".")
    if grade == Grade.SAME:
        return f"“{plain.upper() if random.random() < 0.2 else plain},”"
    if grade == Grade.CONTAINED:
        return f"{_words(corpus, random, 4).capitalize()} said that {plain.lower()} on Monday."
    for _ in range(TIMES_TRIED):
        changed = _changed(corpus, random, plain.split())
        found = compare(level(statement), level(changed))
        if found and found.grade == Grade.NEAR:
            return changed.capitalize() + "."
    raise ValueError(f"nothing is near to {statement!r}")


def _changed(corpus: Corpus, random: Random, words: Sequence[str]) -> str:
    share = random.choice([0.05, 0.1, 0.15, 0.2])
    changed: list[str] = []
    for word in words:
        if random.random() >= share:
            changed.append(word)
            continue
        match random.choice(["replace", "insert", "leave_out", "another_form"]):
            case "replace":
                changed.append(_words(corpus, random, 1))
            case "insert":
                changed += [word, _words(corpus, random, 1)]
            case "another_form":
                changed.append(word.removesuffix("s") if word.endswith("s") else word + "s")
    return " ".join(changed)


def _noise(corpus: Corpus, random: Random) -> Iterator:
    """What every fortieth article has: boilerplate, leads, and common phrases in sentences."""
    yield from (lambda _, one=one: one for one in BOILERPLATE)
    yield _lead
    for phrase in COMMON:
        yield (
            lambda chance, phrase=phrase: (
                f"{_words(corpus, chance, 5).capitalize()} {phrase} {_words(corpus, chance, 5)}."
            )
        )


def _lead(random: Random) -> str:
    place, near = random.sample(_PLACES, 2)
    return _LEAD.format(place=place.upper(), day=random.choice(_DAYS), near=near)


def _write(added: dict[UUID, list[str]]) -> None:
    rows = Revision.objects.filter(
        pk__in=Article.objects.filter(pk__in=added).values("current_revision")
    )
    changed = []
    for revision in rows.iterator(2_000):
        text = revision.text + "\n\n" + " ".join(added[revision.article_id])
        document = from_plain(text)
        revision.text, revision.markup = document.text, document.to_json()
        changed.append(revision)
    Revision.objects.bulk_update(changed, ["text", "markup"], batch_size=1_000)
