"""What is said of speakers: who may be called what, and two who edit at once."""

import pytest

from annotations.models import Speaker, SpeakerType
from annotations.services import speaker_editing
from annotations.services.merging import merge
from annotations.services.speaker_editing import About, NameTaken, edit_speaker
from annotations.services.speakers import speaker_named, speaker_to_merge
from reader.services.errors import Conflict, Refused
from tests.factories import make_article, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def ida(project):
    return Speaker.objects.create(project=project, name="Ida Voss", aliases=["Voss"])


def test_names_and_aliases_are_levelled_each_once(project, ida):
    aliases = ["  the  fisher ", "", "THE FISHER", "ida  voss", "Zoe\u0308", "Zo\u00eb"]
    saved = edit_speaker(ida, About(" Ida \n Voss", aliases, SpeakerType.PERSON, "A note."), 1)
    ida.refresh_from_db()
    assert (ida.name, ida.aliases) == ("Ida Voss", ["the fisher", "Zo\u00eb"])
    assert (ida.type, ida.note, ida.version) == (SpeakerType.PERSON, "A note.", 2)
    assert saved == speaker_named(project, "ZO\u00cb")


def test_nothing_is_written_where_nothing_changed(project, ida):
    before = project.version
    edit_speaker(ida, About("Ida Voss", ["Voss"]), 1)
    ida.refresh_from_db()
    project.refresh_from_db()
    assert (ida.version, project.version) == (1, before)


def test_the_second_of_two_editors_is_told_what_the_first_saved(ida):
    edit_speaker(ida, About("Ida Voss", [], note="First."), 1)
    with pytest.raises(Conflict) as conflict:
        edit_speaker(ida, About("Ida Voss", ["Voss"], note="Second."), 1)
    assert conflict.value.current.note == "First."


@pytest.mark.parametrize(
    ("about", "field", "message"),
    [
        (About("bo LIND"), "name", "“bo LIND” is another speaker here."),
        (About("the mayor"), "name", "“the mayor” is a name of “Bo Lind” here."),
        (About("Ida Voss", ["x", "B.  L."]), "aliases", "“B. L.” is a name of “Bo Lind” here."),
        (About("Ida Voss", ["the clerk"]), "aliases", "“the clerk” is a name of “Bo Lind” here."),
    ],
)
def test_what_somebody_else_is_called_is_taken(project, ida, about, field, message):
    lind = Speaker.objects.create(project=project, name="Bo Lind", aliases=["The Mayor"])
    merged = Speaker.objects.create(project=project, name="B. L.", aliases=["the clerk"])
    merge(merged, lind)
    with pytest.raises(NameTaken) as taken:
        edit_speaker(ida, about, 1)
    assert (taken.value.other, taken.value.field) == (lind, field)
    assert taken.value.message == message
    ida.refresh_from_db()
    assert (ida.name, ida.aliases, ida.version) == ("Ida Voss", ["Voss"], 1)


def test_other_projects_and_unnamed_sources_take_no_names(project, ida):
    Speaker.objects.create(project=make_project("other"), name="the fisher")
    Speaker.objects.create(
        project=project, name="the fisher", type="unnamed", article=make_article(project)
    )
    assert edit_speaker(ida, About("the fisher"), 1).name == "the fisher"


def test_names_of_those_who_were_merged_here_are_aliases_but_not_the_name(project, ida):
    short = Speaker.objects.create(project=project, name="I. V.")
    merge(short, ida)
    assert edit_speaker(ida, About("Ida Voss", ["I. V."]), 1).aliases == ["I. V."]
    with pytest.raises(Refused, match="merged into this speaker") as refused:
        edit_speaker(ida, About("i. v."), 2)
    assert not isinstance(refused.value, NameTaken)
    assert refused.value.field == "name"


def test_nobody_becomes_an_unnamed_source_but_one_can_be_named(project, ida):
    with pytest.raises(Refused) as refused:
        edit_speaker(ida, About("Ida Voss", type=SpeakerType.UNNAMED), 1)
    assert refused.value.field == "type"
    article = make_article(project)
    source = Speaker.objects.create(
        project=project, name="a fisher", type=SpeakerType.UNNAMED, article=article
    )
    kept = edit_speaker(source, About("a fisher", note="At sea.", type=SpeakerType.UNNAMED), 1)
    assert kept.article == article
    with pytest.raises(NameTaken):
        edit_speaker(source, About("Voss", type=SpeakerType.PERSON), 2)
    named = edit_speaker(source, About("Per Holm", type=SpeakerType.PERSON), 2)
    assert named.article is None
    assert speaker_named(project, "per holm") == named


def test_whom_to_merge_with_is_found_by_names_and_aliases(project, ida):
    assert speaker_to_merge(project, " VOSS ") == ida
    for unknown in ("Nobody", "x" * 201):
        with pytest.raises(Refused):
            speaker_to_merge(project, unknown)
    assert Speaker.objects.count() == 1


def test_a_name_that_somebody_is_just_using_is_taken(project, ida, monkeypatch):
    """Marking a passage names somebody without waiting for who edits a speaker."""
    checked = speaker_editing._checked_aliases

    def late(given, name):
        Speaker.objects.create(project=project, name="bo lind", aliases=[])
        return checked(given, name)

    monkeypatch.setattr(speaker_editing, "speakers_known_as", lambda *_: [])
    monkeypatch.setattr(speaker_editing, "_checked_aliases", late)
    with pytest.raises(NameTaken) as taken:
        edit_speaker(ida, About("Bo Lind"), 1)
    assert taken.value.other.name == "bo lind"
