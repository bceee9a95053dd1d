"""From what was typed to a tree. PURE: no mistake stops it, each is noted."""

import re
import unicodedata

from reader.search.dates import parse_dates
from reader.search.query import Mistake, Problem, Query
from reader.search.tree import (
    EXACT,
    KINDS,
    STATES,
    Field,
    Node,
    Not,
    Phrase,
    Term,
    Word,
    all_of,
    any_of,
)

MAX_LENGTH = 1_000
"""Characters that are read."""

MAX_DEPTH = 20
"""Parentheses within each other."""

MAX_TERMS = 50
"""Words, phrases and operators."""

_CLOSING = {'"': '"', "“": "”“", "„": "“”", "«": "»", "»": "«", "”": "”"}
_OPERATOR = re.compile(r"([A-Za-z]+):")
_SCHEME = re.compile(r"//|:|\d")
_UNREADABLE = re.compile("[\0\ud800-\udfff\ufffd]")
_FIELDS = {field.value: field for field in Field}


def parse(text: str) -> Query:
    """Read a search. Whatever is given, something comes out: `Query.problems` says what was not
    understood and read as words.

    Words are joined by "and", which binds tighter than OR. OR (and AND, which changes nothing)
    are operators in capitals only; names of fields in any case.
    """
    return _Parser(text).query()


