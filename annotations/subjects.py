"""What can be shared, replied to or withdrawn: a project, an article in it, or one annotation."""

from dataclasses import dataclass
from typing import Any

from annotations.models import Annotation
from annotations.paths import Ways
from reader.access import Seat
from reader.models import Article, Project, ProjectArticle


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing itself, with the visitor's seat in its project.

    `article` is None for a whole project, `annotation` for anything but an annotation.
    """

    seat: Seat
    article: Article | None = None
    annotation: Annotation | None = None

    @property
    def project(self) -> Project:
        return self.seat.project

    @property
    def may_share(self) -> bool:
        """Annotators share articles and annotations; a whole project takes a curator."""
        return self.seat.may_annotate if self.article else self.seat.may_curate

    def path(self, ways: Ways) -> str:
        """Where it stands, for those who have these ways."""
        if self.article is None:
            return ways.to_project()
        if self.annotation:
            return ways.to_passage(self.article.pk, self.annotation.pk)
        return ways.to_article(self.article.pk)

    def place(self) -> ProjectArticle | None:
        """Where the article stands in the project; None for one that is not part of it yet."""
        return ProjectArticle.objects.filter(project=self.project, article=self.article).first()

    def narrowest(self) -> dict[str, Any]:
        """The foreign key by which a row names an annotation or an article; none for a project."""
        if self.annotation:
            return {"annotation": self.annotation}
        return {"project_article": self.place()} if self.article else {}
