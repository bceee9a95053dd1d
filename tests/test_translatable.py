"""Every word of the interface can be translated.

Templates are read with Django's own lexer, scripts as text; and pages are rendered in a language
whose every word is in brackets, so that a word which nobody offered for translation stands out.
"""

import re
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from pathlib import Path

import pytest
from django.conf import settings
from django.core.cache import caches
from django.template.base import Lexer, TokenType
from django.test import Client
from django.urls import reverse
from django.utils import translation
from django.utils.translation import trans_real

from annotations.models import Kind
from annotations.pages import labels
from reader.models import Article, Role
from tests.factories import make_article, make_mark, make_member, make_project, make_user

ROOT = Path(__file__).resolve().parent.parent
TEMPLATES = sorted((ROOT / "templates").rglob("*.html"))
SCRIPTS = sorted((ROOT / "static" / "js").glob("*.js"))

# What is no language, with the reason.
NO_WORDS = {
    "Q": "the badge of a quote, as the keys and the styles have it",
    "A": "the badge of an allegation",
    "D": "the badge of a denial",
    "On Record": "the name of the program",
}
# Elements whose text nobody reads as words: keys of the keyboard, code, data of scripts.
NOT_READ = {"kbd", "code", "script", "style"}
# Blocks that hold names of classes.
CLASSES = {"body_class", "main_class"}
SPOKEN = r'(?<![\w-])(?:alt|title|placeholder|aria-label|data-label|summary)="([^"]*)"'
PRESSED = r'<input type="(?:submit|button|reset)"[^>]* value="([^"]*)"'
DEFAULT = re.compile(r'default(?:_if_none)?:"([^"]*)"')
LETTERS = re.compile(r"[^\W\d_]")


