"""Which words of a result are marked: those that were searched for, in its language's stems."""

from reader.search.conditions import Meaning
from reader.search.snippets import Marker, plain
from reader.search.tree import Field, Phrase, Term, Word, wanted


class Markers:
    """Markers for the results of one search, one for each language."""

    def __init__(self, meaning: Meaning) -> None:
        self._meaning = meaning
        self._wanted = list(wanted(meaning.root))
        self._made: dict[tuple[str, bool], Marker] = {}

    def of_texts(self, language: str) -> Marker:
        """For texts and passages: words and phrases."""
        return self._marker(language, titles=False)

    def of_titles(self, language: str) -> Marker:
        """For titles: also what `title:` asked for."""
        return self._marker(language, titles=True)

    def _marker(self, language: str, *, titles: bool) -> Marker:
        key = (language, titles)
        if key not in self._made:
            self._made[key] = self._make(language, titles=titles)
        return self._made[key]

    def _make(self, language: str, *, titles: bool) -> Marker:
        words, phrases = [], []
        for leaf in self._wanted:
            match leaf:
                case Word(text):
                    words.append(text)
                case Phrase(text):
                    phrases.append(text)
                case Term(Field.TITLE, value, exact) if titles:
                    (phrases if exact else words).append(value)
        stems: set[str] = set()
        for text in words:
            stems |= self._meaning.lexemes.stems(language, text)
        if not stems and not phrases:
            # Nothing but words too common to be indexed: the texts themselves were asked.
            stems = {plain(text) for text in words}
        return Marker(frozenset(stems), tuple(phrases))
