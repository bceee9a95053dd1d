"""Marking over plain forms and over htmx: the same checks, the same fragments."""

import pytest
from django.urls import reverse

from annotations.models import Annotation, Fragment
from reader.models import uuid7
from tests.factories import make_article, make_mark, place_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def bob(client, bob, project):
    client.force_login(bob)
    return bob


@pytest.fixture
def address(project, article):
    return f"/projects/{project.slug}/articles/{article.pk}/annotations/"


def typed(article, words, **changes):
    place = place_of(article, words)
    values = {
        "id": uuid7(),
        "kind": "quote",
        "revision": 1,
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
    }
    return values | changes


def exact(annotation):
    found = Fragment.objects.filter(anchor__annotation=annotation).order_by("position")
    return [fragment.exact for fragment in found]


def test_a_plain_form_leads_to_the_editor(client, bob, article, address):
    response = client.post(address, typed(article, "Zoë 😀"))
    annotation = Annotation.objects.get()
    assert response.url == f"/annotations/{annotation.pk}/edit/"
    assert exact(annotation) == ["Zoë 😀"]
    assert annotation.annotator == bob


def test_htmx_gets_the_editor_and_all_that_changed(client, bob, article, address):
    response = client.post(address, typed(article, "Zoë 😀"), headers=HTMX)
    page = response.content.decode()
    annotation = Annotation.objects.get()
    assert f'data-annotation="{annotation.pk}"' in page
    for part in ("text", "cards", "summary", "kinds", "mark-form", "messages"):
        assert f'id="{part}"' in page
    assert page.count('hx-swap-oob="true"') == 7
    assert "<html" not in page


def test_line_ends_of_native_forms_are_levelled(client, bob, article, address):
    sent = typed(article, "fisher.\n\n“Nothing")
    client.post(address, sent | {"exact": sent["exact"].replace("\n", "\r\n")})
    assert exact(Annotation.objects.get()) == ["fisher.\n\n“Nothing"]


def test_several_pieces_in_one_form(client, bob, article, address):
    pieces = [typed(article, words) for words in ("“Nothing leaked,”", "“not a drop.”")]
    sent = pieces[0] | {key: [one[key] for one in pieces] for key in ("start", "end", "exact")}
    client.post(address, sent)
    assert exact(Annotation.objects.get()) == ["“Nothing leaked,”", "“not a drop.”"]


