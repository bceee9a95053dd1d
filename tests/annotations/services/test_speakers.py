"""Names as they are typed: who is known stays who they are, whatever is typed beside them."""

import pytest

from annotations.models import Attribution, AttributionRole, Speaker, SpeakerType
from annotations.services.editing import edit
from annotations.services.merging import merge
from annotations.services.speakers import attribute, speaker_named
from tests.factories import fields_of, make_article, make_mark, make_project

pytestmark = pytest.mark.django_db


@pytest.fixture
def annotation(project, article, bob):
    return make_mark(project, article, "Zoë", by=bob)


def say(annotation, *names, **options):
    return attribute(annotation, {AttributionRole.SPEAKER: names}, **options)


def speakers(annotation):
    found = Attribution.objects.filter(annotation=annotation).order_by("position")
    return [one.speaker for one in found]


def test_a_new_name_is_added_as_typed_but_for_white_space(project, annotation):
    assert say(annotation, "  Mira \n Okonjo ", "")
    (speaker,) = speakers(annotation)
    assert (speaker.name, speaker.project, speaker.article) == ("Mira Okonjo", project, None)


def test_names_are_kept_without_what_nobody_sees(project, annotation):
    assert say(annotation, "Mira\x00 \u202eOkonjo\u200e", "\u2066\u2069", "Ida\x1fVoss")
    assert [one.name for one in speakers(annotation)] == ["Mira Okonjo", "Ida Voss"]
    assert speaker_named(project, "\u202dMira Okonjo") == speakers(annotation)[0]


def test_a_known_name_or_alias_is_the_known_speaker(project, annotation):
    mira = Speaker.objects.create(project=project, name="Mira Okonjo", aliases=["Dr Okonjo"])
    assert speaker_named(project, "mira okonjo") == mira
    assert speaker_named(project, "Dr Okonjo") == mira


@pytest.mark.parametrize(
    ("alias", "typed"),
    [
        ("the Foreign Ministry spokesperson", "THE  foreign ministry\tspokesperson "),
        ("  Doña   Ñ  ", "doña ñ"),
        ("Zoe\u0308", "ZO\u00cb"),
        ("Зоя", "зоя"),
        ("王", "王"),
        ("100% a_b", "100% A_B"),
    ],
)
def test_aliases_are_found_whatever_their_case_and_white_space(project, alias, typed):
    mira = Speaker.objects.create(project=project, name="Mira Okonjo", aliases=["x", alias])
    assert speaker_named(project, typed) == mira


def test_a_pattern_is_no_alias(project):
    Speaker.objects.create(project=project, name="Mira Okonjo", aliases=["Okonjo"])
    assert speaker_named(project, "Okon%").name == "Okon%"


def test_who_is_called_so_comes_before_who_is_also_called_so(project):
    Speaker.objects.create(project=project, name="Mira Okonjo", aliases=["Okonjo"])
    okonjo = Speaker.objects.create(project=project, name="OKONJO")
    assert speaker_named(project, "Okonjo") == okonjo


def test_merged_names_and_their_aliases_are_found_as_what_they_name(project):
    mira = Speaker.objects.create(project=project, name="Mira Okonjo")
    merged = Speaker.objects.create(project=project, name="M. O.", aliases=["Dr O"])
    merge(merged, mira)
    assert speaker_named(project, "m. o.") == speaker_named(project, "dr o") == merged


def test_another_projects_speakers_are_others(project, article, annotation):
    theirs = Speaker.objects.create(project=make_project("other"), name="Mira Okonjo")
    assert speaker_named(project, "Mira Okonjo") != theirs


def test_the_same_name_twice_is_one_speaker(annotation):
    say(annotation, "Mira Okonjo", "MIRA OKONJO")
    assert len(speakers(annotation)) == 1


def test_names_go_change_places_and_stay(annotation):
    say(annotation, "A", "B", "C")
    kept = Attribution.objects.get(speaker__name="C")
    assert say(annotation, "C", "B")
    assert [one.name for one in speakers(annotation)] == ["C", "B"]
    assert Attribution.objects.get(speaker__name="C").pk == kept.pk
    assert not say(annotation, "C", "B")


def test_an_unnamed_source_belongs_to_its_article(project, annotation):
    say(annotation, "two officials", unnamed=True)
    (source,) = speakers(annotation)
    assert (source.article, source.type) == (annotation.article, SpeakerType.UNNAMED)
    elsewhere = make_article(project, "Two officials said otherwise.")
    assert speaker_named(project, "two officials", elsewhere, unnamed=True) != source


def test_only_who_says_it_can_be_unnamed(annotation):
    attribute(annotation, {AttributionRole.TARGET: ["the works"]}, unnamed=True)
    assert speakers(annotation)[0].article is None


def test_an_unnamed_source_stays_one_through_later_saves(annotation, bob):
    edit(annotation.pk, 1, fields_of(annotation, speakers=["two officials"], unnamed=True), bob)
    later = fields_of(annotation, speakers=["two officials"], note="Who?")
    edit(annotation.pk, 2, later, bob)
    (source,) = speakers(annotation)
    assert source.type == SpeakerType.UNNAMED
    assert Speaker.objects.count() == 1


def test_an_unnamed_source_is_known_throughout_its_article(project, article, annotation, bob):
    say(annotation, "two officials", unnamed=True)
    other = make_mark(project, article, "fisher", by=bob)
    say(other, "Two officials")
    assert speakers(other) == speakers(annotation)


def test_who_was_merged_stays_named_so(project, annotation):
    say(annotation, "M. Okonjo")
    (named,) = speakers(annotation)
    named.canonical = Speaker.objects.create(project=project, name="Mira Okonjo")
    named.save()
    assert not say(annotation, "Mira Okonjo")
    assert speakers(annotation) == [named]
