"""The sample newsroom, loaded."""

import io

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from annotations.models import AnchorMaker, Annotation, Claim, Fragment, Origin, Speaker
from annotations.services.samples import PASSWORD, load_samples
from reader.models import Article, Membership, Project, ProjectArticle, User
from tests.annotations.samples import ARTICLES, MARKS, NEWSROOM, PROJECTS, spans

pytestmark = pytest.mark.django_db


def test_everything_is_loaded() -> None:
    made = load_samples()

    assert sorted(one.slug for one in made) == sorted(PROJECTS)
    assert Annotation.objects.count() == len(MARKS)
    assert Claim.objects.count() == sum(len(one["claims"]) for one in PROJECTS.values())
    assert Speaker.objects.count() == sum(len(one["speakers"]) for one in PROJECTS.values())
    assert ProjectArticle.objects.count() == sum(len(one["projects"]) for one in ARTICLES)
    assert Article.objects.filter(scope=None).count() == len(ARTICLES)
    roles = set(Membership.objects.values_list("project__slug", "user__email", "role"))
    assert roles == {
        (slug, one["email"], one["role"])
        for slug, project in PROJECTS.items()
        for one in project["members"]
    }


def test_articles_say_of_themselves_what_the_samples_say() -> None:
    load_samples()

    for row in ARTICLES:
        article = Article.objects.select_related("publication").get(file_name=row["file"])
        assert (article.title, article.url, article.byline, article.language) == (
            row["title"],
            row["url"],
            row["byline"],
            row["language"],
        )
        assert article.publication and article.publication.name == row["publication"]
        assert bool(article.published_on) == bool(row["published_on"])


def test_figures_have_their_pictures(client: Client) -> None:
    load_samples()

    for file, slug in (
        ("courier-2025-04-11-engineer.html", "skarrow-spill"),
        ("courier-2025-11-18-kittiwake.html", "patrol-boats"),
    ):
        article = Article.objects.get(file_name=file)
        (picture,) = article.pictures.all()
        page = f"/projects/{slug}/articles/{article.pk}/"
        path = f"{page}pictures/{picture.sha256}.webp"
        assert f'<figure><img src="{path}" alt="A ' in client.get(page).content.decode()
        assert client.get(path).status_code == 200


def test_every_mark_stands_where_the_samples_put_it() -> None:
    load_samples()

    found: dict[str, list[tuple[int, int]]] = {}
    fragments = Fragment.objects.filter(anchor__made_by=AnchorMaker.PERSON).order_by("position")
    for origin, start, end in fragments.values_list(
        "anchor__annotation__origin_id", "start", "end"
    ):
        found.setdefault(origin, []).append((start, end))
    assert found == {row["id"]: sorted(spans(row)) for row in MARKS}


def test_marks_belong_to_those_who_made_them() -> None:
    load_samples()

    marks = Annotation.objects.values_list("origin_id", "annotator__email", "origin", "version")
    assert set(marks) == {(row["id"], row["annotator"], Origin.HAND, 1) for row in MARKS}


def test_claims_have_their_broader_ones() -> None:
    load_samples()

    for slug, project in PROJECTS.items():
        statements = {claim["id"]: claim["statement"] for claim in project["claims"]}
        broader = Claim.objects.filter(project__slug=slug).values_list(
            "statement", "broader__statement"
        )
        assert dict(broader) == {
            one["statement"]: statements.get(one["broader"]) for one in project["claims"]
        }


def test_unnamed_sources_belong_to_their_article() -> None:
    load_samples()

    given = {
        (slug, speaker["name"], speaker["type"], speaker.get("file"))
        for slug, project in PROJECTS.items()
        for speaker in project["speakers"]
    }
    kept = Speaker.objects.values_list("project__slug", "name", "type", "article__file_name")
    assert set(kept) == given


def test_a_second_run_only_looks(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    load_samples()
    Annotation.objects.all().delete()

    with django_assert_num_queries(4):  # the two projects, and the savepoint
        call_command("load_samples", stdout=io.StringIO())
    assert not Annotation.objects.exists()


def test_a_missing_project_is_made_again() -> None:
    load_samples()
    slug = next(iter(PROJECTS))
    Project.objects.get(slug=slug).delete()

    assert [one.slug for one in load_samples()] == [slug]
    assert Annotation.objects.count() == len(MARKS)
    assert Article.objects.count() == len(ARTICLES)


def test_the_people_can_sign_in() -> None:
    out = io.StringIO()
    call_command("load_samples", stdout=out)

    for one in NEWSROOM["people"]:
        assert f"{one['email']} ({one['name']}" in out.getvalue()
        assert Client().login(email=one["email"], password=PASSWORD)
    assert f"“{PASSWORD}”" in out.getvalue()


def test_production_is_asked_first(settings: Settings) -> None:
    settings.MODE = "production"

    with pytest.raises(CommandError, match="Add --yes"):
        call_command("load_samples")
    assert not User.objects.exists()
    call_command("load_samples", yes=True, stdout=io.StringIO())
    assert User.objects.exists()
