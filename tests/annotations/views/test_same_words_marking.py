"""Marking the same words where else they stand."""

import re
from typing import Any

import pytest
from django.test import Client

from annotations.models import Annotation, Attribution, AttributionRole
from reader.models import Article, ProjectArticle, Role, Visibility, uuid7
from tests.annotations.claims import some_claims
from tests.annotations.dam import NEAR, SAID, Dam, make_dam, opened, titles
from tests.factories import in_library, make_article, make_mark, make_member, make_user

pytestmark = pytest.mark.django_db


@pytest.fixture
def dam() -> Dam:
    return make_dam()


def form_of(page: Any) -> dict[str, str]:
    """The hidden fields of the first form that marks."""
    form = re.search(r'<form method="post" action="[^"]+/mark/">.*?</form>', page, re.DOTALL)
    assert form
    return dict(re.findall(r'name="(\w+)" value="([^"]*)"', form[0]))


def test_marking_there_carries_kind_and_names_and_can_be_undone(dam: Dam) -> None:
    there = make_article(None, f"Nobody slept. {NEAR}", title="Near")
    fields = form_of(opened(dam.bob, dam.path).content.decode())
    client = Client()
    client.force_login(dam.bob)

    page = client.post(f"{dam.path}mark/", fields, follow=True).content.decode()
    made = Annotation.objects.get(article=there)
    assert (made.kind, made.project, made.annotator) == ("allegation", dam.project, dam.bob)
    assert made.wording == dam.mark.wording
    roles = Attribution.objects.filter(annotation=made).values_list("role", "speaker__name")
    assert set(roles) == {
        (AttributionRole.SPEAKER, "Ida Voss"),
        (AttributionRole.TARGET, "The board"),
    }
    assert made.anchors.get().fragments.get().exact == NEAR[:-1]
    assert ProjectArticle.objects.filter(project=dam.project, article=there).exists()
    assert "Marked already" in page and "Mark there" not in page
    assert f'action="/annotations/{made.pk}/unmark/"' in page

    # Sent twice it makes one.
    client.post(f"{dam.path}mark/", fields)
    assert Annotation.objects.filter(article=there).count() == 1

    page = client.post(f"/annotations/{made.pk}/unmark/", {"next": dam.path}, follow=True)
    assert page.redirect_chain[-1][0] == dam.path
    made.refresh_from_db()
    assert made.deleted_at
    assert "Mark there" in page.content.decode()


def test_words_of_another_kind_can_be_marked_once_more(dam: Dam) -> None:
    there = make_article(dam.project, NEAR, title="Near")
    make_mark(dam.project, there, NEAR, "quote")
    page = opened(dam.bob, dam.path).content.decode()
    assert "as quote</a>" in page and "Mark there as allegation" in page
    make_mark(dam.project, there, NEAR[:-1], "allegation")
    page = opened(dam.bob, dam.path).content.decode()
    assert "as allegation</a>" in page and "Mark there" not in page


def test_a_mention_stays_one_and_unnamed_sources_are_another_articles_own(dam: Dam) -> None:
    article = make_article(dam.project, SAID, title="Unnamed")
    mark = make_mark(
        dam.project,
        article,
        SAID,
        "allegation",
        dam.bob,
        speakers=["two officials"],
        unnamed=True,
        flags=["mention", "unsure"],
    )
    there = in_library(make_article(dam.project, NEAR, title="Near"))
    Article.objects.filter(pk=dam.article.pk).update(current_revision=None)
    fields = form_of(opened(dam.bob, f"/annotations/{mark.pk}/same-words/").content.decode())
    client = Client()
    client.force_login(dam.bob)
    client.post(f"/annotations/{mark.pk}/same-words/mark/", fields)
    made = Annotation.objects.get(article=there)
    assert made.flags == ["mention"]
    speaker = made.attributions.get().speaker
    assert (speaker.name, speaker.article) == ("two officials", there)


def test_what_belongs_to_another_project_cannot_be_marked_from_here(dam: Dam) -> None:
    other = make_article(dam.other, SAID, title="Other")
    make_member(dam.other, dam.bob, Role.ANNOTATOR)
    page = opened(dam.bob, dam.path).content.decode()
    assert "Other" in page and "Mark there" not in page
    assert "mark it there</a>" in page and "place-number" not in page
    assert f'Stands in the project “Other”: <a href="/projects/other/articles/{other.pk}/' in page
    client = Client()
    client.force_login(dam.bob)
    sent = {
        "id": uuid7(),
        "article": other.pk,
        "revision": 1,
        "start": 0,
        "end": len(SAID),
        "exact": SAID,
    }
    assert client.post(f"{dam.path}mark/", sent).status_code == 404
    assert not Annotation.objects.filter(article=other).exists()


def test_only_places_that_can_be_marked_have_numbers(dam: Dam) -> None:
    make_article(dam.other, SAID, title="Other")
    make_article(None, SAID, title="Open")
    make_member(dam.other, dam.bob, Role.VIEWER)
    response = opened(dam.bob, dam.path)
    (group,) = response.context["page"].sentences[0].groups
    numbers = {one.beside.there.source.title: one.number for one in group.places}
    assert numbers == {"Open": 1, "Other": 0}
    page = response.content.decode()
    assert "Stands in the project “Other”: only its annotators mark it, there." in page
    assert page.count('id="place-') == page.count("place-number") == 1


@pytest.mark.parametrize(
    "wrong", [{"exact": "Other words altogether"}, {"revision": 9}, {"start": "x"}, {"id": ""}]
)
def test_wrong_places_are_refused_in_words(dam: Dam, wrong: dict[str, Any]) -> None:
    there = make_article(None, NEAR, title="Near")
    fields = form_of(opened(dam.bob, dam.path).content.decode()) | wrong
    client = Client()
    client.force_login(dam.bob)
    page = client.post(f"{dam.path}mark/", fields, follow=True)
    assert page.status_code == 200
    assert 'class="message error"' in page.content.decode()
    assert not Annotation.objects.filter(article=there).exists()


def test_viewers_see_places_and_no_button(dam: Dam) -> None:
    dora = make_user("dora@example.org")
    make_member(dam.project, dora, Role.VIEWER)
    make_article(None, NEAR, title="Near")
    assert titles(dora, dam.path) == {"Near"}
    assert "Mark there" not in opened(dora, dam.path).content.decode()


def test_taking_back_what_readers_saw_as_a_denial_leads_to_its_reason(client: Client) -> None:
    found = some_claims(visibility=Visibility.PUBLIC)
    client.force_login(found.bob)
    answer = client.post(f"/annotations/{found.denied.pk}/unmark/")
    assert answer["Location"] == f"/annotations/{found.denied.pk}/edit/"
    assert Annotation.objects.get(pk=found.denied.pk).deleted_at is None
