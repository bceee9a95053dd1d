"""Annotations made over HTTP, beside the INSERTs that they come down to."""

import statistics
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor

import psycopg

from reader.models import Project, uuid7
from tests.bench.corpus import Written
from tests.bench.people import Person
from tests.bench.results import Result
from tests.bench.scale import Scale
from tests.embedded import target
from tests.served import Site
from tests.visitor import Visitor, is_acknowledged, mark_form

TIMES = 4
START, END = 40, 100

_ANNOTATION = """
INSERT INTO annotations_annotation (id, project_id, article_id, annotator_id, kind, cue, wording,
    flags, note, note_public, version, origin, origin_id, created_at, updated_at, deleted_reason)
VALUES (%s, %s, %s, %s, 'quote', '', 'paraphrase', '{}', '', false, 1, 'hand', '', now(), now(),
    '')
"""
_ANCHOR = """
INSERT INTO annotations_anchor (annotation_id, revision_id, made_by, status, score, decision)
VALUES (%s, %s, 'person', 'exact', 1, '') RETURNING id
"""
_FRAGMENT = """
INSERT INTO annotations_fragment (anchor_id, position, start, "end", exact, status)
VALUES (%s, 0, %s, %s, %s, 'exact')
"""


class Creating:
    """Everything that making annotations in one project needs."""

    def __init__(
        self, site: Site, project: Project, articles: Iterator[Written], people: list[Person]
    ) -> None:
        self._site, self._project, self._people = site, project, people
        self._articles = articles

    def measure(self, scale: Scale) -> list[Result]:
        """Milliseconds of one client, then creations/s of all people at once."""
        bare, plain, htmx = self._alone(scale)
        together = self._together(scale.seconds * 2, self._posting)
        bare_together = self._together(scale.seconds * 2, self._inserting)
        return [
            _beside_bare("create an annotation, plain form", plain, bare),
            _beside_bare("create an annotation, htmx", htmx, bare),
            Result(
                f"create with {len(self._people)} clients, plain form",
                f"{together:,.0f}/s",
                f"bare INSERTs {bare_together:,.0f}/s",
                f"{together / bare_together:.2f}",
            ),
        ]

    def _alone(self, scale: Scale) -> list[float]:
        """Milliseconds of bare INSERTs, a plain form and htmx: medians, taken in turns."""
        times: list[list[float]] = [[], [], []]
        works = [self._inserting(0), self._posting(0), self._posting(0, htmx=True)]
        for _ in range(scale.rounds):
            for taken, work in zip(times, works, strict=True):
                work()
                for _ in range(scale.repeats // scale.rounds):
                    begin = time.perf_counter()
                    work()
                    taken.append(time.perf_counter() - begin)
        return [statistics.median(taken) * 1000 for taken in times]

    def _together(self, seconds: float, working: Callable[[int], Callable[[], None]]) -> float:
        """How often a second all people together do it."""

        def keep_on(place: int) -> int:
            work, done = working(place), 0
            while time.perf_counter() - begin < seconds:
                work()
                done += 1
            return done

        with ThreadPoolExecutor(len(self._people)) as pool:
            begin = time.perf_counter()
            done = sum(pool.map(keep_on, range(len(self._people))))
            return done / (time.perf_counter() - begin)

    def _posting(self, place: int, *, htmx: bool = False) -> Callable[[], None]:
        """Marks words of one article after the other over HTTP."""
        visitor = Visitor(self._site.port, self._people[place].session)

        def post() -> None:
            article, id_ = next(self._articles), uuid7()
            path = f"/projects/{self._project.slug}/articles/{article.id}/annotations/"
            reply = visitor.post(path, mark_form(id_, article.text, START, END), htmx=htmx)
            made = reply.status == 200 if htmx else is_acknowledged(reply, id_)
            if not made:
                raise ValueError(f"not made: {reply.status} {reply.location}")

        return post

    def _inserting(self, place: int) -> Callable[[], None]:
        """Writes the rows of an annotation, and commits."""
        person = self._people[place].user.pk
        raw = psycopg.connect(target(self._site.data_dir))

        def insert() -> None:
            article, id_ = next(self._articles), uuid7()
            raw.execute(_ANNOTATION, [id_, self._project.pk, article.id, person])
            anchor = raw.execute(_ANCHOR, [id_, article.revision]).fetchone()
            assert anchor
            raw.execute(_FRAGMENT, [anchor[0], START, END, article.text[START:END]])
            raw.commit()

        return insert


def _beside_bare(work: str, time: float, bare: float) -> Result:
    return Result(
        work,
        f"{time:.1f} ms",
        f"bare INSERTs {bare:.1f} ms",
        f"{time / bare:.1f}",
        f"≤ {TIMES}",
        time / bare <= TIMES,
    )
