"""A small affair that the tests of shares, replies and withdrawals read: one allegation that is
denied in another article, one that nobody denies, a denial of neither, and a quote."""

from dataclasses import dataclass

from django.contrib.auth.models import AnonymousUser

from annotations.models import Annotation, Claim, Share, Speaker
from annotations.services import sharing
from annotations.subjects import Subject
from reader.access import Seat, seat_in
from reader.models import Article, Project, Readers, Role, User
from tests.factories import make_article, make_mark, make_member, make_project, make_user

ALLEGED = "The tannery poured dye into the river, the Reed Society said on Monday."
DENIED = "Odo Fenn, who owns it, denied that any dye had left the yard."
UNANSWERED = "A clerk said that the mayor had burned the ledger."
APART = "Ilse Marr, the mayor, denied that she knew of the letter."
QUOTED = "“The fish were dead before,”"
UNMARKED = "It rained all week."
INTERNAL = "Ask the clerk again."
SILENCE = "No denial recorded in this project (2 articles, latest 9 May 2024)"
CLAIM = "That the tannery poured dye into the river"

Thing = Annotation | Article | Project | Claim | Speaker


@dataclass(frozen=True)
class Affair:
    """Alice owns the project, Bob is its annotator, Charlie a stranger."""

    alice: User
    bob: User
    charlie: User
    project: Project
    article: Article
    later: Article
    alleged: Annotation
    unanswered: Annotation
    denied: Annotation
    apart: Annotation
    quoted: Annotation

    def seat(self, user: User | AnonymousUser) -> Seat:
        return seat_in(user, self.project)

    def subject(self, of: Thing, user: User | AnonymousUser | None = None) -> Subject:
        """The thing, seen by the user (else Alice)."""
        seat = self.seat(user or self.alice)
        if isinstance(of, Annotation):
            return Subject(seat, of.article, of)
        if isinstance(of, Claim):
            return Subject(seat, claim=of)
        if isinstance(of, Speaker):
            return Subject(seat, speaker=of)
        return Subject(seat, of) if isinstance(of, Article) else Subject(seat)

    def share(self, of: Thing, by: User | None = None) -> Share:
        return sharing.share(self.subject(of, by), by or self.alice)


def affair(**project: object) -> Affair:
    """Everything in the database; the project is private unless told otherwise."""
    alice = make_user("alice@example.org", name="Alicia Quern")
    bob = make_user("bob@example.org", name="Bobbin Vale")
    charlie = make_user("charlie@example.org")
    place = make_project("tannery", **project)
    make_member(place, alice, Role.OWNER)
    make_member(place, bob, Role.ANNOTATOR)
    first = make_article(
        place,
        f"{ALLEGED} {UNMARKED}\n\n{UNANSWERED} {APART}\n\n{QUOTED} said Ilse Marr.",
        title="Dye in the river",
        publication="The Reed",
        published_on="2024-05-08",
    )
    second = make_article(
        place,
        f"{DENIED}\n\nNobody else spoke.",
        title="The yard answers",
        published_on="2024-05-09",
    )

    def mark(article: Article, words: str, kind: str, **fields: object) -> Annotation:
        return make_mark(place, article, words, kind, bob, **fields)

    return Affair(
        alice=alice,
        bob=bob,
        charlie=charlie,
        project=place,
        article=first,
        later=second,
        alleged=mark(
            first,
            ALLEGED,
            "allegation",
            speakers=["Reed Society"],
            targets=["The tannery"],
            claims=[CLAIM],
            note=INTERNAL,
        ),
        unanswered=mark(
            first, UNANSWERED, "allegation", speakers=["A clerk"], targets=["Ilse Marr"]
        ),
        denied=mark(second, DENIED, "denial", speakers=["Odo Fenn"], claims=[CLAIM]),
        apart=mark(first, APART, "denial", speakers=["Ilse Marr"]),
        quoted=mark(first, QUOTED, "quote", speakers=["Ilse Marr"]),
    )


WHOLE = {"readers_see": Readers.WHOLE}