def untranslated(source: str) -> Iterator[str]:
    """The words of a template that stand outside of translate and blocktranslate."""
    inside, block, text = "", "", ""
    defaults: list[str] = []
    for token in Lexer(source).tokenize():
        name, *arguments = token.contents.split() if token.contents.strip() else [""]
        if token.token_type == TokenType.BLOCK:
            if name in {"blocktranslate", "comment"}:
                inside = name
            elif inside and name == f"end{inside}":
                inside = ""
            elif name == "block":
                block = arguments[0]
            elif name == "endblock":
                block = ""
            text += "\0" if name in {"if", "elif", "else", "endif", "for", "empty"} else ""
            if not inside:
                yield from re.findall(
                    r'default(?:_if_none)?:"([^"]*[^\W\d_][^"]*)"', token.contents
                )
        elif token.token_type == TokenType.VAR:
            defaults += DEFAULT.findall(token.contents)
        elif token.token_type == TokenType.TEXT and not inside and block not in CLASSES:
            text += token.contents
    for words in [*defaults, *re.findall(SPOKEN, text), *re.findall(PRESSED, text)]:
        if LETTERS.search(words) and words not in NO_WORDS:
            yield words
    for element in NOT_READ:
        text = re.sub(rf"<{element}\b.*?</{element}>", "", text, flags=re.DOTALL)
    for words in re.split(r"<[^<>]*>|\0", text):
        if LETTERS.search(words) and words.strip() not in NO_WORDS:
            yield " ".join(words.split())


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_templates_leave_no_word_untranslated(path: Path) -> None:
    assert list(untranslated(path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize(
    ("source", "found"),
    [
        ("<p>Words</p>", ["Words"]),
        ('<p>{% translate "Words" %}</p>', []),
        ("{% blocktranslate count n=n %}{{ n }} word{% plural %}words{% endblocktranslate %}", []),
        ('<img alt="A bridge">', ["A bridge"]),
        ('<a title="{% if x %}Here{% endif %}">{{ name }}</a>', ["\0Here\0"]),
        ('{{ name|default:"nobody" }}', ["nobody"]),
        ('{{ name|default:_("nobody") }} · <kbd>Esc</kbd> <b>Q</b>', []),
        ("{% block main_class %}page{% endblock %}{% block title %}Help{% endblock %}", ["Help"]),
    ],
)
def test_what_the_check_finds(source: str, found: list[str]) -> None:
    assert list(untranslated(source)) == found


# A sentence, or what is given to a property that shows.
_SENTENCE = re.compile(r"""(["'`])([A-Z][^"'`]*? [a-z][^"'`]*)\1""")
_SHOWN = re.compile(
    r"""(?:textContent|innerText|placeholder|title|ariaLabel)\s*=\s*["'`](?!["'`])|"""
    r"""["']aria-(?:label|description)["'],\s*["'`]"""
)


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_scripts_take_their_words_from_the_page(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert _SENTENCE.findall(code) == []
    assert _SHOWN.findall(code) == []


class Bracketed(trans_real.DjangoTranslation):
    """English with every message in brackets: a word that nobody asks for has none."""

    def gettext(self, message: str) -> str:
        """The message, without the context that stands before it."""
        return f"⟦{message.rpartition(trans_real.CONTEXT_SEPARATOR)[2]}⟧" if message else ""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self.gettext(msgid1 if n == 1 else msgid2)


def _forget() -> None:
    labels._labels.cache_clear()
    caches["pages"].clear()


@pytest.fixture
def _bracketed() -> Iterator[None]:
    brackets = Bracketed("en")
    with pytest.MonkeyPatch.context() as patch:
        patch.setitem(trans_real._translations, "en", brackets)
        patch.setattr(trans_real, "_default", brackets)
        # What was kept of a language is English without brackets, and must not become one with.
        _forget()
        translation.activate("en")
        yield
    _forget()
    translation.deactivate()


class Shown(HTMLParser):
    """Gathers what people see and hear of a page, without what is no language."""

    def __init__(self) -> None:
        super().__init__()
        self.text: list[str] = []
        self.spoken: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self._silent += tag in NOT_READ
        names = {"alt", "title", "aria-label"} | (
            {"label"} if tag in {"optgroup", "track"} else set()
        )
        self.spoken += [value for name, value in given.items() if name in names]
        # What a page says in data-* its scripts say to people; one word alone is a name of theirs.
        self.spoken += [
            value for name, value in given.items() if name.startswith("data-") and " " in value
        ]

    def handle_endtag(self, tag: str) -> None:
        self._silent -= tag in NOT_READ

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data)


def outside_brackets(text: str) -> str:
    """What is in no bracket; brackets may stand in brackets."""
    depth, rest = 0, []
    for sign in text:
        depth += (sign == "⟦") - (sign == "⟧")
        if not depth and sign != "⟧":
            rest.append(sign)
    return "".join(rest)


def english(page: str, data: Sequence[str]) -> list[str]:
    """The words of a page that were not offered for translation, but for these `data`."""
    shown = Shown()
    shown.feed(page)
    left = []
    for part in ["\n".join(shown.text), *shown.spoken]:
        rest = outside_brackets(part)
        for words in sorted([*data, *NO_WORDS], key=len, reverse=True):
            rest = re.sub(rf"(?<!\w){re.escape(words)}(?!\w)", "", rest)
        left += [line.strip() for line in rest.splitlines() if LETTERS.search(line)]
    return left


def test_what_is_no_word_of_the_interface() -> None:
    page = '<p title="Here">⟦By ⟦a⟧ day⟧ in <b>Rome</b></p><kbd>Esc</kbd><i data-x="Try it">Q</i>'
    assert english(page, ["Rome"]) == ["in", "Here", "Try it"]


@pytest.mark.django_db
@pytest.mark.usefixtures("_bracketed")
@pytest.mark.parametrize("name", ["account_login", "library", "help", "projects"])
def test_pages_for_everybody_show_no_untranslated_word(client: Client, name: str) -> None:
    page = client.get(reverse(name)).content.decode()
    assert "⟦" in page
    assert english(page, [settings.SITE_NAME]) == []


@pytest.fixture
def _signed_in(client: Client) -> None:
    user = make_user(name="Alice Arn")
    project = make_project("spill", name="The spill")
    make_member(project, user, Role.OWNER)
    article = make_article(project, "Ida Voss denied everything.", title="Voss on Monday")
    make_mark(project, article, "denied", Kind.DENIAL, user)
    client.force_login(user)


SAID = ("Ida Voss", "denied", "everything")
DATA = (
    "Alice Arn",
    "The spill",
    "Voss on Monday",
    "Ida Voss denied everything",
    "alice@example.org",
    "HTML",
)


@pytest.mark.django_db
@pytest.mark.usefixtures("_signed_in", "_bracketed")
@pytest.mark.parametrize(
    "name",
    ["library", "projects", "add_article", "add_address", "new_project", "account", "mfa_index"],
)
def test_pages_for_members_show_no_untranslated_word(client: Client, name: str) -> None:
    response = client.get(reverse(name))
    # The guidelines that a new project begins with are data.
    page = re.sub(r"<textarea.*?</textarea>", "", response.content.decode(), flags=re.DOTALL)
    assert english(page, [settings.SITE_NAME, *DATA]) == []


@pytest.mark.django_db
@pytest.mark.usefixtures("_signed_in", "_bracketed")
def test_a_reading_page_shows_no_untranslated_word(client: Client) -> None:
    article = Article.objects.get()
    path = reverse("article", kwargs={"slug": "spill", "article_id": article.pk})
    assert english(client.get(path).content.decode(), [settings.SITE_NAME, *DATA, *SAID]) == []
