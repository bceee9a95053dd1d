"""The editor of one annotation: its form, filled in, with what it offers."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _

from annotations.access import AnnotationSeat, may_edit
from annotations.forms import AnnotationForm, LinkFormSet, differences
from annotations.models import Annotation
from annotations.pages.labels import labels
from annotations.pages.offers import Offers, editor_offers
from annotations.parameters import id_from
from annotations.passage import Passage
from annotations.paths import article_path, passage_path
from annotations.queries.history import events, people
from annotations.queries.offers import last_speaker, speaker_names
from annotations.queries.passages import passages
from reader.access import Seat
from reader.models import Article, Project, User


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
    offers: Offers
    names: list[str]
    last_speaker: str
    path: str
    article_path: str
    conflict: list[tuple[str, str, str]] | None
    conflict_by: str


def values_of(passage: Passage) -> dict[str, Any]:
    """An annotation's fields as the form shows them."""
    return {
        "version": passage.version,
        "reads": passage.reads,
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
        typed["reads"] = passage.reads
        if data.get("version") == str(conflict_with.version):
            # It is as it was, but somebody or something that it names is called otherwise.
            conflict_by = _("somebody, elsewhere,")
        else:
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
    offers = editor_offers(found, passage, kind, typed)
    if conflict_with is not None:
        conflict = _conflict(passage, typed, [one.words for one in offers.picked])
    return EditorPage(
        annotation=annotation,
        passage=passage,
        project=project,
        kind_label=called.kinds[kind],
        kind_noun=called.nouns[kind],
        letter=kind[0].upper(),
        form=form,
        links=links,
        offers=offers,
        names=speaker_names(annotation),
        last_speaker=last_speaker(project, found.seat.user, annotation),
        path=passage_path(project, annotation.article_id, annotation.pk),
        article_path=article_path(project, annotation.article_id),
        conflict=conflict,
        conflict_by=conflict_by,
    )


def open_editor(seat: Seat, article: Article, wanted: str) -> EditorPage | None:
    """The editor that an address opens beside the article; None where it names none of the
    article's annotations that may be changed from this seat.

    Args:
        wanted: an annotation's id, as the address has it.
    """
    id_ = id_from(wanted)
    if id_ is None or not seat.may_annotate:
        return None
    annotation = (
        Annotation.objects.select_related("project", "article", "article__current_revision")
        .filter(pk=id_, project=seat.project, article=article, deleted_at=None)
        .first()
    )
    if annotation is None or not may_edit(seat, annotation.annotator_id):
        return None
    return editor_page(AnnotationSeat(annotation, seat))


def _conflict(saved: Passage, typed: Any, picked: Sequence[str]) -> list[tuple[str, str, str]]:
    """What was typed, and picked, beside what is saved now."""
    mine, links = AnnotationForm(typed), LinkFormSet(typed, prefix="claims")
    mine.is_valid()
    links.is_valid()
    statements = [one.cleaned_data.get("statement", "") for one in links]
    return differences(
        mine.cleaned_data | {"claims": [*filter(None, statements), *picked]},
        values_of(saved) | {"claims": [one.statement for one in saved.links]},
    )


def _saver(annotation: Annotation, user: User) -> str:
    """Who saved last."""
    by = next((event.by for event in reversed(events(annotation)) if event.by), None)
    if by == user.pk:
        return _("you, in another window,")
    return people([by]).get(by or 0, _("somebody else"))
