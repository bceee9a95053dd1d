"""Everything that an article leaves in the database, and where words still are."""

from django.db import connection

from annotations.models import Annotation, Reply, Share, Withdrawal
from annotations.services.claims import LinkTo
from annotations.services.editing import Fields, edit
from annotations.services.extents import change_extent
from annotations.services.marking import delete, mark
from annotations.services.places import Place
from reader.models import Article, Project, User, uuid7
from tests.factories import make_article

CANARY = "Zanzibarium"
TEXT = f"The {CANARY} leaked, said Ida {CANARY}. The works denied that the {CANARY} leaked."


def tables_holding(words: str) -> set[str]:
    """The tables with these words in any column, in any case, bytes included."""
    found = set()
    with connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT EXISTS (SELECT FROM "{table}" AS t'
                " WHERE strpos(lower(t::text), lower(%s)) > 0 OR strpos(t::text, %s) > 0)",
                [words, words.encode().hex()],
            )
            if cursor.fetchone()[0]:
                found.add(table)
    return found


def mark_words(
    project: Project,
    article: Article,
    annotator: User,
    kind: str = "allegation",
    start: int = 0,
    end: int = 22,
) -> Annotation:
    revision = article.current_revision
    place = Place(start, end, revision.text[start:end])
    return mark(
        project, article, revision, annotator, id=uuid7(), kind=kind, places=[place]
    ).annotation


def marked_everywhere(project: Project, alice: User) -> Article:
    """An article with everything that can hang on one, all of it naming the canary."""
    article = make_article(project, TEXT, title=f"{CANARY} leaks", byline=f"By {CANARY}")
    article.current_revision.raw = TEXT.encode()
    article.current_revision.save()
    marked = mark_words(project, article, alice)
    change_extent(marked.pk, 1, "add", Place(24, 28, TEXT[24:28]))
    for version, note in ((2, f"{CANARY}?"), (3, f"{CANARY}!")):
        edit(
            marked.pk,
            version,
            Fields(
                kind="allegation",
                wording="verbatim",
                speakers=[f"a man at the {CANARY}"],
                unnamed=True,
                targets=[f"{CANARY} works {version}"],
                cue=CANARY,
                links=[LinkTo(statement=f"That the {CANARY} leaked ({version})")],
                note=note,
            ),
            alice,
        )
    delete(mark_words(project, article, alice, "denial", 35, 80).pk)
    in_project = article.project_articles.get()
    Share.objects.create(annotation=marked, created_by=alice)
    Share.objects.create(project_article=in_project, created_by=alice)
    Withdrawal.objects.create(project=project, annotation=marked, reason=CANARY)
    Withdrawal.objects.create(
        project=project, revision=article.current_revision, reason=CANARY, by=alice
    )
    Reply.objects.create(project=project, annotation=marked, name="Ida", text=CANARY)
    Reply.objects.create(project=project, project_article=in_project, name="Ida", text=CANARY)
    return article
