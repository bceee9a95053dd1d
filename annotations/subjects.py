"""What can be shared, replied to or withdrawn: a project, an article in it, or one annotation; and
what can be shared only: a claim, or a speaker."""

from dataclasses import dataclass
from typing import Any

from annotations.models import Annotation, Claim, Speaker
from annotations.paths import Ways
from reader.access import Seat
from reader.models import Article, Project, ProjectArticle


@dataclass(frozen=True, slots=True)
class Subject:
    """The thing itself, with the visitor's seat in its project.

    `article` is None for a whole project, a claim and a speaker, `annotation` for anything but an
    annotation.
    """

    seat: Seat
    article: Article | None = None
    annotation: Annotation | None = None
    claim: Claim | None = None
    speaker: Speaker | None = None

    @property
    def project(self) -> Project:
        return self.seat.project

    @property
    def may_share(self) -> bool:
        """Annotators share what is in a project; a whole project takes a curator."""
        is_part = self.article or self.claim or self.speaker
        return self.seat.may_annotate if is_part else self.seat.may_curate

    def path(self, ways: Ways) -> str:
        """Where it stands, for those who have these ways."""
        if self.claim:
            return ways.to_claim(self.claim.pk)
        if self.speaker:
            return ways.to_speaker(self.speaker.pk)
        if self.article is None:
            return ways.to_project()
        if self.annotation:
            return ways.to_passage(self.article.pk, self.annotation.pk)
        return ways.to_article(self.article.pk)

    def place(self) -> ProjectArticle | None:
        """Where the article stands in the project; None for one that is not part of it yet."""
        return ProjectArticle.objects.filter(project=self.project, article=self.article).first()

    def narrowest(self) -> dict[str, Any]:
        """The foreign key by which a row names a part of a project; none for the project itself."""
        for name in ("annotation", "claim", "speaker"):
            if getattr(self, name):
                return {name: getattr(self, name)}
        return {"project_article": self.place()} if self.article else {}
