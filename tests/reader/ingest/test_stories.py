"""What makes two texts one story."""

import pytest

from reader.ingest.stories import story_key

BODY = (
    "The harbour office of Tarrow denied on Monday that the ferry Kittiwake had run aground "
    "with ninety people on board. “Nothing touched the ground,” said Mira Okonjo, its director, "
    "after a morning in which three newspapers had printed pictures of a tilted deck and of "
    "passengers with their shoes in their hands. She said that the tide had been low.\n\n"
    "Odo Fenn, who speaks for the crew, said that they had heard a long scraping noise before "
    "the engines stopped, and that nobody had told them why."
)


@pytest.mark.parametrize(
    "other",
    [
        BODY,
        BODY.upper(),
        BODY.replace("“", '"').replace("”", '"').replace("\n\n", "\n \n"),
        f"TARROW, June 3 (Transmarine) — {BODY}",
        f"TARROW - {BODY}",
        f"Tarrow (Transmarine) – {BODY}",
        f"{BODY} (TMA)",
        f"{BODY}\n\n(TMA)",
        f"{BODY}\n\nReporting by Ada Lune in Tarrow; editing by Piet Sorrano\n© Transmarine 2025",
    ],
)
def test_dateline_credits_and_typography_make_no_other_story(other: str) -> None:
    assert story_key(BODY) == story_key(other) is not None


@pytest.mark.parametrize(
    "other",
    [
        BODY.replace("ninety", "nineteen"),
        BODY.replace("denied", "confirmed"),
        f"{BODY} The hearing goes on.",
        f"The minister — {BODY}",
    ],
)
def test_other_words_are_another_story(other: str) -> None:
    assert story_key(BODY) != story_key(other)


def test_short_texts_have_no_key() -> None:
    assert story_key("Subscribe to read on.") is None
    assert story_key("") is None
    assert story_key("Word, " * 59) is None
    assert story_key("Word, " * 60) is not None
    assert story_key("… " * 100) is None
