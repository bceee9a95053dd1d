"""A program, `python -m tests.gather NUMBER`: an article and annotators, printed as JSON.

It puts them into the database of the site that its environment names. A test that serves a site
has a database of its own in this process, so it runs this in another (`tests.crowd.gather`).
"""

import json
import sys

import django

django.setup()

from django.test import Client  # noqa: E402  # models can be imported only now

from reader.models import Role, User  # noqa: E402
from tests.factories import make_article, make_member, make_project, make_user  # noqa: E402

SENTENCES = 500


def session_of(user: User) -> str:
    """The key of a new session in which the user is signed in."""
    client = Client()
    client.force_login(user)
    return client.session.session_key or ""


def main() -> None:
    """Make a project with annotators, and an article of the library that is in no project yet."""
    project = make_project("harbour")
    people = [make_user(f"annotator{n}@example.org") for n in range(int(sys.argv[1]))]
    for person in people:
        make_member(project, person, Role.ANNOTATOR)
    text = " ".join(f"Berth {n} was empty 🚢, said the pilot." for n in range(SENTENCES))
    article = make_article(None, text, title="The harbour at night")
    crowd = {
        "path": f"/projects/{project.slug}/articles/{article.pk}/",
        "article_id": str(article.pk),
        "text": article.newest.text,
        "sessions": [session_of(person) for person in people],
    }
    print(json.dumps(crowd))


main()
