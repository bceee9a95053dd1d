"""How alike two wordings are."""

import pytest
from hypothesis import given, strategies as st

from annotations.likeness import MOST_TELLING, Rarity, likeness

RARITY = Rarity(100, {"that": 100, "works": 60, "river": 10})


def exactly(*words):
    return {word: {word: 1.0} for word in words}


def test_rare_words_tell_more_than_common_and_short_ones():
    assert RARITY.of("unheard") == pytest.approx(1)
    assert RARITY.of("unheard") > RARITY.of("river") > RARITY.of("works") > RARITY.of("that") > 0
    assert RARITY.of("der") < RARITY.of("derwisch")
    assert RARITY.of("7") == RARITY.of("河") == RARITY.of("unheard")


def test_the_most_telling_words_come_first():
    words = ["that", "river", "works", *(f"unheard{n}" for n in range(20))]
    assert RARITY.most_telling(words[:4]) == ["unheard0", "river", "works", "that"]
    assert len(RARITY.most_telling(words)) == MOST_TELLING
    assert "river" not in RARITY.most_telling(words)


def test_what_a_sample_suggests_of_all():
    assert RARITY.share("river") == pytest.approx(0.1)
    assert 0 < RARITY.share("unheard") < 0.01
    assert Rarity(0).share("river") <= 1


def test_the_same_words_are_alike_and_others_are_not():
    words = ["works", "poisoned", "river"]
    assert likeness(words, words, RARITY, exactly(*words)) == pytest.approx(1)
    assert likeness(["poisoned"], ["river"], RARITY, exactly("poisoned")) == 0
    assert likeness([], [], RARITY, {}) == 0


def test_a_shared_rare_word_makes_them_more_alike_than_a_shared_common_one():
    rare = likeness(["river", "works"], ["river", "mill"], RARITY, exactly("river", "works"))
    common = likeness(["river", "works"], ["works", "mill"], RARITY, exactly("river", "works"))
    assert rare > common > 0


def test_a_word_counts_as_much_as_it_is_like_another():
    half = likeness(["poisons"], ["poisoned"], RARITY, {"poisons": {"poisoned": 0.5}})
    assert half == pytest.approx(0.5)


def test_what_only_the_longer_one_says_takes_something_away():
    short, long = ["poisoned", "river"], ["poisoned", "river", "mayor", "bridge", "brother"]
    assert 0.5 < likeness(short, long, RARITY, exactly(*long)) < 1
    assert 0.5 < likeness(long, short, RARITY, exactly(*long)) < 1


words = st.sets(st.text(min_size=1, max_size=8), max_size=15)


@given(words, words, st.dictionaries(st.text(max_size=8), st.integers(0, 300)))
def test_it_is_a_share(asked, stated, claims_with):
    assert 0 <= likeness(asked, stated, Rarity(300, claims_with), exactly(*asked)) <= 1
