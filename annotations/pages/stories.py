"""“Also in …”: other addresses of an article's story."""

from dataclasses import dataclass
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


def also_in(seat: Seat, article: Article, ways: Ways) -> list[AlsoIn]:
    """The other addresses, as this seat may know of them."""
    return [_copy(seat, article, one, ways) for one in told_elsewhere(article)]


def _copy(seat: Seat, article: Article, other: Article, ways: Ways) -> AlsoIn:
    follower = article if article.lead_id else other
    ours = seat.may_annotate
    return AlsoIn(
        outlet=other.publication.name if other.publication else urlsplit(other.url).netloc,
        published=dates.show(other.published_on, other.published_precision),
        path=ways.to_article(other.pk) if ours else other.url,
        is_ours=ours,
        apart_path=article_path(seat.project, follower.pk, "apart") if ours else "",
    )
