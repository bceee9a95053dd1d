"""What is told of a passage that was changed after readers could see it."""

from dataclasses import replace
from datetime import UTC, date, datetime

from hypothesis import given, strategies as st

from annotations.corrections import Change, correction_of, state_of
from tests.annotations.passages import link, named, passage

NOW = state_of(passage("allegation", by=["Ida"], claims=[7]))


def on(day: int) -> datetime:
    return datetime(2026, 5, day, tzinfo=UTC)


def kept(day: int, state, number: int = 1) -> Change:
    """The annotation's row as it was before a change on that day."""
    row = (state.kind, state.wording, state.cue, list(state.flags), state.said_on, state.note)
    return Change("annotation", "update", on(day), number, row)


def name(day: int, label: str, role: str, who: str) -> Change:
    (one,) = named(who)
    return Change("name", label, on(day), 2, (role, one.id, one.name))


def test_what_was_never_changed_is_not_corrected():
    assert correction_of(NOW, []) is None
    assert correction_of(NOW, [kept(3, NOW)]) is None


def test_a_field_is_told_with_the_days():
    was = replace(NOW, kind="quote", flags=("unsure",))
    found = correction_of(NOW, [kept(3, was)])
    assert found.on == date(2026, 5, 3)
    ((until, state),) = [(one.until, one.state) for one in found.earlier]
    assert (until, state) == (date(2026, 5, 3), was)


def test_names_that_were_put_in_and_taken_away():
    found = correction_of(
        NOW, [name(3, "insert", "speaker", "Ida"), name(3, "delete", "speaker", "Bo")]
    )
    (was,) = [one.state for one in found.earlier]
    assert was.called("speaker") == ("Bo",)
    assert found.now.called("speaker") == ("Ida",)


def test_a_link_that_was_changed_and_one_that_is_gone():
    found = correction_of(
        NOW,
        [
            Change("link", "update", on(3), 1, tuple(link(7, unsure=True))),
            Change("link", "delete", on(4), 1, tuple(link(8))),
        ],
    )
    first, second = (one.state.links for one in found.earlier)
    assert first == {link(7, unsure=True), link(8)}
    assert second == {link(7), link(8)}


def test_words_are_those_of_all_pieces_of_one_save():
    pieces = [Change("piece", "delete", on(3), n, (n, f"piece {n}")) for n in (0, 1)]
    found = correction_of(NOW, pieces)
    assert [one.state.words for one in found.earlier] == ["piece 0 […] piece 1"]


def test_what_was_undone_is_no_correction():
    was = replace(NOW, kind="quote")
    assert correction_of(NOW, [kept(3, NOW), kept(4, was)]) is None
    found = correction_of(NOW, [kept(2, replace(NOW, cue="says")), kept(3, NOW), kept(4, was)])
    assert found.on == date(2026, 5, 2)
    assert [one.state.cue for one in found.earlier] == ["says"]


def test_of_one_save_the_first_row_counts():
    was = replace(NOW, cue="says")
    found = correction_of(NOW, [kept(3, NOW, number=2), kept(3, was, number=1)])
    assert [one.state for one in found.earlier] == [was]


def test_a_note_is_told_only_if_it_was_public_then_and_is_now():
    with_note = replace(NOW, note="See page 4.")
    assert correction_of(NOW, [kept(3, with_note)]) is None
    assert correction_of(with_note, [kept(3, NOW)]) is None
    found = correction_of(with_note, [kept(3, replace(NOW, note="See page 3."))])
    assert [one.state.note for one in found.earlier] == ["See page 3."]


@given(st.lists(st.sampled_from(["", "says", "said", "claims"]), max_size=8))
def test_no_two_states_that_are_told_are_the_same(cues):
    changes = [kept(day, replace(NOW, cue=cue)) for day, cue in enumerate(cues, start=1)]
    found = correction_of(NOW, changes)
    if found is None:
        # Whatever was said in between, what was said first is said now.
        assert not cues or cues[0] == NOW.cue
        return
    told = [*(one.state for one in found.earlier), found.now]
    assert len(set(told)) == len(told)
    assert [one.until for one in found.earlier] == sorted(one.until for one in found.earlier)
    assert found.earlier[-1].until == found.on
    assert told[0].cue == cues[0]
