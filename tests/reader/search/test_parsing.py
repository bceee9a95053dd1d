"""What is typed, and the tree that it is read as."""

from datetime import date

import pytest
from hypothesis import given, strategies as st

from annotations.models import Kind
from reader.search import And, Dated, Field, Mistake, Not, Or, Phrase, Term, Word, parse, unparse
from reader.search.parsing import MAX_LENGTH, MAX_TERMS
from reader.search.tree import KINDS, all_of, any_of

A, B, C = Word("a"), Word("b"), Word("c")


def day(text: str) -> date:
    return date.fromisoformat(text)


@pytest.mark.parametrize(
    ("text", "tree"),
    [
        ("", None),
        ("   ", None),
        ("a", A),
        ("a b", And((A, B))),
        ("a AND b", And((A, B))),
        ("a OR b", Or((A, B))),
        ("a OR b c", Or((A, And((B, C))))),
        ("(a OR b) c", And((Or((A, B)), C))),
        ("((a) ((b)))", And((A, B))),
        ("a OR (b OR c)", Or((A, B, C))),
        ("a or b", And((A, Word("or"), B))),
        ("-a", Not(A)),
        ('-"a b"', Not(Phrase("a b"))),
        ("-title:a", Not(Term(Field.TITLE, "a"))),
        ("-(a b)", Not(And((A, B)))),
        ("-(-a)", Not(Not(A))),
        ('"to be or not to be"', Phrase("to be or not to be")),
        ('"  a \t b "', Phrase("a b")),
        ("“a b”", Phrase("a b")),
        ("„a b“", Phrase("a b")),
        ("«a b»", Phrase("a b")),
        ("title:a", Term(Field.TITLE, "a")),
        ("TITLE:a", Term(Field.TITLE, "a")),
        ('title:"a b"', Term(Field.TITLE, "a b", exact=True)),
        ("title:“a b”", Term(Field.TITLE, "a b", exact=True)),
        ('by:"Mira Okonjo"', Term(Field.BY, "Mira Okonjo", exact=True)),
        ('in:"The Reed"', Term(Field.IN, "The Reed")),
        ("in:Reed", Term(Field.IN, "Reed")),
        ("feed:reed.example", Term(Field.FEED, "reed.example")),
        ("project:spill", Term(Field.PROJECT, "spill")),
        ("kind:allegation", Term(Field.KIND, "allegation")),
        ("kind:Allegations", Term(Field.KIND, "allegation")),
        ('speaker:"Zhao Lijian"', Term(Field.SPEAKER, "Zhao Lijian")),
        ("target:works", Term(Field.TARGET, "works")),
        ("is:UNREAD", Term(Field.IS, "unread")),
        ("is:starred", Term(Field.IS, "starred")),
        ("is:annotated", Term(Field.IS, "annotated")),
        ("is:undated", Term(Field.IS, "undated")),
        ("date:2021", Dated(day("2021-01-01"), day("2021-12-31"))),
        ("date:2021-02", Dated(day("2021-02-01"), day("2021-02-28"))),
        ("date:2021-3-9", Dated(day("2021-03-09"), day("2021-03-09"))),
        ("date:2021-03/2022-01", Dated(day("2021-03-01"), day("2022-01-31"))),
        ("date:2021-03/", Dated(day("2021-03-01"), None)),
        ("date:/2022", Dated(None, day("2022-12-31"))),
        ("http://x.example/a?b=c", Word("http://x.example/a?b=c")),
        ("12:30", Word("12:30")),
        ("person(s)", Word("person(s)")),
        ("a(b c)", And((A, B, C))),
        ("rock'n'roll", Word("rock'n'roll")),
        ("a - b — c", And((A, B, C))),
        ("a -- b", And((A, B))),
        ("😀", Word("😀")),
        ("北京", Word("北京")),
        ("مرحبا", Word("مرحبا")),
        ("cafe\u0301", Word("caf\u00e9")),
    ],
)
def test_syntax(text, tree):
    query = parse(text)
    assert query.root == tree
    assert parse(str(query)).root == tree
    assert [one for one in query.problems if one.mistake != Mistake.DANGLING_NOT] == []


