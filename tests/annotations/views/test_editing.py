"""Editing over plain forms and over htmx; conflicts, deletion and its undoing, history."""

import pytest
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localtime

from annotations.models import Annotation, ClaimLink
from annotations.services.extents import change_extent
from annotations.services.marking import delete
from tests.factories import make_mark, place_of

pytestmark = pytest.mark.django_db

HTMX = {"HX-Request": "true"}


@pytest.fixture
def annotation(project, article, bob):
    return make_mark(project, article, "“Nothing leaked,”", by=bob)


@pytest.fixture
def bob(client, bob, project):
    client.force_login(bob)
    return bob


def address(annotation, name="annotation_edit"):
    return reverse(name, args=[annotation.pk])


def typed(version=1, claims=(), **changes):
    """A filled-in editor; `claims` are statements."""
    values = {"version": version, "kind": "quote", "wording": "verbatim"}
    values |= {"claims-TOTAL_FORMS": len(claims) + 1, "claims-INITIAL_FORMS": 0}
    for n, statement in enumerate([*claims, ""]):
        values |= {f"claims-{n}-statement": statement, f"claims-{n}-scope": "whole"}
    return values | changes


def test_a_plain_form_saves_and_leads_to_the_passage(client, bob, article, annotation):
    sent = typed(
        speakers="Mira Okonjo; Bo Lind;; ",
        on_behalf_of="The works",
        said_on="2026-03-01",
        flags=["unsure"],
        note="One\r\ntwo",
        claims=["That nothing leaked"],
    )
    response = client.post(address(annotation), sent)
    assert response.url == f"/projects/spill/articles/{article.pk}/#a-{annotation.pk}"
    annotation.refresh_from_db()
    assert (annotation.version, annotation.flags, annotation.note) == (2, ["unsure"], "One\ntwo")
    names = [str(one.speaker) for one in annotation.attributions.order_by("role", "position")]
    assert names == ["The works", "Mira Okonjo", "Bo Lind"]
    assert ClaimLink.objects.get().claim.statement == "That nothing leaked"


def test_htmx_gets_everything_anew_and_the_editor_closed(client, bob, annotation):
    response = client.post(address(annotation), typed(speakers="Mira Okonjo"), headers=HTMX)
    page = response.content.decode()
    assert "Saved." in page
    assert "Mira Okonjo" in page
    assert "editor-panel" not in page


def test_the_editor_holds_what_is_saved(client, bob, project, article):
    annotation = make_mark(
        project,
        article,
        "Zoë",
        by=bob,
        speakers=["Zoë", "Bo"],
        flags=["caption"],
        note="<b>x</b>",
        claims=["That A"],
    )
    html = client.get(address(annotation)).content.decode()
    assert 'value="Zoë; Bo"' in html
    assert 'value="That A"' in html
    assert "&lt;b&gt;x&lt;/b&gt;</textarea>" in html
    assert 'value="caption" ' in html
    form = client.get(address(annotation), headers=HTMX).content.decode()
    assert "<html" not in form
    assert 'value="Zoë; Bo"' in form


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"said_on": "yesterday"}, "Write the day as 2021-03-29."),
        ({"speakers": "x" * 201}, "too long for a name"),
        ({"cue": "x" * 201}, "at most 200 characters"),
        ({"kind": "rumour"}, "Select a valid choice"),
        ({"claims-0-scope": "some", "claims-0-statement": "That A"}, "Select a valid choice"),
        ({"claims-0-statement": "x" * 501}, "at most 500 characters"),
        ({"speakers": "; ".join(f"S{n}" for n in range(21))}, "At most 20 names"),
        ({"kind": "denial", "pick": "a-0192f6a0-0000-7000-8000-000000000000"}, "no longer in"),
        ({"kind": "denial", "pick": "c-99"}, "That claim is no longer in this project."),
        ({"kind": "allegation", "pick": "new", "new-statement": " "}, "A claim needs a statement"),
        ({"kind": "allegation", "pick": "new", "new-statement": "x" * 501}, "at most 500"),
    ],
)
@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_what_is_wrong_is_said_and_what_was_typed_stays(
    client, bob, annotation, wrong, said, headers
):
    response = client.post(address(annotation), typed(note="Kept.") | wrong, headers=headers)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Kept.</textarea>" in page
    annotation.refresh_from_db()
    assert (annotation.version, annotation.note) == (1, "")


