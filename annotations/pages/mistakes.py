"""What was mistyped in a search, in words for people."""

from django.utils.translation import gettext as _, gettext_noop

from reader.search import Mistake, Problem, Query

_SAID = {
    Mistake.QUOTE_OPEN: gettext_noop("The quotation mark at “%(text)s” has no end."),
    Mistake.PARENTHESIS_OPEN: gettext_noop("The parenthesis at “%(text)s” is not closed."),
    Mistake.PARENTHESIS_CLOSED: gettext_noop("A parenthesis is closed that was never opened."),
    Mistake.UNKNOWN_OPERATOR: gettext_noop("“%(text)s” is no operator: it was read as a word."),
    Mistake.EMPTY_OPERATOR: gettext_noop("Nothing follows “%(text)s”: it was read as a word."),
    Mistake.BAD_DATE: gettext_noop(
        "“%(text)s” is no time: write date:2021-03-29, date:2021-03, date:2021 or two of them "
        "with a slash between. It was read as words."
    ),
    Mistake.BAD_STATE: gettext_noop(
        "“%(text)s”: there are is:unread, is:starred, is:annotated and is:undated. It was read as "
        "a word."
    ),
    Mistake.BAD_KIND: gettext_noop(
        "“%(text)s”: there are kind:quote, kind:allegation and kind:denial. It was read as a word."
    ),
    Mistake.DANGLING_OR: gettext_noop("OR stands between two things: it was read as a word."),
    Mistake.DANGLING_NOT: gettext_noop("A minus without anything behind it was left out."),
    Mistake.NO_WORDS: gettext_noop("“%(text)s” has no letters or digits to search for."),
    Mistake.TOO_LONG: gettext_noop("The search is too long: it was cut after “%(text)s”."),
    Mistake.TOO_DEEP: gettext_noop(
        "Too many parentheses in each other: the inner ones were left out."
    ),
    Mistake.TOO_MANY: gettext_noop("Too many words: those from “%(text)s” on were left out."),
}


def mistakes(query: Query) -> list[str]:
    """A sentence for each thing that was mistyped."""
    return [_said(problem) for problem in query.problems]


def _said(problem: Problem) -> str:
    return _(_SAID[problem.mistake]) % {"text": problem.text}
