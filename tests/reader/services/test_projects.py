from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from annotations.services.marking import touch_project
from reader.models import Membership, OldSlug, Project, Role, Visibility
from reader.services.errors import Conflict, Refused
from reader.services.projects import (
    ProjectSettings,
    change_settings,
    create_project,
    default_guidelines,
    personal_project,
    settings_of,
    stamp,
)
from tests.factories import make_project, make_user

pytestmark = pytest.mark.django_db


def changed(project: Project, **values: object) -> ProjectSettings:
    current = {name: getattr(settings_of(project), name) for name in ProjectSettings.__slots__}
    return ProjectSettings(**(current | values))


def test_whoever_makes_a_project_owns_it():
    alice = make_user()

    project = create_project(ProjectSettings(name="The  Harbour affair"), alice)

    assert (project.name, project.slug) == ("The Harbour affair", "the-harbour-affair")
    assert project.visibility == Visibility.PRIVATE
    assert Membership.objects.get(project=project).role == Role.OWNER


def test_an_address_made_from_the_name_is_never_taken():
    alice = make_user()
    settings = ProjectSettings(name="Harbour")

    slugs = {create_project(settings, alice).slug for _ in range(3)}

    assert len(slugs) == 3
    assert all(slug.startswith("harbour") for slug in slugs)


@pytest.mark.parametrize("name", ["Проект", "事件", "!!!"])
def test_a_name_without_latin_letters_gets_an_address_too(name):
    assert create_project(ProjectSettings(name=name), make_user()).slug.startswith("project-")


@pytest.mark.parametrize("slug", ["new", "spill", "old-name"])
def test_a_typed_address_that_is_taken_is_refused(slug):
    OldSlug.objects.create(slug="old-name", project=make_project("spill"))

    with pytest.raises(Refused, match="taken") as refused:
        create_project(ProjectSettings(name="Another", slug=slug), make_user())

    assert refused.value.field == "slug"
    assert Project.objects.count() == 1


def test_a_project_called_new_does_not_hide_the_form():
    with pytest.raises(Refused, match="taken"):
        create_project(ProjectSettings(name="New"), make_user())


def test_a_name_is_needed():
    with pytest.raises(Refused, match="name"):
        create_project(ProjectSettings(name="   "), make_user())


def test_settings_are_saved_and_pages_told():
    project = make_project("spill")

    saved = change_settings(project, changed(project, name="Oil", indexed=True), stamp(project))

    saved.refresh_from_db()
    assert (saved.name, saved.indexed, saved.version) == ("Oil", True, 2)


def test_saving_what_is_there_changes_nothing():
    project = make_project("spill")

    assert change_settings(project, settings_of(project), stamp(project)).version == 1


def test_a_former_address_is_kept_and_may_be_taken_back():
    project = make_project("spill")

    project = change_settings(project, changed(project, slug="oil"), stamp(project))
    assert list(project.old_slugs.values_list("slug", flat=True)) == ["spill"]

    project = change_settings(project, changed(project, slug="spill"), stamp(project))
    assert list(project.old_slugs.values_list("slug", flat=True)) == ["oil"]


def test_the_second_of_two_editors_is_told():
    project = make_project("spill")
    seen = stamp(project)
    change_settings(project, changed(project, name="First"), seen)

    with pytest.raises(Conflict) as conflict:
        change_settings(project, changed(project, name="Second"), seen)

    assert conflict.value.current.name == "First"
    project.refresh_from_db()
    assert project.name == "First"


def test_annotators_at_work_are_no_conflict():
    project = make_project("spill")
    seen = stamp(project)
    touch_project(project)

    assert change_settings(project, changed(project, name="Oil"), seen).name == "Oil"


def test_everyone_has_one_project_of_their_own():
    alice = make_user()

    mine = personal_project(alice)

    assert personal_project(alice) == mine
    assert (mine.name, mine.visibility, mine.personal_to) == ("My notes", "private", alice)
    assert mine.guidelines == default_guidelines()
    assert Membership.objects.get(project=mine, user=alice).role == Role.OWNER


@pytest.mark.django_db(transaction=True)
def test_ten_requests_at_once_make_one_personal_project():
    alice = make_user()

    def ask(_: int) -> int:
        try:
            return personal_project(alice).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(10) as pool:
        assert len(set(pool.map(ask, range(10)))) == 1
    assert Project.objects.count() == Membership.objects.count() == 1


def test_since_when_it_is_public_and_when_it_first_was():
    def kept() -> tuple[object, object]:
        return Project.objects.values_list("first_public_at", "public_since").get(pk=project.pk)

    project = make_project("spill")
    assert kept() == (None, None)
    opened = change_settings(project, changed(project, visibility="public"), stamp(project))
    first, since = kept()
    assert first is not None
    assert since == first
    renamed = change_settings(opened, changed(opened, description="Oil."), stamp(opened))
    assert kept() == (first, first)
    shut = change_settings(renamed, changed(renamed, visibility="private"), stamp(renamed))
    assert kept() == (first, None)
    change_settings(shut, changed(shut, visibility="public"), stamp(shut))
    again, since = kept()
    assert again == first < since