def test_a_second_save_shows_both_and_a_third_wins(client, bob, annotation):
    client.post(address(annotation), typed(note="First.", speakers="Ida"))
    response = client.post(
        address(annotation), typed(note="Second.", claims=["That A"]), headers=HTMX
    )
    page = response.content.decode()
    assert response.status_code == 409
    assert "Not saved: you, in another window, changed this annotation" in page
    for both in ("<td>First.</td><td>Second.</td>", "<td>Ida</td>", "<td>That A</td>"):
        assert both in page
    assert "Second.</textarea>" in page
    editor = response.context["editor"]
    assert editor.form["version"].value() == 2
    again = typed(editor.form["version"].value(), note="Second.", claims=["That A"])
    assert client.post(address(annotation), again, headers=HTMX).status_code == 200
    annotation.refresh_from_db()
    assert annotation.note == "Second."


def test_a_conflict_names_who_saved(client, bob, alice, annotation):
    client.force_login(alice)
    client.post(address(annotation), typed(note="Hers."))
    client.force_login(bob)
    page = client.post(address(annotation), typed(note="His.")).content.decode()
    assert "Not saved: Alice changed this annotation" in page


def test_a_conflict_is_said_where_only_the_words_have_changed(client, bob, article, annotation):
    change_extent(annotation.pk, 1, "add", place_of(article, "“not a drop.”"))
    page = client.post(address(annotation), typed(), headers=HTMX).content.decode()
    assert "Not saved" in page
    assert "“not a drop.”" in page


def test_a_denial_offers_allegations_and_takes_their_claims(client, bob, project, article):
    alleged = make_mark(
        project, article, "The works poisoned the river", "allegation", bob, speakers=["Ida"]
    )
    denial = make_mark(project, article, "The works denied", "denial", bob)
    page = client.get(address(denial), headers=HTMX).content.decode()
    assert "Ida: The works poisoned the river" in page
    client.post(address(denial), typed(kind="denial", pick=f"a-{alleged.pk}"))
    claims = {link.annotation_id: link.claim_id for link in ClaimLink.objects.all()}
    assert claims[alleged.pk] == claims[denial.pk]


@pytest.mark.parametrize("headers", [{}, HTMX])
def test_who_links_a_denial_to_its_own_speakers_allegation_is_told(
    client, bob, project, article, headers
):
    alleged = make_mark(
        project, article, "The works poisoned the river", "allegation", bob, speakers=["Ida"]
    )
    denial = make_mark(project, article, "The works denied", "denial", bob)
    own = typed(kind="denial", pick=f"a-{alleged.pk}", speakers="Ida")
    page = client.post(address(denial), own, headers=headers, follow=True).content.decode()
    assert "It counts as no answer to “That the works poisoned the river”" in page
    claim = ClaimLink.objects.get(annotation=denial).claim
    told = client.get(f"/claims/{claim.pk}/").content.decode()
    assert "By who alleges the same: counted as no answer." in told
    assert "third party" not in told and "nobody is recorded as accused" not in told
    others = typed(kind="denial", version=2, pick=f"a-{alleged.pk}", speakers="Bo Lind")
    page = client.post(address(denial), others, headers=headers, follow=True).content.decode()
    assert "counts as no answer" not in page
    told = client.get(f"/claims/{claim.pk}/").content.decode()
    assert "counted as no answer" not in told


def test_fields_by_kind_keep_what_was_typed(client, bob, project, article, annotation):
    make_mark(project, article, "The works poisoned the river", "allegation", bob)
    asked = typed(kind="denial", claims=["That I typed"], speakers="Zoë")
    page = client.get(address(annotation, "annotation_by_kind"), asked).content.decode()
    assert "Answers which allegation?" in page
    assert 'value="That I typed"' in page
    assert "The works poisoned the river" in page


def test_fields_by_kind_leave_out_the_speaker_who_was_typed(
    client, bob, project, article, annotation
):
    make_mark(project, article, "The works poisoned", "allegation", bob, speakers=["Ida Voss"])
    asked = typed(kind="denial", speakers="ida voss")
    page = client.get(address(annotation, "annotation_by_kind"), asked).content.decode()
    assert "The works poisoned" not in page


def test_deleted_and_brought_back_over_plain_forms(client, bob, annotation):
    response = client.post(address(annotation, "annotation_delete"), follow=True)
    assert "Bring it back" in response.content.decode()
    assert client.get(address(annotation)).status_code == 404
    response = client.post(address(annotation, "annotation_restore"), follow=True)
    assert str(annotation.pk) in response.content.decode()
    assert client.get(address(annotation)).status_code == 200


def test_deleted_and_undone_over_htmx(client, bob, annotation):
    page = client.post(address(annotation, "annotation_delete"), headers=HTMX).content.decode()
    undo = address(annotation, "annotation_restore")
    assert f'hx-post="{undo}"' in page
    assert f'id="c-{annotation.pk}"' not in page
    page = client.post(undo, headers=HTMX).content.decode()
    assert f'id="c-{annotation.pk}"' in page


