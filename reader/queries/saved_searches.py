"""The searches that a person may use: their own, and those of the projects they belong to."""

from dataclasses import dataclass

from django.db.models import OuterRef, Q, QuerySet, Subquery

from reader.access import may_change_search
from reader.models import Membership, Project, Role, SavedSearch, SearchFeed, User
from reader.search import Field, Query, Term, parse


@dataclass(frozen=True, slots=True)
class ListedSearch:
    """A saved search; `token` is that of the person's own feed of it, empty where there is none."""

    search: SavedSearch
    token: str
    may_change: bool

    @property
    def query(self) -> str:
        """What the search page is asked for."""
        return str(query_of(self.search))


def listed_searches(user: User) -> list[ListedSearch]:
    """The person's own, then those of their projects by the projects' names: one query."""
    role = Membership.objects.filter(project=OuterRef("project"), user=user)
    token = SearchFeed.objects.filter(search=OuterRef("pk"), user=user)
    found = (
        SavedSearch.objects.filter(deleted_at=None)
        .annotate(role=Subquery(role.values("role")[:1]), token=Subquery(token.values("token")[:1]))
        .filter(Q(user=user) | Q(role__isnull=False))
        .select_related("project")
        .order_by("project__name", "project", "name", "pk")
    )
    listed = [
        ListedSearch(
            one, one.token or "", may_change_search(one, user, Role(one.role) if one.role else None)
        )
        for one in found
    ]
    return sorted(listed, key=lambda one: one.search.project_id is not None)


def query_of(search: SavedSearch) -> Query:
    """What it asks for: in its project, if it is one's."""
    query = parse(search.query)
    return query.also(Term(Field.PROJECT, search.project.slug)) if search.project else query


def searches_of(project: Project) -> QuerySet[SavedSearch]:
    """Those that a project keeps, by name, with the project."""
    return SavedSearch.objects.filter(project=project, deleted_at=None).select_related("project")


def projects_to_save_in(user: User) -> list[Project]:
    """Where the person may annotate, and so may keep searches; their own notes are for them alone
    anyway."""
    mine = Membership.objects.filter(
        user=user, role__in=[role for role in Role if role.rank >= Role.ANNOTATOR.rank]
    )
    return list(Project.objects.filter(memberships__in=mine, personal_to=None).order_by("name"))
