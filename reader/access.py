"""Every permission check of the reading half. A stranger gets 404, never 403: what one may not
see does not exist."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.contrib.auth.models import AnonymousUser
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from reader.models import (
    Article,
    Membership,
    OldSlug,
    Project,
    ProjectArticle,
    Readers,
    Role,
    SavedSearch,
    SearchFeed,
    User,
    Visibility,
)
from reader.queries.stories import with_copies

Visitor = User | AnonymousUser


@dataclass(frozen=True)
class Seat:
    """What one visitor may do in one project; `role` is None for a reader of a public project."""

    visitor: Visitor
    project: Project
    role: Role | None

    def _at_least(self, role: Role) -> bool:
        return self.role is not None and self.role.rank >= role.rank

    @property
    def is_member(self) -> bool:
        return self.role is not None

    @property
    def may_annotate(self) -> bool:
        return self._at_least(Role.ANNOTATOR)

    @property
    def may_curate(self) -> bool:
        return self._at_least(Role.CURATOR)

    @property
    def may_own(self) -> bool:
        return self._at_least(Role.OWNER)

    @cached_property
    def sees_whole_articles(self) -> bool:
        return self.is_member or self.project.readers_see == Readers.WHOLE

    @property
    def user(self) -> User:
        """The signed-in member.

        Raises:
            Http404: nobody is signed in.
        """
        if not isinstance(self.visitor, User):
            raise Http404
        return self.visitor

    def require(self, allowed: bool) -> None:
        """Refuse with 404 unless `allowed`."""
        if not allowed:
            raise Http404


class MovedProject(Exception):
    """The project has another slug now."""

    def __init__(self, old: str, new: str) -> None:
        super().__init__(f"{old} is now {new}")
        self.old, self.new = old, new


def visible_projects(visitor: Visitor) -> QuerySet[Project]:
    """The projects a visitor may open: public ones, and those they are a member of."""
    return Project.objects.filter(visible_to(visitor))


def visible_to(visitor: Visitor) -> Q:
    """The condition on a project that `visible_projects` stands for."""
    condition = Q(visibility=Visibility.PUBLIC)
    if visitor.is_authenticated:
        mine = Membership.objects.filter(project=OuterRef("pk"), user=visitor)
        condition |= Q(Exists(mine))
    return condition


def seat(visitor: Visitor, slug: str) -> Seat:
    """The visitor's seat in the project with this slug.

    Raises:
        Http404: there is no such project, or not for this visitor.
        MovedProject: the project was renamed (and the visitor may see it).
    """
    project = Project.objects.filter(slug=slug).first()
    if project is None:
        old = OldSlug.objects.select_related("project").filter(slug=slug).first()
        if old is None:
            raise Http404
        seat_in(visitor, old.project)
        raise MovedProject(slug, old.project.slug)
    return seat_in(visitor, project)


def seat_in(visitor: Visitor, project: Project) -> Seat:
    """The visitor's seat in a project.

    Raises:
        Http404: the project is private and the visitor no member.
    """
    role = None
    if visitor.is_authenticated:
        role = (
            Membership.objects.filter(project=project, user=visitor)
            .values_list("role", flat=True)
            .first()
        )
    if role is None and not project.is_public:
        raise Http404
    return Seat(visitor, project, Role(role) if role else None)


def article_in(seat: Seat, article_id: UUID) -> Article:
    """An article as a project shows it: one of its own, or, for annotators, any of the library.

    Raises:
        Http404: there is no such article, or not in this project.
    """
    own = Q(Exists(ProjectArticle.objects.filter(project=seat.project, article=OuterRef("pk"))))
    reachable = own | Q(scope=None) if seat.may_annotate else own
    articles = Article.objects.select_related("publication", "current_revision")
    article = with_copies(articles).filter(reachable, pk=article_id).first()
    if article is None:
        raise Http404
    return article


def article_seen(visitor: Visitor, article_id: UUID) -> Article:
    """An article that the visitor may open somewhere: in a project, or, with an account, in the
    library.

    Raises:
        Http404: there is none, or not for this visitor.
    """
    places = ProjectArticle.objects.filter(
        project__in=visible_projects(visitor), article=OuterRef("pk")
    )
    anywhere = Q(Exists(places))
    if visitor.is_authenticated:
        anywhere |= Q(scope=None)
    article = Article.objects.filter(anywhere, pk=article_id).first()
    if article is None:
        raise Http404
    return article


def article_to_edit(visitor: Visitor, article_id: UUID) -> Article:
    """An article whose details the visitor may correct: one of a project where they annotate, or,
    for owners of the site, one of the library.

    Raises:
        Http404: there is no such article, or the visitor may not.
    """
    article = Article.objects.select_related("publication", "scope").filter(pk=article_id).first()
    if article is None:
        raise Http404
    if article.scope is not None:
        place = seat_in(visitor, article.scope)
        place.require(place.may_annotate)
    elif not (isinstance(visitor, User) and visitor.is_staff):
        raise Http404
    return article


@dataclass(frozen=True)
class SearchSeat:
    """A saved search, and the person who may use it."""

    search: SavedSearch
    user: User
    may_change: bool


def search_seat(visitor: Visitor, search_id: int) -> SearchSeat:
    """A saved search that is the visitor's own, or of a project they belong to.

    Raises:
        Http404: there is none, or it is somebody else's. A deleted one is there for those only who
            may bring it back.
    """
    search = SavedSearch.objects.select_related("project").filter(pk=search_id).first()
    if search is None or not isinstance(visitor, User):
        raise Http404
    role = None
    if search.project is not None:
        role = seat_in(visitor, search.project).role
    may_change = may_change_search(search, visitor, role)
    if search.deleted_at:
        may_use = may_change
    else:
        may_use = search.user_id == visitor.pk or role is not None
    if not may_use:
        raise Http404
    return SearchSeat(search, visitor, may_change)


def followed_search(token: str) -> SearchFeed:
    """The feed with this token, its search and its person.

    Raises:
        Http404: it is unknown or revoked, the search is deleted, the account is closed, or the
            person belongs to the project no more.
    """
    feed = (
        SearchFeed.objects.select_related("user", "search__project")
        .filter(token=token, search__deleted_at=None, user__is_active=True)
        .first()
    )
    if feed is None:
        raise Http404
    project = feed.search.project
    if project is not None and not seat_in(feed.user, project).is_member:
        raise Http404
    return feed


def may_change_search(search: SavedSearch, user: User, role: Role | None) -> bool:
    """People change their own searches; of a project's, annotators what they saved, curators all.

    Args:
        role: the user's in the project of the search.
    """
    if search.project_id is None:
        return search.user_id == user.pk
    if role is None or role.rank < Role.ANNOTATOR.rank:
        return False
    return role.rank >= Role.CURATOR.rank or search.created_by_id == user.pk
