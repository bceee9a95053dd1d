"""The editor of one annotation: its form, filled in, with what it offers."""

from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from annotations.access import AnnotationSeat
from annotations.forms import AnnotationForm, AnswersForm, LinkFormSet, differences, names_in
from annotations.models import Annotation, Kind
from annotations.pages.cards import who
from annotations.pages.labels import labels
from annotations.pages.preview import shorten
from annotations.passage import Passage
from annotations.paths import article_path, passage_path
from annotations.queries.history import events, people
from annotations.queries.offers import answerable, claim_statements, last_speaker, speaker_names
from annotations.queries.passages import passages
from annotations.wording import statement_from
from reader.models import Project, User


@dataclass(frozen=True, slots=True)
class EditorPage:
    """`conflict` is None, or what differs from what somebody else saved meanwhile: label, theirs,
    mine."""

    annotation: Annotation
    passage: Passage
    project: Project
    kind_label: str
    kind_noun: str
    letter: str
    form: AnnotationForm
    links: Any
    answers: AnswersForm | None
    names: list[str]
    claims: list[str]
    last_speaker: str
    path: str
    article_path: str
    conflict: list[tuple[str, str, str]] | None
    conflict_by: str


def values_of(passage: Passage) -> dict[str, Any]:
    """An annotation's fields as the form shows them."""
    return {
        "version": passage.version,
        "kind": passage.kind,
        "wording": passage.wording,
        "cue": passage.cue,
        "flags": list(passage.flags),
        "said_on": passage.said_on,
        "note": passage.note,
        "note_public": passage.note_public,
        "speakers": [one.name for one in passage.speakers],
        "on_behalf_of": [one.name for one in passage.on_behalf_of],
        "relayed_by": [one.name for one in passage.relayed_by],
        "targets": [one.name for one in passage.targets],
    }


def editor_page(
    found: AnnotationSeat, data: Any = None, conflict_with: Annotation | None = None
) -> EditorPage:
    """The editor, filled from the annotation, or from what was typed (`data`).

    Args:
        conflict_with: the annotation as somebody else saved it meanwhile; what was typed stays in
            the form, which from now on answers to that version.
    """
    annotation, project = found.annotation, found.annotation.project
    (passage,) = passages(Annotation.objects.filter(pk=annotation.pk))
    saved = values_of(passage)
    typed = data
    conflict, conflict_by = None, ""
    if conflict_with is not None:
        typed = data.copy()
        typed["version"] = conflict_with.version
        conflict = _conflict(passage, typed)
        conflict_by = _saver(annotation, found.seat.user)
    form = AnnotationForm(typed, initial=saved, auto_id="edit-%s")
    links = LinkFormSet(
        typed,
        prefix="claims",
        initial=[
            {"statement": one.statement, "scope": one.scope, "part": one.part, "unsure": one.unsure}
            for one in passage.links
        ],
    )
    called = labels()
    kind = form["kind"].value()
    if kind not in called.kinds:
        kind = passage.kind
    return EditorPage(
        annotation=annotation,
        passage=passage,
        project=project,
        kind_label=called.kinds[kind],
        kind_noun=called.nouns[kind],
        letter=kind[0].upper(),
        form=form,
        links=links,
        answers=answers_form(passage, project, form) if kind == Kind.DENIAL else None,
        names=speaker_names(annotation),
        claims=_claims(passage, project),
        last_speaker=last_speaker(project, found.seat.user, annotation),
        path=passage_path(project, annotation.article_id, annotation.pk),
        article_path=article_path(project, annotation.article_id),
        conflict=conflict,
        conflict_by=conflict_by,
    )


def _claims(passage: Passage, project: Project) -> list[str]:
    """The project's claims; for an allegation of none yet, first of all a new one in its words."""
    known = claim_statements(project)
    if passage.kind == Kind.ALLEGATION and not passage.links:
        return [statement_from(passage.words), *known]
    return known


def answers_form(passage: Passage, project: Project, form: AnnotationForm) -> AnswersForm:
    """The allegations that a denial may answer, nearest first, each by speaker and words.

    Args:
        form: the denial's, whose speakers may have been typed but not saved yet.
    """
    own = {name.lower() for name in names_in(form["speakers"].value() or "")}
    choices = [
        (str(one.id), f"{who(one)}: {shorten(one.words, 140)}")
        for one in answerable(passage, project)
        if own.isdisjoint(speaker.name.lower() for speaker in one.speakers)
    ]
    return AnswersForm(form.data if form.is_bound else None, choices=choices, auto_id="edit-%s")


def _conflict(saved: Passage, typed: Any) -> list[tuple[str, str, str]]:
    """What was typed beside what is saved now."""
    mine, links = AnnotationForm(typed), LinkFormSet(typed, prefix="claims")
    mine.is_valid()
    links.is_valid()
    statements = [one.cleaned_data.get("statement", "") for one in links]
    return differences(
        mine.cleaned_data | {"claims": [one for one in statements if one]},
        values_of(saved) | {"claims": [one.statement for one in saved.links]},
    )


def _saver(annotation: Annotation, user: User) -> str:
    """Who saved last."""
    by = next((event.by for event in reversed(events(annotation)) if event.by), None)
    if by == user.pk:
        return _("you, in another window,")
    return people([by]).get(by or 0, _("somebody else"))
