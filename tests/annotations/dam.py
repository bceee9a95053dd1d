"""A sentence to look for elsewhere. Alice owns the project, Bob annotates in it, Charlie has an
account and another project."""

from dataclasses import dataclass
from typing import Any

from django.test import Client

from annotations.models import Annotation
from reader.models import Article, Project, Role, User
from reader.services.indexing import index_all
from tests.factories import make_article, make_mark, make_member, make_project, make_user

SAID = "The dam at Lorrick was never inspected before the flood."
NEAR = "The dams at Lorrick were never inspected before the flood."


@dataclass(frozen=True)
class Dam:
    alice: User
    bob: User
    charlie: User
    project: Project
    article: Article
    mark: Annotation
    other: Project

    @property
    def path(self) -> str:
        return f"/annotations/{self.mark.pk}/same-words/"


def make_dam() -> Dam:
    alice, bob, charlie = (make_user(f"{name}@example.org") for name in ("alice", "bob", "charlie"))
    project, other = make_project("dam"), make_project("other")
    make_member(project, alice, Role.OWNER)
    make_member(project, bob, Role.ANNOTATOR)
    make_member(other, charlie, Role.OWNER)
    article = make_article(project, f"It rained. {SAID} Nobody asked why.", title="The dam")
    mark = make_mark(
        project, article, SAID, "allegation", bob, speakers=["Ida Voss"], targets=["The board"]
    )
    return Dam(alice, bob, charlie, project, article, mark, other)


def opened(user: User, path: str, **data: Any) -> Any:
    index_all()
    client = Client()
    client.force_login(user)
    return client.get(path, data)


def titles(user: User, path: str) -> set[str]:
    """The titles of the places that are shown."""
    page = opened(user, path).context["page"]
    return {
        place.beside.there.source.title
        for sentence in page.sentences
        for group in sentence.groups
        for place in group.places
    }


def grades(user: User, path: str) -> list[str]:
    page = opened(user, path).context["page"]
    return [str(group.grade) for sentence in page.sentences for group in sentence.groups]