class _Parser:
    def __init__(self, text: str) -> None:
        self._problems: list[Problem] = []
        self._text = self._readable(text)
        self._at = 0
        self._terms = 0
        self._ignored = 0
        self._dropped = ""

    def query(self) -> Query:
        root = self._expression(0)
        if root is None and self._dropped:
            self._note(Mistake.NO_WORDS, self._dropped)
        return Query(root, tuple(dict.fromkeys(self._problems)))

    def _readable(self, text: str) -> str:
        if len(text) > MAX_LENGTH:
            cut = text[: MAX_LENGTH + 1].rpartition(" ")[0] or text[:MAX_LENGTH]
            self._note(Mistake.TOO_LONG, cut[-20:])
            text = cut
        return unicodedata.normalize("NFC", _UNREADABLE.sub(" ", text))

    def _note(self, mistake: Mistake, text: str) -> None:
        self._problems.append(Problem(mistake, text))

    def _expression(self, depth: int) -> Node | None:
        """Everything up to the parenthesis that closes this group, or the end."""
        arms: list[Node | None] = []
        arm: list[Node] = []
        while not self._is_done(depth):
            if self._take_word("OR"):
                if arm:
                    arms.append(all_of(arm))
                    arm = []
                else:
                    arm += self._dangling_or()
            elif not self._take_word("AND"):
                node = self._unit(depth)
                arm += [node] if node else []
        if arms and not arm:
            arm = [node for node in (arms.pop(), *self._dangling_or()) if node]
        arms.append(all_of(arm))
        return any_of(node for node in arms if node)

    def _dangling_or(self) -> list[Node]:
        self._note(Mistake.DANGLING_OR, "OR")
        self._terms += 1
        return [Word("or")] if self._terms <= MAX_TERMS else []

    def _is_done(self, depth: int) -> bool:
        """Step over white space; true at the end of the group or of the text."""
        while self._at < len(self._text):
            sign = self._text[self._at]
            if sign == ")" and depth and not self._ignored:
                return True
            if sign == ")":
                if self._ignored:
                    self._ignored -= 1
                else:
                    self._note(Mistake.PARENTHESIS_CLOSED, ")")
            elif not sign.isspace():
                return False
            self._at += 1
        return True

    def _take_word(self, word: str) -> bool:
        end = self._at + len(word)
        taken = self._text[self._at : end] == word and self._ends(end)
        if taken:
            self._at = end
        return taken

    def _ends(self, at: int) -> bool:
        return at >= len(self._text) or self._text[at].isspace() or self._text[at] in "()"

    def _unit(self, depth: int) -> Node | None:
        """A word, phrase, term or group, with the minus before it."""
        begin = self._at
        while self._text.startswith("-", self._at):
            self._at += 1
        dashes = self._at - begin
        if dashes > 1:
            # Pasted punctuation; what follows is read for itself.
            return None
        if dashes and self._ends(self._at) and not self._text.startswith("(", self._at):
            self._note(Mistake.DANGLING_NOT, "-")
            return None
        node = self._positive(depth)
        return Not(node) if node and dashes else node

    def _positive(self, depth: int) -> Node | None:
        if self._text[self._at] == "(":
            return self._group(depth)
        self._terms += 1
        if self._terms > MAX_TERMS:
            self._note(Mistake.TOO_MANY, self._text[self._at :][:20])
            self._at = len(self._text)
            return None
        if self._text[self._at] in _CLOSING:
            phrase = self._quoted()
            return None if phrase is None else self._phrase(phrase)
        return self._operator() or self._word()

    def _group(self, depth: int) -> Node | None:
        self._at += 1
        if depth == MAX_DEPTH:
            self._note(Mistake.TOO_DEEP, "(")
            self._ignored += 1
            return None
        begin = self._at
        node = self._expression(depth + 1)
        if self._text.startswith(")", self._at):
            self._at += 1
        else:
            self._note(Mistake.PARENTHESIS_OPEN, self._text[begin - 1 :][:20])
        return node

    def _quoted(self) -> str | None:
        """The words up to the closing mark. Without one, None, and only the mark is passed."""
        begin = self._at + 1
        closing = _CLOSING[self._text[self._at]] + '"'
        end = next((at for at in range(begin, len(self._text)) if self._text[at] in closing), -1)
        if end < 0:
            self._note(Mistake.QUOTE_OPEN, self._text[self._at :][:20])
            self._at = begin
            return None
        self._at = end + 1
        return " ".join(self._text[begin:end].split())

    def _phrase(self, words: str) -> Node | None:
        return Phrase(words) if self._says_something(words) else None

    def _word(self) -> Node | None:
        text = self._bare()
        return Word(text) if self._says_something(text) else None

    def _says_something(self, words: str) -> bool:
        """Whether there is more than punctuation, which stands in no index."""
        if any(unicodedata.category(sign)[0] in "LNSM" for sign in words):
            return True
        self._dropped = self._dropped or words
        return False

    def _bare(self) -> str:
        """Everything up to white space or a parenthesis that is not closed within the word."""
        begin = self._at
        while self._at < len(self._text):
            sign = self._text[self._at]
            if sign == "(":
                end = _closing_parenthesis(self._text, self._at)
                if end < 0:
                    break
                self._at = end
            elif sign.isspace() or sign == ")":
                break
            self._at += 1
        return self._text[begin : self._at]

    def _operator(self) -> Node | None:
        """A term; None, and nothing is passed, where these are words."""
        found = _OPERATOR.match(self._text, self._at)
        if not found:
            return None
        name, begin = found[1].lower(), self._at
        if name not in _FIELDS and name != "date":
            if not _SCHEME.match(self._text, found.end()) and not self._ends(found.end()):
                self._note(Mistake.UNKNOWN_OPERATOR, found[0])
            return None
        self._at = found.end()
        exact = self._text[self._at : self._at + 1] in _CLOSING
        value = self._quoted() if exact else self._bare().replace('"', "")
        if not value:
            if value is not None:
                self._note(Mistake.EMPTY_OPERATOR, found[0])
            return Word(found[0])
        node = _term(name, value, exact=exact)
        if not isinstance(node, Mistake):
            return node
        self._note(node, self._text[begin : self._at])
        if exact:
            return self._phrase(value)
        self._at = begin
        return None


def _closing_parenthesis(text: str, at: int) -> int:
    """Where the parenthesis at `at` is closed within its word, else -1."""
    depth = 0
    while at < len(text) and not text[at].isspace():
        depth += (text[at] == "(") - (text[at] == ")")
        if depth == 0:
            return at
        at += 1
    return -1


def _term(name: str, value: str, *, exact: bool) -> Node | Mistake:
    if name == "date":
        return parse_dates(value) or Mistake.BAD_DATE
    field = _FIELDS[name]
    if field == Field.IS:
        return Term(field, value.lower()) if value.lower() in STATES else Mistake.BAD_STATE
    if field == Field.KIND:
        kind = next((one for one in KINDS if value.lower() in (one, _plural(one))), "")
        return Term(field, kind) if kind else Mistake.BAD_KIND
    return Term(field, value, exact and field in EXACT)


def _plural(kind: str) -> str:
    return kind[:-1] + "s" if kind.endswith("y") else kind + "s"
