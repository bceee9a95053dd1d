import pytest
from django.urls import reverse

from reader.models import OldSlug, Project, Role, Visibility
from reader.services.projects import stamp
from tests.factories import make_member, make_project, make_user

pytestmark = pytest.mark.django_db

MARKUP = "<script>alert(1)</script><img src=x onerror=alert(1)>"


@pytest.fixture
def alice(client):
    alice = make_user("alice@example.org")
    client.force_login(alice)
    return alice


@pytest.fixture
def project(alice):
    project = make_project("spill")
    make_member(project, alice, Role.OWNER)
    return project


def typed(project, **changes):
    values = {
        "name": project.name,
        "slug": project.slug,
        "visibility": project.visibility,
        "readers_see": project.readers_see,
        "version": stamp(project),
    }
    return values | changes


def test_the_list_holds_what_the_visitor_may_open(client):
    make_project("secret", name="Secret affair")
    make_project("open", name="Open affair", visibility=Visibility.PUBLIC)

    page = client.get(reverse("projects")).content.decode()

    assert "Open affair" in page
    assert "Secret affair" not in page
    assert reverse("new_project") not in page


def test_ones_own_notes_come_first_and_others_notes_do_not_come(client, alice, project):
    for person, name in ((alice, "Alice’s notes"), (make_user("bob@example.org"), "Bob’s notes")):
        notes = make_project(f"notes-{person.pk}", name=name, personal_to=person)
        make_member(notes, person, Role.OWNER)

    page = client.get(reverse("projects")).content.decode()

    assert page.index("Alice’s notes") < page.index("Spill")
    assert "Bob’s notes" not in page


def test_the_list_takes_as_many_queries_for_twenty_projects(
    client, alice, project, django_assert_max_num_queries
):
    for number in range(20):
        make_member(make_project(f"p{number}"), alice)
    with django_assert_max_num_queries(3):  # session, person, projects
        client.get(reverse("projects"))


def test_a_new_project_starts_with_the_codebook(client, alice):
    form = client.get(reverse("new_project")).context["form"]
    assert "allegation" in form["guidelines"].value()

    response = client.post(
        reverse("new_project"),
        {"name": "Harbour", "visibility": "private", "readers_see": "passages"},
    )

    made = Project.objects.get()
    assert response.url == reverse("project_members", args=["harbour"])
    assert made.memberships.get().user == alice


def test_errors_stand_beside_their_field_and_what_was_typed_stays(client, project):
    make_project("taken")

    response = client.post(
        reverse("project_settings", args=["spill"]),
        typed(project, name="Oil on water", slug="taken"),
    )

    form = response.context["form"]
    assert form.errors == {"slug": ["The address “taken” is taken. Choose another."]}
    assert form["name"].value() == "Oil on water"
    project.refresh_from_db()
    assert project.name == "Spill"


def test_a_second_editor_sees_both_and_may_save_again(client, project):
    address = reverse("project_settings", args=["spill"])
    mine = typed(project, name="Mine", description="My words")
    Project.objects.update(name="Theirs", visibility=Visibility.PUBLIC)

    conflict = client.post(address, mine)

    page = conflict.content.decode()
    assert conflict.status_code == 409
    assert conflict.context["form"]["description"].value() == "My words"
    assert "Theirs" in page
    assert "Public: anyone may read" in page
    assert Project.objects.get().name == "Theirs"

    client.post(address, mine | {"version": conflict.context["version"]})
    assert Project.objects.get().name == "Mine"


def test_an_edit_without_a_version_is_a_conflict(client, project):
    address = reverse("project_settings", args=["spill"])

    assert client.post(address, typed(project, name="Mine", version="")).status_code == 409


@pytest.mark.parametrize("name", ["project_guidelines", "project_members", "project_settings"])
def test_old_addresses_lead_to_the_same_page(client, project, name):
    OldSlug.objects.create(slug="before", project=project)

    response = client.get(reverse(name, args=["before"]) + "?a=1")

    assert response.status_code == 301
    assert response.url == reverse(name, args=["spill"]) + "?a=1"
    assert response["Cache-Control"] == "no-cache"


def test_a_form_sent_to_an_old_address_is_sent_again(client, project):
    OldSlug.objects.create(slug="before", project=project)

    response = client.post(reverse("project_settings", args=["before"]), typed(project))

    assert response.status_code == 308
    assert response.url == reverse("project_settings", args=["spill"])


def test_old_addresses_of_private_projects_tell_strangers_nothing(client):
    OldSlug.objects.create(slug="before", project=make_project("spill"))

    assert client.get(reverse("project_guidelines", args=["before"])).status_code == 404


def test_guidelines_keep_lines_and_headings_and_no_script(client, project):
    Project.objects.update(
        guidelines=f"# Rules\n\nOne\nTwo\n\n{MARKUP}\n\n[x](javascript:alert(1))"
    )

    html = client.get(reverse("project_guidelines", args=["spill"])).context["html"]

    assert "<h2>Rules</h2>" in html
    assert "<br>" in html
    assert "<script" not in html
    assert "<img" not in html
    assert "href" not in html


def test_names_are_text_wherever_they_stand(client, project):
    Project.objects.update(name=MARKUP, description=MARKUP)
    for address in (
        reverse("projects"),
        reverse("project_settings", args=["spill"]),
        reverse("project_members", args=["spill"]),
        reverse("project_guidelines", args=["spill"]),
    ):
        page = client.get(address).content.decode()
        assert "<script>alert" not in page
        assert "<img" not in page
