"""“Also in …”: other addresses of an article's story."""

from dataclasses import dataclass
from typing import Self
from urllib.parse import urlsplit

from annotations.paths import Ways, article_path
from reader import dates
from reader.access import Seat
from reader.models import Article
from reader.queries.stories import told_elsewhere


@dataclass(frozen=True, slots=True)
class AlsoIn:
    """Another article with the same text.

    `path` leads to our copy for those who may open it, else to the original. `apart_path` takes a
    form that shows that copy on its own; it is empty where this seat may not ask for that.
    """

    outlet: str
    published: str
    path: str
    is_ours: bool
    apart_path: str

    @classmethod
    def of(cls, article: Article, path: str, apart_path: str = "") -> Self:
        """This article; without a path, at its original address."""
        return cls(
            outlet=article.publication.name
            if article.publication
            else urlsplit(article.url).netloc,
            published=dates.show(article.published_on, article.published_precision),
            path=path or article.url,
            is_ours=bool(path),
            apart_path=apart_path,
        )


def also_in(seat: Seat, article: Article, ways: Ways) -> list[AlsoIn]:
    """The other addresses, as this seat may know of them."""
    return [_copy(seat, article, one, ways) for one in told_elsewhere(article)]


def _copy(seat: Seat, article: Article, other: Article, ways: Ways) -> AlsoIn:
    if not seat.may_annotate:
        return AlsoIn.of(other, "")
    follower = article if article.lead_id else other
    apart_path = article_path(seat.project, follower.pk, "apart")
    return AlsoIn.of(other, ways.to_article(other.pk), apart_path)
