"""The list of what is not yet linked, and the editor that each of its lines opens."""

import pytest

from annotations.queries.unlinked import PAGE
from reader.models import Role, User, Visibility
from tests.factories import make_mark, make_member, make_user

pytestmark = pytest.mark.django_db

PATH = "/projects/spill/unlinked/"


@pytest.fixture
def alleged(project, article, alice):
    return make_mark(project, article, "Nothing leaked", "denial", alice, speakers=["Mira"])


def test_each_line_opens_the_editor_beside_the_article(client, alice, article, alleged):
    client.force_login(alice)
    (line,) = client.get(PATH).context["page"].lines
    assert line.path == f"/projects/spill/articles/{article.pk}/?edit={alleged.pk}#a-{alleged.pk}"
    page = client.get(line.path)
    assert page.context["editor"].annotation == alleged
    assert f'data-annotation="{alleged.pk}"' in page.content.decode()


def test_who_may_not_change_a_passage_is_led_to_it(client, bob, article, alleged):
    client.force_login(bob)
    (line,) = client.get(PATH).context["page"].lines
    assert line.path == f"/projects/spill/articles/{article.pk}/#a-{alleged.pk}"


@pytest.mark.parametrize("who", ["bob", "vera", "charlie", "anonymous"])
def test_an_address_opens_no_editor_for_others(client, project, article, alleged, who):
    project.visibility = Visibility.PUBLIC
    project.save()
    if who == "vera":
        make_member(project, make_user("vera@example.org"), Role.VIEWER)
    if who != "anonymous":
        person = User.objects.filter(email=f"{who}@example.org").first()
        client.force_login(person or make_user(f"{who}@example.org"))
    page = client.get(f"/projects/spill/articles/{article.pk}/?edit={alleged.pk}")
    assert page.status_code == 200
    assert b"editor-panel" not in page.content


@pytest.mark.parametrize("wanted", ["", "nothing", "0192f6a0-0000-7000-8000-000000000000"])
def test_an_address_that_names_no_annotation_opens_none(client, alice, article, alleged, wanted):
    client.force_login(alice)
    page = client.get(f"/projects/spill/articles/{article.pk}/?edit={wanted}")
    assert page.status_code == 200
    assert b"editor-panel" not in page.content


def test_the_list_goes_on_and_says_how_many_there_are(client, alice, project, article):
    client.force_login(alice)
    for _ in range(PAGE + 1):
        make_mark(project, article, "Nothing leaked", "denial", alice)
    page = client.get(PATH)
    assert len(page.context["page"].lines) == PAGE
    assert f">{PAGE + 1}</span>" in page.content.decode()
    rest = client.get(PATH + page.context["page"].more).context["page"]
    assert (len(rest.lines), rest.more) == (1, "")
    assert client.get(f"{PATH}?before=nonsense").status_code == 200
