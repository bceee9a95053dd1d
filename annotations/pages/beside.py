"""Two places that say the same words, side by side: what differs, where each stands, and when."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _, ngettext

from annotations.apart import Distance, Unit, apart
from annotations.paths import article_path, library_path
from annotations.queries.same_words import Asked
from annotations.spans import Extent
from annotations.timing import Dated, dated
from reader import dates
from reader.models import Article, Project
from reader.queries.same_words import Hit
from reader.sameness import Levelled, differing

AROUND = 160
"""Characters on each side of a sentence that are shown with it, within its paragraph."""


@dataclass(frozen=True, slots=True)
class Source:
    """An article, by what lists say of it. `path` is where the reader may read it."""

    title: str
    publication: str
    published: str
    path: str


@dataclass(frozen=True, slots=True)
class Piece:
    """Words; `differs` if the other side has others, or none, in their place."""

    text: str
    differs: bool


@dataclass(frozen=True, slots=True)
class Side:
    """The words that are alike, in pieces, and what stands before and after them."""

    source: Source
    before: str
    pieces: tuple[Piece, ...]
    after: str


@dataclass(frozen=True, slots=True)
class Beside:
    """`changes` are the words that differ: those here, and those there, either empty where nothing
    stands for the other. `apart` reads "10 months apart"."""

    here: Side
    there: Side
    changes: tuple[tuple[str, str], ...]
    apart: str
    in_same_article: bool


def beside(
    asked: Asked, hit: Hit, articles: tuple[Article, Article], paths: tuple[str, str]
) -> Beside:
    """A sentence that was asked for beside one that was found.

    Args:
        articles: where each stands.
        paths: the address of each for the reader.
    """
    changes = differing(asked.words, hit.words, hit.likeness)
    sources = [source_of(article, path) for article, path in zip(articles, paths, strict=True)]
    mine = [one for one, _ in changes if one]
    theirs = [other for _, other in changes if other]
    around = _paragraph(asked.text, asked.start, asked.end) if asked.is_placed else None
    return Beside(
        here=_side(sources[0], asked.text, asked.words, hit.likeness.one, mine, around),
        there=_side(
            sources[1],
            hit.text,
            hit.words,
            hit.likeness.other,
            theirs,
            _paragraph(hit.text, hit.start, hit.end),
        ),
        changes=tuple((_words(asked.text, one), _words(hit.text, other)) for one, other in changes),
        apart=distance_words(apart(*(_published(article) for article in articles))),
        in_same_article=articles[0].pk == articles[1].pk,
    )


def source_of(article: Article, path: str) -> Source:
    return Source(
        title=article.title,
        publication=article.publication.name if article.publication else "",
        published=dates.show(article.published_on, article.published_precision),
        path=path,
    )


def reading_path(article: Article, project: Project | None, start: int | None = None) -> str:
    """Where the article is read: in a project, or, without one, in the library; from a code point
    of its latest revision on, if one is given."""
    path = article_path(project, article.pk) if project else library_path(article.pk)
    return path if start is None else f"{path}#at-{start}"


def distance_words(distance: Distance) -> str:
    """ "10 months apart", "same day", "dates unknown"."""
    number = {"number": distance.number}
    match distance.unit:
        case Unit.DAYS:
            words = ngettext("%(number)s day apart", "%(number)s days apart", distance.number)
        case Unit.MONTHS:
            words = ngettext("%(number)s month apart", "%(number)s months apart", distance.number)
        case Unit.YEARS:
            words = ngettext("%(number)s year apart", "%(number)s years apart", distance.number)
        case Unit.SAME_DAY:
            words = _("same day")
        case Unit.SAME_MONTH:
            words = _("in the same month")
        case Unit.SAME_YEAR:
            words = _("in the same year")
        case Unit.UNKNOWN:
            words = _("dates unknown")
    said = words % number
    return _("about %(distance)s") % {"distance": said} if distance.is_about else said


def _published(article: Article) -> Dated | None:
    return dated(None, article.published_on, article.published_precision)


def _side(
    source: Source,
    text: str,
    words: Levelled,
    alike: tuple[int, int],
    differs: Sequence[Extent],
    around: Extent | None,
) -> Side:
    start, end = words.extent(*alike)
    low, high = around or (words.starts[0], words.ends[-1])
    pieces: list[Piece] = []
    at = start
    for first, last in differs:
        pieces += [Piece(text[at:first], False), Piece(text[first:last], True)]
        at = last
    pieces.append(Piece(text[at:end], False))
    before, after = text[low:start], text[end:high]
    is_cut = low > 0 and text[low - 1] not in "\n\t", high < len(text) and text[high] not in "\n\t"
    return Side(
        source=source,
        before=("…" if is_cut[0] and around else "") + before.lstrip(),
        pieces=tuple(piece for piece in pieces if piece.text),
        after=after.rstrip() + ("…" if is_cut[1] and around else ""),
    )


def _paragraph(text: str, start: int, end: int) -> Extent:
    """The sentence with what stands around it in its paragraph, cut between words."""
    low = max(text.rfind("\n", 0, start) + 1, start - AROUND)
    high = text.find("\n", end)
    high = min(high if high >= 0 else len(text), end + AROUND)
    if low > 0 and not text[low - 1].isspace():
        low = text.find(" ", low, start) + 1 or start
    if high < len(text) and not text[high].isspace():
        cut = text.rfind(" ", end, high)
        high = cut if cut >= 0 else end
    return low, high


def _words(text: str, extent: Extent | None) -> str:
    return text[extent[0] : extent[1]] if extent else ""