@pytest.mark.parametrize(
    ("wrong", "reason"),
    [
        ({"exact": "Zoé"}, "The text has other words at that place: “Zoë”, not “Zoé”"),
        ({"start": 100000, "end": 100003}, "not in the text"),
        ({"start": "one"}, "whole numbers"),
        ({"exact": ["a", "b"]}, "Each piece needs a start, an end and its words"),
        ({"start": [], "end": [], "exact": []}, "Nothing is selected"),
        ({"kind": "rumour"}, "Kind:"),
        ({"id": "7"}, "Id:"),
        ({"revision": 9}, "no such revision"),
        ({"again": uuid7()}, "no longer on this page"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_anything_wrong_is_refused_with_the_reason(
    client, bob, article, address, wrong, reason, headers
):
    response = client.post(address, typed(article, "Zoë") | wrong, headers=headers, follow=True)
    assert reason in response.content.decode()
    assert not Annotation.objects.exists()
    if headers:
        assert response.status_code == 422
        assert response["HX-Retarget"] == "#messages"


def test_a_second_kind_on_the_same_words(client, bob, project, article, address):
    source = make_mark(project, article, "Zoë", by=bob, speakers=["Zoë"], cue="said")
    client.post(
        address, {"id": uuid7(), "kind": "denial", "revision": 1, "again": source.pk}, headers=HTMX
    )
    copy = Annotation.objects.exclude(pk=source.pk).get()
    assert (copy.kind, copy.cue, exact(copy)) == ("denial", "said", ["Zoë"])
    assert [str(one.speaker) for one in copy.attributions.all()] == ["Zoë"]


def test_where_words_stand(client, bob, address):
    page = client.get(f"{address}choose/", {"words": "Nothing\r\nleaked", "kind": "denial"})
    html = page.content.decode()
    assert html.count("Mark as denial") == 1
    assert "<strong>Nothing leaked</strong>" in html
    assert page.context["page"].found[0].start == 57


def test_where_words_stand_that_are_composed_otherwise(client, bob, address):
    page = client.get(f"{address}choose/", {"words": "Zoe\u0308"})
    assert "<strong>Zoë</strong>" in page.content.decode()


def test_words_that_stand_nowhere(client, bob, address):
    page = client.get(f"{address}choose/", {"words": "Nobody leaked"}).content.decode()
    assert "don’t stand in the text exactly so" in page
    assert "Nobody leaked</textarea>" in page


@pytest.mark.parametrize("query", [{}, {"words": ""}, {"kind": "rumour", "words": "Zoë"}])
def test_odd_questions_get_a_page(client, bob, address, query):
    assert client.get(f"{address}choose/", query).status_code == 200


def test_what_choosing_offers_can_be_sent(client, bob, project, address):
    make_article(project, "x")
    page = client.get(f"{address}choose/", {"words": "leaked", "kind": "allegation"})
    first, second = page.context["page"].found
    for place in (first, second):
        sent = {
            "id": place.id,
            "kind": page.context["page"].kind,
            "revision": page.context["page"].revision_number,
            "start": place.start,
            "end": place.end,
            "exact": place.exact,
        }
        client.post(page.context["page"].mark_path, sent)
    assert Annotation.objects.filter(kind="allegation").count() == 2


def test_words_are_added_without_script(client, bob, project, article, address):
    annotation = make_mark(project, article, "“Nothing leaked,”", by=bob)
    asked = {"words": "“not a drop.”", "annotation": annotation.pk, "operation": "add"}
    page = client.get(f"{address}choose/", asked)
    assert "Add these words" in page.content.decode()
    (place,) = page.context["page"].found
    sent = {
        "version": page.context["page"].annotation.version,
        "operation": "add",
        "start": place.start,
        "end": place.end,
        "exact": place.exact,
    }
    response = client.post(reverse("annotation_extent", args=[annotation.pk]), sent)
    assert response.url == f"/annotations/{annotation.pk}/edit/"
    assert exact(annotation) == ["“Nothing leaked,”", "“not a drop.”"]


def extent(client, annotation, article, words, **changes):
    place = place_of(article, words)
    sent = {"operation": "remove", "version": 1, "start": place.start, "end": place.end}
    address = reverse("annotation_extent", args=[annotation.pk])
    return client.post(address, sent | {"exact": words} | changes, headers=HTMX)


def test_taking_all_words_away_is_refused(client, bob, project, article):
    annotation = make_mark(project, article, "Zoë", by=bob)
    response = extent(client, annotation, article, "Zoë")
    assert response.status_code == 422
    assert "No words would be left" in response.content.decode()


def test_an_extent_from_an_old_page_is_a_conflict(client, bob, project, article):
    annotation = make_mark(project, article, "“Nothing leaked,”", by=bob, note="x")
    response = extent(client, annotation, article, "leaked")
    assert response.status_code == 409
    assert "Somebody else changed this annotation" in response.content.decode()
    assert exact(annotation) == ["“Nothing leaked,”"]


@pytest.mark.parametrize("wrong", [{"version": ""}, {"start": []}, {"start": [1, 2]}])
def test_an_extent_without_words_or_version_is_refused(client, bob, project, article, wrong):
    annotation = make_mark(project, article, "“Nothing leaked,”", by=bob)
    assert extent(client, annotation, article, "leaked", **wrong).status_code == 422
    assert exact(annotation) == ["“Nothing leaked,”"]


@pytest.mark.parametrize("number", [1, 50])
def test_marking_takes_as_many_queries_however_much_is_marked(
    client, bob, project, article, address, number, django_assert_max_num_queries
):
    for _ in range(number):
        make_mark(project, article, "The works", "allegation", bob, claims=["That A"])
    sent = typed(article, "Zoë")
    with django_assert_max_num_queries(34):
        assert client.post(address, sent, headers=HTMX).status_code == 200
