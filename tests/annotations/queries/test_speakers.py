"""Who is listed, who was merged when, and that lists cost the same however much is marked."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from annotations.models import Annotation, Attribution, Speaker
from annotations.pages.speaker import speaker_page
from annotations.pages.speaker_list import speaker_list
from annotations.queries.speakers import merges_into, named_speakers, unnamed_sources
from annotations.services.merging import merge, unmerge
from reader.access import seat_in
from tests.factories import make_article, make_mark

pytestmark = pytest.mark.django_db


def names(listing):
    return [one.name for one in listing.speakers]


def test_names_go_on_behind_a_speaker_by_the_alphabet(project):
    for name in ("b", "A", "c", "B2", "ä"):
        Speaker.objects.create(project=project, name=name)
    found, after = [], 0
    while True:
        page = named_speakers(project, public=False, after=after, limit=2)
        found += names(page)
        if not page.has_more:
            break
        after = page.speakers[-1].pk
    assert found == names(named_speakers(project, public=False)) == ["A", "b", "B2", "c", "ä"]
    assert names(named_speakers(project, public=False, after=10**9)) == found


def test_unnamed_sources_go_on_article_by_article(project):
    for day in (1, 2):
        article = make_article(project, f"Text {day}.", published_on=f"2024-05-0{day}")
        for name in ("x", "y", "z"):
            Speaker.objects.create(project=project, name=name, type="unnamed", article=article)
    first = unnamed_sources(project, public=False, limit=4)
    second = unnamed_sources(project, public=False, after=first.speakers[-1].pk)
    assert (first.has_more, second.has_more) == (True, False)
    found = [*first.speakers, *second.speakers]
    assert [(one.article.published_on.day, one.name) for one in found] == [
        (day, name) for day in (2, 1) for name in "xyz"
    ]


def test_the_last_merge_is_the_one_that_is_told(project, alice):
    a, b, c = (Speaker.objects.create(project=project, name=name) for name in "abc")
    merge(a, b)
    unmerge(a)
    merge(a, c)
    a.refresh_from_db()
    a.aliases = ["x"]
    a.save()
    (found,) = merges_into(c, public=False)
    assert (found.speaker, found.by) == (a, None)
    events = Speaker.pgh_event_model.objects.filter(pgh_obj_id=a.pk).order_by("pgh_id")
    assert found.at == list(events)[2].pgh_created_at
    assert merges_into(b, public=False) == []


def test_the_number_of_queries_is_the_same_at_10_and_at_500_passages(project, bob):
    article = make_article(project, "It leaked, said Ida.", published_on="2024-05-08")
    model = make_mark(
        project, article, "It leaked", "allegation", bob, speakers=["Ida"], targets=["Bo"]
    )
    ida, bo = (Speaker.objects.select_related("project").get(name=name) for name in ("Ida", "Bo"))
    seat = seat_in(bob, project)

    def more(number: int) -> None:
        made = Annotation.objects.bulk_create(
            Annotation(
                project=project, article=article, annotator=bob, kind=kind, wording=model.wording
            )
            for kind in ("quote", "allegation", "denial")
            for _ in range(number // 3)
        )
        Attribution.objects.bulk_create(
            Attribution(annotation=one, speaker=ida, role="speaker") for one in made
        )
        people = Speaker.objects.bulk_create(
            Speaker(project=project, name=f"{number} {n}") for n in range(number // 3)
        )
        Attribution.objects.bulk_create(
            Attribution(annotation=one, speaker=person, role="relayed_by")
            for one, person in zip(made, people, strict=False)
        )

    def queries() -> list[int]:
        counts = []
        for show in (
            lambda: speaker_page(seat, ida),
            lambda: speaker_page(seat, bo),
            lambda: speaker_list(seat),
        ):
            with CaptureQueriesContext(connection) as found:
                show()
            counts.append(len(found))
        return counts

    more(9)
    few = queries()
    more(490)
    assert queries() == few
    assert max(few) <= 16
    page = speaker_page(seat, ida)
    assert len(page.told) == 50 and page.following
    assert [one.number for one in page.ways] == [499, 166, 167, 166, 0, 0]
