"""Merging speakers and claims."""

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings, strategies as st
from hypothesis.extra.django import TestCase

from annotations.models import Claim, Speaker, SpeakerType
from annotations.services.merging import merge, unmerge
from reader.services.errors import Refused
from tests.factories import make_article, make_project

pytestmark = pytest.mark.django_db

COUNT = 5


def make(model: Any, project: Any, name: str) -> Any:
    field = "name" if model is Speaker else "statement"
    return model.objects.create(project=project, **{field: name})


@pytest.mark.parametrize("model", [Speaker, Claim])
def test_what_is_merged_is_read_as_the_last_of_a_chain_and_comes_back(model: Any) -> None:
    project = make_project()
    a, b, c = (make(model, project, name) for name in "abc")
    merge(a, b)
    merge(b, c)
    a.refresh_from_db()
    assert (a.merged_into, a.canonical) == (b, c)

    unmerge(b)
    for one in (a, b):
        one.refresh_from_db()
    assert (a.merged_into, a.canonical) == (b, b)
    assert (b.merged_into, b.canonical) == (None, None)
    before = project.version
    project.refresh_from_db()
    assert project.version > before


@pytest.mark.parametrize("model", [Speaker, Claim])
def test_what_cannot_be_merged_is_refused(model: Any) -> None:
    project, other = make_project(), make_project("other")
    a, b, c = (make(model, project, name) for name in "abc")
    merge(a, b)
    for one, into in ((b, b), (b, a), (a, c), (a, b), (c, make(model, other, "d"))):
        with pytest.raises(Refused):
            merge(one, into)
    assert model.objects.filter(merged_into=None).count() == 3
    assert unmerge(c).merged_into is None


def test_unnamed_sources_are_never_merged() -> None:
    project = make_project()
    unnamed = Speaker.objects.create(
        project=project, name="Two clerks", type=SpeakerType.UNNAMED, article=make_article(project)
    )
    named = make(Speaker, project, "Ida Voss")
    for one, into in ((unnamed, named), (named, unnamed)):
        with pytest.raises(Refused):
            merge(one, into)


STEPS = st.lists(
    st.tuples(st.booleans(), st.integers(0, COUNT - 1), st.integers(0, COUNT - 1)), max_size=12
)


class AnyOrder(TestCase):
    @settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
    @given(STEPS)
    def test_everyone_is_read_as_the_end_of_their_chain(
        self, steps: list[tuple[bool, int, int]]
    ) -> None:
        project = make_project()
        claims = [make(Claim, project, f"That {n}") for n in range(COUNT)]
        for merges, one, into in steps:
            if merges:
                try:
                    merge(claims[one], claims[into])
                except Refused:
                    continue
            else:
                unmerge(claims[one])
        rows = {row.pk: row for row in Claim.objects.filter(project=project)}
        for row in rows.values():
            end = row
            while end.merged_into_id:
                end = rows[end.merged_into_id]
            assert row.canonical_id == (None if end is row else end.pk)
