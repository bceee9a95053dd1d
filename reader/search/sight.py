"""Whose eyes a search looks with: visibility is part of every query."""

from dataclasses import dataclass
from typing import Self

from django.db.models import OuterRef, Q, Subquery

from reader.access import Visitor
from reader.models import Membership, Project, Readers, User, Visibility


@dataclass(frozen=True, slots=True)
class Sight:
    """What somebody may find.

    `user` is None for strangers, whom nothing is unread or starred for. `library` are all articles
    without a scope. Projects are ids: in those of `member` everything is seen, in those of `whole`
    whole articles but nothing withdrawn, in those of `passages` titles and marked passages only.
    """

    user: User | None
    library: bool
    member: tuple[int, ...] = ()
    whole: tuple[int, ...] = ()
    passages: tuple[int, ...] = ()

    @classmethod
    def of(cls, visitor: Visitor) -> Self:
        """Everything that the visitor may see: one query."""
        user = visitor if isinstance(visitor, User) else None
        mine = Membership.objects.filter(project=OuterRef("pk"), user=visitor.pk).values("role")
        rows = list(
            Project.objects.annotate(role=Subquery(mine))
            .filter(Q(visibility=Visibility.PUBLIC) | Q(role__isnull=False))
            .order_by("pk")
            .values_list("pk", "role", "readers_see")
        )
        return cls(
            user,
            user is not None,
            tuple(pk for pk, role, _ in rows if role),
            tuple(pk for pk, role, see in rows if not role and see == Readers.WHOLE),
            tuple(pk for pk, role, see in rows if not role and see != Readers.WHOLE),
        )

    @classmethod
    def within(cls, project: Project) -> Self:
        """What the members of a project see in it, and nothing else: for the project's own saved
        searches."""
        return cls(None, library=False, member=(project.pk,))

    @property
    def projects(self) -> tuple[int, ...]:
        """Every project of which something is seen."""
        return self.member + self.whole + self.passages
