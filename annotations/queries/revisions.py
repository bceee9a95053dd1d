"""An article's revisions, as a seat in a project may see them."""

from django.db.models import Exists, OuterRef, QuerySet
from django.http import Http404

from annotations.models import Withdrawal
from reader.access import Seat
from reader.models import Article, Revision


def revisions_seen(seat: Seat, article: Article) -> QuerySet[Revision]:
    """The revisions in their order: all of them for members; for readers who see whole articles,
    those that are not withdrawn from public view.

    Raises:
        Http404: this seat sees marked passages only, or the page is withdrawn.
    """
    revisions = Revision.objects.filter(article=article).order_by("number")
    if seat.is_member:
        return revisions
    live = Withdrawal.objects.filter(project=seat.project, lifted_at=None)
    page_is_withdrawn = live.filter(project_article__article=article).exists()
    seat.require(seat.sees_whole_articles and not page_is_withdrawn)
    return revisions.filter(~Exists(live.filter(revision=OuterRef("pk"))))


def revision_seen(seat: Seat, article: Article, number: int) -> Revision:
    """One of them.

    Raises:
        Http404: there is none, or not for this seat.
    """
    found = revisions_seen(seat, article).filter(number=number).first()
    if found is None:
        raise Http404
    return found
