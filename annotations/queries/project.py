"""What a project's page counts, in Postgres, however many annotations there are."""

from dataclasses import dataclass

from django.db.models import Case, CharField, Count, Q, QuerySet, Value, When
from django.db.models.functions import Coalesce, TruncMonth

from annotations.charts import Tally
from annotations.models import Annotation, Withdrawal
from annotations.queries.passages import is_public
from annotations.timing import Dated
from reader.access import Seat
from reader.models import Project, ProjectArticle


def countable(seat: Seat) -> QuerySet[Annotation]:
    """The project's annotations as a seat may count them: readers, those in public view. A query
    for readers: whether anything is withdrawn, for looking for it takes half of the time."""
    found = Annotation.objects.filter(project=seat.project, deleted_at=None)
    withdrawn = Withdrawal.objects.filter(project=seat.project, lifted_at=None)
    if seat.is_member or not withdrawn.exists():
        return found
    return found.filter(is_public())


def tallies(annotations: QuerySet[Annotation]) -> list[Tally]:
    """How many of each kind in each month: of the day of speaking, else of the article. What is
    dated to the year only has its first day."""
    rows = (
        annotations.annotate(
            month=TruncMonth(Coalesce("said_on", "article__published_on")),
            precision=Case(
                When(said_on=None, article__published_precision="year", then=Value("year")),
                default=Value("month"),
                output_field=CharField(),
            ),
            is_said=Q(said_on__isnull=False),
        )
        .values_list("kind", "month", "precision", "is_said")
        .annotate(number=Count("pk"))
        .order_by()
    )
    return [
        Tally(kind, Dated(month, precision, is_said) if month else None, number)
        for kind, month, precision, is_said, number in rows
    ]


def annotated_articles(project: Project, annotations: QuerySet[Annotation]) -> int:
    """How many of the project's articles have any of these."""
    marked = annotations.values("article")
    return ProjectArticle.objects.filter(project=project, article__in=marked).count()


@dataclass(frozen=True, slots=True)
class Work:
    """What one member has marked: passages, and the articles they stand in."""

    passages: int
    articles: int


def by_annotator(project: Project) -> dict[int, Work]:
    """What each annotator has marked, by user id; former members are left out."""
    rows = (
        Annotation.objects.filter(project=project, deleted_at=None, annotator__isnull=False)
        .values_list("annotator")
        .annotate(Count("pk"), Count("article", distinct=True))
        .order_by()
    )
    return {id_: Work(passages, articles) for id_, passages, articles in rows}
