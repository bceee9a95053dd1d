"""Editing all fields at once: saved whole, refused whole, and never over somebody else's save."""

from datetime import date

import pytest

from annotations.models import Annotation, Attribution, AttributionRole, Claim, ClaimLink, Speaker
from annotations.services.claims import LinkTo
from annotations.services.editing import edit
from reader.services.errors import Conflict, Refused
from tests.factories import fields_of, make_mark

pytestmark = pytest.mark.django_db


@pytest.fixture
def annotation(project, article, bob) -> Annotation:
    return make_mark(project, article, "“Nothing leaked,”", by=bob)


def names(annotation, role):
    found = annotation.attributions.filter(role=role).order_by("position")
    return [one.speaker.name for one in found]


def test_all_fields_are_saved_together(annotation, bob):
    fields = fields_of(
        annotation,
        kind="allegation",
        wording="mixed",
        speakers=["Mira Okonjo", "Ida Voss"],
        on_behalf_of=["The works"],
        relayed_by=["A radio"],
        targets=["The river board"],
        cue="said",
        flags=["caption", "unsure"],
        said_on=date(2026, 3, 1),
        links=[LinkTo("That nothing leaked", scope="part", part="into the river", unsure=True)],
        note="Check.",
        note_public=True,
    )
    edit(annotation.pk, 1, fields, bob)
    annotation.refresh_from_db()
    assert annotation.version == 2
    assert (annotation.kind, annotation.wording, annotation.cue) == ("allegation", "mixed", "said")
    assert annotation.flags == ["unsure", "caption"]
    assert (annotation.said_on, annotation.note) == (date(2026, 3, 1), "Check.")
    assert annotation.note_public
    assert names(annotation, AttributionRole.SPEAKER) == ["Mira Okonjo", "Ida Voss"]
    assert names(annotation, AttributionRole.ON_BEHALF_OF) == ["The works"]
    assert names(annotation, AttributionRole.RELAYED_BY) == ["A radio"]
    assert names(annotation, AttributionRole.TARGET) == ["The river board"]
    (link,) = annotation.claim_links.all()
    assert (str(link.claim), link.scope, link.part, link.unsure) == (
        "That nothing leaked",
        "part",
        "into the river",
        True,
    )


def test_saving_what_is_there_already_changes_nothing(project, article, bob):
    annotation = make_mark(
        project,
        article,
        "Zoë",
        by=bob,
        speakers=["Zoë"],
        flags=["unsure"],
        claims=["That Zoë disagreed"],
    )
    links = list(ClaimLink.objects.values())
    same = fields_of(annotation, speakers=["Zoë"], links=[LinkTo("That Zoë disagreed")])
    assert edit(annotation.pk, annotation.version, same, bob).version == annotation.version
    assert list(ClaimLink.objects.values()) == links


def test_a_second_editor_is_refused(annotation, alice, bob):
    edit(annotation.pk, 1, fields_of(annotation, note="Bob’s"), bob)
    with pytest.raises(Conflict) as conflict:
        edit(annotation.pk, 1, fields_of(annotation, note="Alice’s", speakers=["Zoë"]), alice)
    assert conflict.value.current.note == "Bob’s"
    annotation.refresh_from_db()
    assert (annotation.note, annotation.version) == ("Bob’s", 2)
    assert not Speaker.objects.exists()


@pytest.mark.parametrize(
    ("wrong", "field", "reason"),
    [
        ({"kind": "rumour"}, "kind", "quote, allegation or denial"),
        ({"wording": "loose"}, "wording", "verbatim, paraphrase or mixed"),
        ({"flags": ["unsure", "odd"]}, "flags", "no flag “odd”"),
        ({"cue": "x" * 201}, "cue", "200 characters"),
        ({"speakers": ["x" * 201]}, "speakers", "too long for a name"),
        ({"speakers": [f"S{n}" for n in range(21)]}, "speaker", "At most 20 names"),
        ({"links": [LinkTo(" ")]}, "claims", "needs a statement"),
        ({"links": [LinkTo("x" * 501)]}, "claims", "501 characters; 500 at most"),
        ({"links": [LinkTo("That", scope="some")]}, "claims", "how much of the claim"),
    ],
)
def test_a_refused_edit_saves_nothing(annotation, bob, wrong, field, reason):
    typed = {"speakers": ["Zoë"], "note": "Typed.", "links": [LinkTo("That it leaked")]} | wrong
    with pytest.raises(Refused, match=reason) as refusal:
        edit(annotation.pk, 1, fields_of(annotation, **typed), bob)
    assert refusal.value.field == field
    annotation.refresh_from_db()
    assert (annotation.note, annotation.version) == ("", 1)
    assert not Speaker.objects.exists()
    assert not Claim.objects.exists()


def test_what_is_no_allegation_any_more_accuses_nobody(project, article, bob):
    mark = make_mark(project, article, "Nothing leaked", "allegation", bob, targets=["The works"])
    edit(mark.pk, mark.version, fields_of(mark, kind="quote", targets=["The works"]), bob)
    assert not Attribution.objects.filter(annotation=mark, role="target").exists()