@pytest.fixture
def seen_denial(project, article, bob):
    project.visibility = "public"
    project.save()
    return make_mark(project, article, "Zoë", "denial", bob, claims=["That it leaked"])


@pytest.mark.parametrize("headers", [{}, HTMX], ids=["plain", "htmx"])
def test_a_denial_that_readers_saw_is_deleted_with_a_reason(client, bob, seen_denial, headers):
    path = address(seen_denial, "annotation_delete")
    asked = client.post(path, headers=headers)
    page = asked.content.decode()
    assert asked.status_code == 422
    assert "Why is this denial deleted?" in page and "Give a reason" not in page
    if headers:
        assert (asked["HX-Retarget"], asked["HX-Reswap"]) == ("#delete-form", "outerHTML")

    for reason, said in ((" ", "Give a reason"), ("x" * 301, "in 300 characters")):
        refused = client.post(path, {"reason": reason}, headers=headers)
        page = refused.content.decode()
        assert refused.status_code == 422
        assert said in page and f'value="{reason}"' in page
        assert page.count('class="errorlist"') == 1
    seen_denial.refresh_from_db()
    assert seen_denial.deleted_at is None

    assert client.post(path, {"reason": "Not his\nwords."}, headers=headers).status_code != 422
    seen_denial.refresh_from_db()
    assert seen_denial.deleted_at and seen_denial.deleted_reason == "Not his words."
    client.post(address(seen_denial, "annotation_restore"))
    seen_denial.refresh_from_db()
    assert (seen_denial.deleted_at, seen_denial.deleted_reason) == (None, "")


def test_saving_what_somebody_has_deleted_is_not_found(client, bob, annotation):
    delete(annotation.pk)
    assert client.post(address(annotation), typed(note="Lost?")).status_code == 404


def lines(client, annotation):
    page = client.get(address(annotation, "annotation_history")).context["page"]
    return [
        (change.by, line.label, line.before, line.after)
        for change in page.changes
        for line in change.lines
    ]


@pytest.mark.django_db(transaction=True)  # what one transaction changes is one change
def test_the_history_says_who_changed_what_from_what_to_what(
    client, alice, bob, article, annotation
):
    client.post(address(annotation), typed(note="First.", speakers="Ida", claims=["That A"]))
    client.force_login(alice)
    client.post(
        address(annotation),
        typed(version=2, kind="denial", note="Second.", speakers="Zoë", claims=["That B"]),
    )
    place = place_of(article, "“not a drop.”")
    sent = {"operation": "add", "version": 3, "start": place.start, "end": place.end}
    client.post(address(annotation, "annotation_extent"), sent | {"exact": place.exact})
    client.post(address(annotation, "annotation_delete"))
    newest, *rest = lines(client, annotation)
    at = Annotation.objects.get(pk=annotation.pk).deleted_at
    assert newest == ("Alice", "Deleted", "", date_format(localtime(at), "DATETIME_FORMAT"))
    assert rest[0] == (
        "Alice",
        "Words",
        "“Nothing leaked,”",
        "“Nothing leaked,” […] “not a drop.”",
    )
    assert set(rest[1:]) == {
        ("Alice", "Kind", "quote", "denial"),
        ("Alice", "Note", "First.", "Second."),
        ("Alice", "Speaker", "Ida", ""),
        ("Alice", "Speaker", "", "Zoë"),
        ("Alice", "Claim", "That A", ""),
        ("Alice", "Claim", "", "That B"),
        ("Bob", "Note", "", "First."),
        ("Bob", "Speaker", "", "Ida"),
        ("Bob", "Claim", "", "That A"),
    }
    page = client.get(address(annotation, "annotation_history")).content.decode()
    assert "Marked by hand" in page


@pytest.mark.django_db(transaction=True)
def test_a_command_is_no_former_member(client, bob, project, article):
    mark = make_mark(project, article, "disagreed", by=bob, speakers=["Ida"])
    assert ("a command", "Speaker", "", "Ida") in lines(client, mark)


def test_a_save_that_changes_nothing_is_no_change(client, bob, annotation):
    client.post(address(annotation), typed())
    assert lines(client, annotation) == []


@pytest.mark.parametrize("number", [1, 20])
def test_a_history_takes_as_many_queries_however_long(
    client, bob, annotation, number, django_assert_max_num_queries
):
    for n in range(number):
        client.post(
            address(annotation), typed(version=n + 1, speakers=f"S{n}", claims=[f"That {n}"])
        )
    assert Annotation.objects.get().version == number + 1
    with django_assert_max_num_queries(14):
        client.get(address(annotation, "annotation_history"))
