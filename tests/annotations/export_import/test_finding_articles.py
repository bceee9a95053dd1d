"""Which article an imported annotation is of."""

from pathlib import Path

import pytest

from annotations.models import Annotation
from reader.models import Article, Project, ProjectArticle
from tests.annotations.export_import.commands import HARBOUR, LATER, run_import
from tests.factories import make_article, make_project

pytestmark = pytest.mark.django_db


def test_an_article_of_another_project_is_not_found(file: Path) -> None:
    hidden = make_article(
        make_project("hidden"), LATER, title="Back", url="https://courier.example/2"
    )
    into = make_project()
    rows = [
        {"kind": "quote", "fragments": [{"exact": "Friday"}], "article": way}
        for way in ({"id": str(hidden.pk)}, {"url": hidden.url}, {"title": "Back"})
    ]

    _, err, code = run_import(file, into, rows)

    assert (code, err.count("There is no article")) == (1, 3)


def test_one_address_in_library_and_project_means_the_projects(file: Path) -> None:
    into = make_project()
    make_article(None, LATER, title="Back", url="https://courier.example/2")
    own = make_article(into, LATER, title="Back", url="https://courier.example/2")
    row = {"kind": "quote", "url": own.url, "fragments": [{"exact": "Friday"}]}
    run_import(file, into, [row])

    assert Annotation.objects.get().article == own


def test_articles_alike_are_told_apart_or_refused(file: Path) -> None:
    into = make_project()
    for number in (1, 2):
        make_article(into, LATER, title="Back", url=f"https://courier.example/{number}")
    third = make_article(into, HARBOUR, title="Back", url="https://courier.example/3")
    row = {"kind": "quote", "fragments": [{"exact": "Mira Okonjo"}]}
    assert third.current_revision
    sha256 = third.current_revision.sha256

    out, err, _ = run_import(
        file, into, [row | {"title": "Back"}, row | {"title": "Back", "text_sha256": sha256}]
    )

    assert "line 1: Several articles fit “Back”" in err
    assert "imported: 1" in out


def test_an_annotated_article_belongs_to_the_project(article: Article, file: Path) -> None:
    into = make_project()
    row = {"kind": "quote", "url": article.url, "fragments": [{"exact": "Mira Okonjo"}]}
    run_import(file, into, [row])

    assert ProjectArticle.objects.filter(project=into, article=article).exists()
    assert Project.objects.get(pk=into.pk).version > into.version
