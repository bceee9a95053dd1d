"""Claims like some words, in a project of many claims."""

import statistics
import time
from random import Random

from annotations.models import Claim
from annotations.queries.similar import similar
from reader.models import Project
from tests.bench.results import Result

CLAIMS = 10_000
BUDGET = 100
"""Milliseconds; the median must keep it."""

WORDS = 6_000
"""Different words that the statements are made of, the frequent ones far more frequent."""

ASKED = 100
"""Paraphrases that are looked for."""

_SYLLABLES = [
    "ba",
    "ke",
    "lo",
    "mi",
    "ru",
    "ta",
    "vo",
    "ne",
    "shi",
    "gar",
    "pol",
    "ter",
    "man",
    "dis",
    "con",
    "pre",
    "ing",
    "ed",
    "er",
    "ous",
    "stra",
    "lem",
    "fau",
    "nik",
    "dor",
]
_BATCH = 2_000


def write(project: Project) -> None:
    """The claims."""
    random = Random(CLAIMS)
    words = list({_word(random): None for _ in range(WORDS)})
    often = [1 / (place + 3) for place in range(len(words))]
    statements = (
        " ".join(random.choices(words, often, k=random.randint(6, 18))) for _ in range(CLAIMS)
    )
    Claim.objects.bulk_create(
        (Claim(project=project, statement=f"That {one} {n}") for n, one in enumerate(statements)),
        batch_size=_BATCH,
    )


def measure(project: Project) -> list[Result]:
    """How long paraphrases take to be found: the words of a claim in another order, one of them
    left out and another inflected, said three times over."""
    random = Random(ASKED)
    claims = list(Claim.objects.filter(project=project).order_by("pk")[:: CLAIMS // ASKED])
    times, first = [], 0
    for claim in claims:
        passage = _passage(random, claim.statement)
        begin = time.perf_counter()
        found = similar(project, passage)
        times.append((time.perf_counter() - begin) * 1000)
        first += bool(found) and found[0].claim_id == claim.pk
    median = statistics.median(times)
    return [
        Result(
            f"similar claims at {CLAIMS:,}",
            f"{median:.1f} ms, slowest {max(times):.1f} ms, {first} of {len(claims)} found first",
            budget=f"≤ {BUDGET} ms",
            kept=median <= BUDGET,
        )
    ]


def _word(random: Random) -> str:
    return "".join(random.choices(_SYLLABLES, k=random.randint(1, 4)))


def _passage(random: Random, statement: str) -> str:
    words = statement.split()[1:-1]
    random.shuffle(words)
    said = [f"{words[0]}s", *words[1:-1]]
    return " ".join(said * 3)
