"""Re-anchoring: how often it is right, beside other tools, and how long it takes.

`python -m tests.bench.anchoring [--write]` measures this alone, without a site.
"""

import sys
from argparse import ArgumentParser
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from random import Random
from time import process_time

from annotations.anchoring import reanchor
from tests.annotations.anchoring import corpus
from tests.bench.results import Result, machine, markdown
from tests.served import ROOT

PAGE = Path(ROOT, "docs", "benchmarks.md")

HEADING = "## Re-anchoring"

SPLITS = {"dev": "generated edits", "realdev": "real revisions"}

MOST_WRONG = 0.2
LEAST_RECALL = {"dev": 98.5, "realdev": 99.5}
LEAST_CASES = 300
MOST_SECONDS = 2.0

OTHERS = [
    ("Hypothesis client", "15.0", "94.0"),
    ("diff-match-patch, match_main", "13.1", "89.4"),
    ("diff-match-patch, old-new diff", "1.6", "82.1"),
    ("difflib over words", "1.4", "84.9"),
    ("rapidfuzz alignment", "21.6", "81.8"),
    ("Hypothesis client, real revisions", "3.4", "97.5"),
]
"""Wrong anchors and recall in percent, on the part of the benchmark that is held back."""


@cache
def measure() -> list[Result]:
    """Where the shared cases are here, how right it is; and what it costs in long texts."""
    return [*_rightness(), *_long_texts()]


def _rightness() -> Iterator[Result]:
    if not corpus.FOLDER.is_dir():
        return
    for split, name in SPLITS.items():
        scored = corpus.scored(split)
        tally = scored.tally
        wrong, recall = _wrong(tally), _recall(tally)
        least = LEAST_RECALL[split]
        yield Result(
            f"re-anchoring, {name}: wrong places",
            f"{wrong:.1f} % of {tally['n']:,}",
            budget=f"≤ {MOST_WRONG} %",
            kept=wrong <= MOST_WRONG,
        )
        yield Result(
            f"re-anchoring, {name}: found again",
            f"{recall:.1f} % of {tally['truths']:,}",
            budget=f"≥ {least} %",
            kept=recall >= least,
        )
        speed = len(scored.pairs) / scored.seconds
        yield Result(
            f"re-anchoring, {name}, each with texts of its own",
            f"{speed:,.0f} cases/s on one core",
            budget=f"≥ {LEAST_CASES}/s",
            kept=speed >= LEAST_CASES,
        )


def _long_texts() -> Iterator[Result]:
    random = Random(1)
    words = ["".join(random.choices("abcdefghij", k=random.randint(2, 9))) for _ in range(5_000)]
    long, other = (random.choices(words, k=33_000) for _ in range(2))
    edited = [random.choice(words) if random.random() < 0.2 else word for word in long]
    few = [random.choices(words[:2], k=40_000) for _ in range(2)]
    for name, old, new, number in [
        ("re-anchor 1,000 passages of 3,000 words", long[:3_000], edited[:3_000], 1_000),
        ("re-anchor 1,000 passages of 200 kB", long, edited, 1_000),
        ("re-anchor in another text of 200 kB", long, other, 1),
        ("re-anchor in 100 kB of two words", *few, 1),
    ]:
        before, after = _text(old), _text(new)
        starts = [random.randrange(len(before) - 40) for _ in range(number)]
        spans = [(start, start + 40) for start in starts]
        begin = process_time()
        reanchor(before, after, spans)
        seconds = process_time() - begin
        yield Result(name, f"{seconds * 1000:,.0f} ms", budget="< 2 s", kept=seconds < MOST_SECONDS)


def _text(words: Sequence[str]) -> str:
    """Sentences of 15 words, paragraphs of four sentences."""
    sentences = [
        " ".join(words[place : place + 15]).capitalize() + "." for place in range(0, len(words), 15)
    ]
    return "\n\n".join(
        " ".join(sentences[place : place + 4]) for place in range(0, len(sentences), 4)
    )


def section(command: str, on: str) -> str | None:
    """What docs/benchmarks.md says of it; None where the shared cases are not here."""
    if not corpus.FOLDER.is_dir():
        return None
    rows = [
        [
            f"On Record, {name}",
            f"{_percent(tally['wrong'], tally['n']):.1f}",
            f"{_recall(tally):.1f}",
        ]
        for split, name in SPLITS.items()
        for tally in [corpus.scored(split).tally]
    ]
    rows += [[f"{name} (held-back part)", wrong, recall] for name, wrong, recall in OTHERS]
    today = datetime.now(UTC).date()
    return _SECTION.format(
        heading=HEADING,
        day=f"{today:%-d %B %Y}",
        command=command,
        on=on,
        tools=markdown(["Tool", "Wrong %", "Recall %"], rows),
        costs=markdown(
            ["Work", "Measured", "Budget"],
            [[one.work, one.measured, one.budget] for one in measure() if "wrong" not in one.work],
        ),
        edits="\n\n".join(
            f"{name.capitalize()}:\n\n{_by_edit(split)}" for split, name in SPLITS.items()
        ),
    )


def _by_edit(split: str) -> str:
    scored = corpus.scored(split)
    return markdown(
        ["Edit", "Cases", "Wrong", "Poor extent", "Missed", "Recall %", "Gone, known as gone %"],
        [
            [
                edit,
                str(tally["n"]),
                str(tally["wrong"]),
                str(tally["near"]),
                str(tally["missed"]),
                f"{_recall(tally):.1f}" if tally["truths"] else "",
                f"{_percent(tally['orphans_ok'], tally['orphans']):.1f}"
                if tally["orphans"]
                else "",
            ]
            for edit, tally in [*scored.by_edit().items(), ("all", scored.tally)]
        ],
    )


def _wrong(tally: Counter[str]) -> float:
    return _percent(tally["wrong"], tally["n"])


def _gone(tally: Counter[str]) -> float:
    return _percent(tally["orphans_ok"], tally["orphans"])


def _recall(tally: Counter[str]) -> float:
    return _percent(tally["found"], tally["truths"])


def _percent(part: int, whole: int) -> float:
    return 100 * part / whole


def section_of(page: str) -> str:
    """What a page says of it already."""
    _, heading, text = page.partition(HEADING)
    return heading + text


def main() -> None:
    """Print the section, and put it into the page if asked to."""
    parser = ArgumentParser(prog="python -m tests.bench.anchoring", description=__doc__)
    parser.add_argument("--write", action="store_true", help=f"write it into {PAGE.name} as well")
    options = parser.parse_args()
    text = section(" ".join(["python -m tests.bench.anchoring", *sys.argv[1:]]), machine())
    if text is None:
        sys.exit("../shared/data/anchoring is not here")
    print(text)
    if options.write:
        page = PAGE.read_text()
        PAGE.write_text(page.removesuffix(section_of(page)).rstrip() + "\n\n" + text)


_SECTION = """\
{heading}

Measured on {day} by `{command}`; {on}.

A corrected article takes its annotations along. *Wrong* is a passage that was put at other words
than its own, or at any where its own are gone; *recall* is how many of those that are still there
were found, at the right extent. The generated edits have their outcome by construction; the real
ones are successive revisions of public-domain and open texts. The other tools were measured on a
larger part of the same benchmark which is held back, so the two can be compared in kind, not in
the last digit. Times are the processor's.

{tools}

{costs}

{edits}
"""


if __name__ == "__main__":
    main()