@pytest.mark.parametrize(
    ("text", "mistake", "tree"),
    [
        ('"a b', Mistake.QUOTE_OPEN, And((A, B))),
        ('a "', Mistake.QUOTE_OPEN, A),
        ('title:"a b', Mistake.QUOTE_OPEN, And((Word("title:"), A, B))),
        ("(a b", Mistake.PARENTHESIS_OPEN, And((A, B))),
        ("a) b", Mistake.PARENTHESIS_CLOSED, And((A, B))),
        ("foo:bar", Mistake.UNKNOWN_OPERATOR, Word("foo:bar")),
        ("date:yesterday", Mistake.BAD_DATE, Word("date:yesterday")),
        ("date:2021-02-30", Mistake.BAD_DATE, Word("date:2021-02-30")),
        ("date:2022/2021", Mistake.BAD_DATE, Word("date:2022/2021")),
        ("date:/", Mistake.BAD_DATE, Word("date:/")),
        ('date:"last week"', Mistake.BAD_DATE, Phrase("last week")),
        ("is:lost", Mistake.BAD_STATE, Word("is:lost")),
        ("kind:rumour", Mistake.BAD_KIND, Word("kind:rumour")),
        ("title:", Mistake.EMPTY_OPERATOR, Word("title:")),
        ("title: a", Mistake.EMPTY_OPERATOR, And((Word("title:"), A))),
        ("in:(a OR b)", Mistake.EMPTY_OPERATOR, And((Word("in:"), Or((A, B))))),
        ("OR a", Mistake.DANGLING_OR, And((Word("or"), A))),
        ("a OR", Mistake.DANGLING_OR, And((A, Word("or")))),
        ("a OR OR b", Mistake.DANGLING_OR, Or((A, And((Word("or"), B))))),
        ("a -", Mistake.DANGLING_NOT, A),
        ("-", Mistake.DANGLING_NOT, None),
        ("?!", Mistake.NO_WORDS, None),
        ("a " * MAX_LENGTH, Mistake.TOO_LONG, And((A,) * MAX_TERMS)),
        ("(" * 30 + "a" + ")" * 30, Mistake.TOO_DEEP, A),
        ("a " * (MAX_TERMS + 1), Mistake.TOO_MANY, And((A,) * MAX_TERMS)),
    ],
)
def test_mistakes_are_named_and_read_as_words(text, mistake, tree):
    query = parse(text)
    assert mistake in {one.mistake for one in query.problems}
    assert query.root == tree


@pytest.mark.parametrize("text", ["(" * 500 + "a" + ")" * 500, "(" * 500, "-" * 999, '"' * 999])
def test_no_depth_is_too_much(text):
    assert parse(text).root in (A, None)


def test_every_kind_can_be_searched_for():
    assert set(KINDS) == set(Kind.values)


ODD = ["a", "b", "OR", "AND", " ", "(", ")", '"', "“", "”", "-", "--", "title:", "in:", "foo:"]
ODD += ["is:unread", "is:x", "date:2021", "date:2021-03/", "…", "\0", "\ud800", "😀", ":", "/", "é"]


@given(st.lists(st.sampled_from(ODD), max_size=20).map("".join) | st.text(max_size=200))
def test_whatever_is_typed_is_read_and_written_the_same(text):
    root = parse(text).root
    again = parse(unparse(root))
    assert again.root == root


WORDS = st.text("abcéß北й", min_size=1, max_size=6)
NAMES = st.lists(WORDS, min_size=1, max_size=3).map(" ".join)
DAYS = st.dates(date(1000, 1, 1))
LEAVES = st.one_of(
    WORDS.map(Word),
    NAMES.map(Phrase),
    st.builds(Term, st.sampled_from([Field.TITLE, Field.BY]), WORDS),
    st.builds(Term, st.sampled_from([Field.TITLE, Field.BY]), NAMES, st.just(True)),
    st.builds(Term, st.sampled_from([Field.IN, Field.SPEAKER, Field.PROJECT]), NAMES),
    st.builds(Term, st.just(Field.KIND), st.sampled_from(KINDS)),
    st.tuples(DAYS, DAYS).map(sorted).map(lambda days: Dated(*days)),
    st.builds(Dated, st.none(), DAYS),
    st.builds(Dated, DAYS, st.none()),
)
TREES = st.recursive(
    LEAVES,
    lambda nodes: st.one_of(
        nodes.map(Not),
        st.lists(nodes, min_size=1, max_size=3).map(all_of),
        st.lists(nodes, min_size=1, max_size=3).map(any_of),
    ),
    max_leaves=12,
)


@given(TREES)
def test_a_tree_is_written_so_that_it_is_read_again(tree):
    query = parse(unparse(tree))
    assert query.root == tree
    assert query.problems == ()


@given(TREES, LEAVES)
def test_a_search_is_narrowed_and_widened_by_a_term(tree, term):
    query = parse(unparse(tree))
    assert parse(str(query.also(term))).root == all_of([tree, term])
    assert query.without(term).also(term).also(term).without(term).root == query.without(term).root
