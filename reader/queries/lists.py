"""Which articles a list shows: all, unread or starred ones; of a feed, a label, a project, a
publication, or of everything that one may read."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import QuerySet, TextChoices
from django.db.models.expressions import RawSQL
from django.utils.translation import gettext_lazy as _

from reader.access import Visitor, visible_projects
from reader.models import Label, Project, Publication, Subscription, User
from reader.queries.feeds import by_label, subscriptions
from reader.queries.walk import Sources

NARROWING = ("feed", "label", "project", "publication")
"""Parameters of an address that narrow a list."""


class Show(TextChoices):
    """Which of the articles, by how they stand with the reader."""

    ALL = "all", _("All")
    UNREAD = "unread", _("Unread")
    STARRED = "starred", _("Starred")


@dataclass(frozen=True, slots=True)
class Chosen:
    """A list as an address asks for it, and what else could be chosen: the visitor's projects,
    publications and subscriptions. Only people with an account have unread or starred articles,
    subscriptions and labels."""

    visitor: Visitor
    show: Show
    project: Project | None
    publication: Publication | None
    subscription: Subscription | None
    label: Label | None
    projects: Sequence[Project]
    publications: Sequence[Publication]
    subscriptions: Sequence[Subscription]

    @property
    def everywhere(self) -> Sources:
        """Everything that the visitor may read."""
        return Sources(projects=self.projects, library=self.visitor.is_authenticated)

    @property
    def sources(self) -> Sources:
        """Where the list takes its articles from."""
        if self.subscription:
            return Sources(feeds=[self.subscription.feed_id], publication=self.publication)
        if self.label:
            feeds = [one.feed_id for one in self.subscriptions if self.label in one.labels.all()]
            return Sources(feeds=feeds, publication=self.publication)
        if self.project:
            return Sources(projects=[self.project], publication=self.publication)
        return Sources(self.projects, self.visitor.is_authenticated, (), self.publication)

    @property
    def narrowed(self) -> dict[str, str]:
        """The parameters of the address that narrow the list, `show` apart."""
        given = (
            str(self.subscription.feed_id) if self.subscription else "",
            str(self.label.pk) if self.label else "",
            self.project.slug if self.project else "",
            str(self.publication.pk) if self.publication else "",
        )
        return {name: value for name, value in zip(NARROWING, given, strict=True) if value}

    @property
    def parameters(self) -> dict[str, str]:
        """Every parameter of the address but the page."""
        return self.narrowed | ({} if self.show is Show.ALL else {"show": self.show.value})


def chosen(visitor: Visitor, parameters: Mapping[str, str]) -> Chosen:
    """What an address asks for. A parameter that names nothing that is there for the visitor is
    passed over; a feed goes before a label, and both before a project. Four queries at most."""

    projects = list(visible_projects(visitor).order_by("name"))
    outlets = list(publications(projects, library=visitor.is_authenticated))
    mine = subscriptions(visitor) if isinstance(visitor, User) else []
    labels = [group.label for group in by_label(mine) if group.label]
    asked = parameters.get
    subscription = next((one for one in mine if str(one.feed_id) == asked("feed")), None)
    label = next((one for one in labels if str(one.pk) == asked("label")), None)
    project = next((one for one in projects if one.slug == asked("project")), None)
    show = asked("show")
    return Chosen(
        visitor=visitor,
        show=Show(show) if visitor.is_authenticated and show in Show.values else Show.ALL,
        subscription=subscription,
        label=None if subscription else label,
        project=None if subscription or label else project,
        publication=next((one for one in outlets if str(one.pk) == asked("publication")), None),
        projects=projects,
        publications=outlets,
        subscriptions=mine,
    )


# A loose index scan: from each publication to the next. Asked for each publication whether it has
# an article, or for the different ones among all articles, Postgres may walk all of them.
_PUBLICATIONS_SQL = """
WITH RECURSIVE of_projects(project, publication) AS (
    SELECT p.id, (SELECT min(publication_id) FROM reader_projectarticle WHERE project_id = p.id)
      FROM unnest(%s::bigint[]) p(id)
     UNION ALL
    SELECT o.project, (SELECT min(publication_id) FROM reader_projectarticle
                        WHERE project_id = o.project AND publication_id > o.publication)
      FROM of_projects o WHERE o.publication IS NOT NULL
), of_library(publication) AS (
    SELECT (SELECT min(publication_id) FROM reader_article WHERE scope_id IS NULL) WHERE %s
     UNION ALL
    SELECT (SELECT min(publication_id) FROM reader_article
             WHERE scope_id IS NULL AND publication_id > o.publication)
      FROM of_library o WHERE o.publication IS NOT NULL
)
SELECT publication FROM of_projects UNION SELECT publication FROM of_library"""


def publications(projects: Sequence[Project], *, library: bool) -> QuerySet[Publication]:
    """Those with an article in these projects, or in the library if asked."""
    ids = [project.pk for project in projects]
    return Publication.objects.filter(
        pk__in=RawSQL(_PUBLICATIONS_SQL, [ids, library])  # noqa: S611  # a constant
    )
