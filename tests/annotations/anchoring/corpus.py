"""The shared edits of known outcome, and their scorer: ../shared/data/anchoring/SOURCE.txt."""

import sys
from collections import Counter
from functools import cache
from importlib import import_module
from pathlib import Path
from time import process_time
from types import ModuleType
from typing import Any, NamedTuple

from annotations.anchoring import Status, reanchor

FOLDER = Path(__file__).resolve().parents[4] / "shared" / "data" / "anchoring"

NAMES = {
    Status.EXACT: "exact",
    Status.MOVED: "moved",
    Status.CHANGED: "fuzzy",
    Status.ORPHANED: "orphan",
}
"""What the scorer calls them."""


class Scored(NamedTuple):
    """Cases with what was found for each, and the processor's seconds that it took."""

    pairs: list[tuple[dict[str, Any], dict[str, Any]]]
    seconds: float

    @property
    def tally(self) -> Counter[str]:
        """The scorer's counts over all cases."""
        return scorer().tally(self.pairs)

    def by_edit(self) -> dict[str, Counter[str]]:
        """The scorer's counts for each kind of edit."""
        edits = sorted({case["edit"] for case, _ in self.pairs})
        return {
            edit: scorer().tally([pair for pair in self.pairs if pair[0]["edit"] == edit])
            for edit in edits
        }


@cache
def scorer() -> ModuleType:
    """The shared scorer, a script that imports its neighbour."""
    sys.path.append(str(FOLDER))
    try:
        return import_module("score")
    finally:
        sys.path.remove(str(FOLDER))


@cache
def scored(split: str) -> Scored:
    """All cases of "dev" or "realdev", each with texts of its own, one after the other."""
    cases = list(scorer().load_cases(split))
    begin = process_time()
    found = [
        reanchor(case["old"], case["new"], [(case["start"], case["end"])])[0] for case in cases
    ]
    seconds = process_time() - begin
    predictions = [
        {"start": one.start, "end": one.end, "status": NAMES[one.status], "score": one.score}
        for one in found
    ]
    return Scored(list(zip(cases, predictions, strict=True)), seconds)
