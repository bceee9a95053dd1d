"""A project with claims, for the tests of merging, splitting and tying them."""

from collections.abc import Sequence
from dataclasses import dataclass

from annotations.models import Annotation, Claim
from annotations.queries.claim_kin import family
from annotations.queries.ledger import accounts
from reader.models import Article, Project, Role, User
from tests.factories import make_article, make_mark, make_member, make_project, make_user

LEAKED, SPILLED, BURNED = (
    "That the works leaked oil into the river",
    "That the works leaked oil into the lower river",
    "That the mayor burned the ledger",
)


@dataclass(frozen=True)
class Claims:
    """Two claims that look alike, each alleged in its own article, the first of them denied too;
    and one that is like neither. Bob annotates."""

    project: Project
    alice: User
    bob: User
    first: Article
    second: Article
    leaked: Claim
    spilled: Claim
    burned: Claim
    alleged: Annotation
    again: Annotation
    denied: Annotation

    def linked(self, claim: Claim) -> set[object]:
        """The annotations that are read as about this claim."""
        return set(family(claim).values_list("links__annotation", flat=True)) - {None}

    def counted(self, claim: Claim) -> tuple[int, int]:
        """Allegations and denials, as the ledger has them."""
        (account,) = accounts(self.project, [claim.pk], public=False)
        return account.allegations, account.denials


def some_claims(**project: object) -> Claims:
    """Everything in the database; the project is private unless told otherwise."""
    place = make_project("works", **project)
    alice, bob = make_user("alice@example.org"), make_user("bob@example.org")
    make_member(place, alice, Role.OWNER)
    make_member(place, bob, Role.ANNOTATOR)
    first = make_article(
        place,
        "The works leaked oil into the river, Ida Voss said.\n\nNothing leaked, said Bo Lind.",
        title="Oil in the river",
        publication="The Reed",
        published_on="2024-05-08",
    )
    second = make_article(
        place,
        "Oil was leaked into the river by the works, Cy Fell said. The mayor burned the ledger.",
        title="Oil again",
        publication="The Courier",
        published_on="2024-06-11",
    )

    def mark(article: Article, words: str, kind: str, who: str, claims: Sequence[str]):
        return make_mark(place, article, words, kind, bob, speakers=[who], claims=claims)

    alleged = mark(first, "The works leaked oil into the river", "allegation", "Ida", [LEAKED])
    denied = mark(first, "Nothing leaked", "denial", "Bo Lind", [LEAKED])
    again = mark(
        second, "Oil was leaked into the river by the works", "allegation", "Cy Fell", [SPILLED]
    )
    mark(second, "The mayor burned the ledger", "allegation", "Cy Fell", [BURNED])
    named = {one.statement: one for one in Claim.objects.filter(project=place)}
    return Claims(
        project=place,
        alice=alice,
        bob=bob,
        first=first,
        second=second,
        leaked=named[LEAKED],
        spilled=named[SPILLED],
        burned=named[BURNED],
        alleged=alleged,
        again=again,
        denied=denied,
    )
