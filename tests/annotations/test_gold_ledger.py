"""The ledger of two real articles, read by a human (gold.jsonl), row by row."""

from io import StringIO
from pathlib import Path

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import call_command

from annotations.models import Claim
from annotations.pages.ledger import LedgerPage, Row, ledger_page
from annotations.queries.ledger import Asked
from reader.access import seat_in
from reader.models import Project, Visibility

SEEDS = Path(__file__).resolve().parents[3] / "shared" / "seeds"
FIRST, SECOND = "000_3665c1a7cd33e9ef.txt", "001_080665838bcccbe7.txt"

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEEDS.is_dir(), reason="the seeds are not beside the checkout"),
]

GENOCIDE = "That China is committing genocide against the Uyghurs"
CAMPS = "That China has held more than a million people from Muslim minorities in internment camps"
RIGHTS = "That the human rights of Muslim minorities are abused in Xinjiang"
DETENTION = (
    "That there is arbitrary detention, ill-treatment, sexual violence and forced labour in "
    "Xinjiang"
)
WESTERN = "That Western countries use Xinjiang for political manipulation against China"


def seeds(published_on: str = "") -> LedgerPage:
    """The ledger of both articles as a stranger sees it."""
    dated = ["--published-on", published_on] if published_on else []
    for name, publication, more in ((FIRST, "The Lantern", dated), (SECOND, "Radio Maple", [])):
        call_command(
            "import_articles",
            str(SEEDS / name),
            "--project=affair",
            f"--publication={publication}",
            *more,
            stdout=StringIO(),
        )
    call_command(
        "import_annotations", str(SEEDS / "gold.jsonl"), project="affair", stdout=StringIO()
    )
    Project.objects.update(visibility=Visibility.PUBLIC)
    project = Project.objects.get(slug="affair")
    return ledger_page(seat_in(AnonymousUser(), project), Asked(order="statement"))


SHOWN = (
    ["accusers", "accused", "when", "counts", "asides", "silence", "sought", "numbers"],
    ["who", "qualifier", "words", "when", "where", "since", "voice", "more"],
)


def told(row: Row) -> dict[str, str]:
    """What a row says, empty things left out."""
    found = {name: getattr(row, name) for name in SHOWN[0]}
    if row.denial:
        for name in SHOWN[1]:
            of = row.denial if hasattr(row.denial, name) else row.denial.line
            found[f"denial_{name}"] = getattr(of, name)
    return {name: value for name, value in found.items() if value}


def rows(page: LedgerPage) -> dict[str, dict[str, str]]:
    return {row.statement: told(row) for row in page.rows}


NO_DENIAL = "no denial recorded in this project (2 articles, latest 28 January 2022)"
XU_DENIES = {
    "denial_who": "Xu Guixiang",
    "denial_qualifier": "unsure",
    "denial_words": '"can be called the biggest, false accusations in human history."',
    "denial_when": "published on 29 March 2021",
    "denial_where": "Radio Maple",
    "denial_since": "same day",
    "denial_voice": "from a third party",
}


def test_every_row_with_both_articles_dated() -> None:
    page = seeds("2022-01-28")

    assert rows(page) == {
        CAMPS: {
            "accusers": "unattributed",
            "accused": "China",
            "when": "published on 28 January 2022",
            "counts": "1 article, 1 publication",
            "sought": "Reply not sought",
            "numbers": "1 allegation, 1 denial",
            "denial_who": "China",
            "denial_qualifier": "another version of events",
            "denial_words": "Beijing denies the allegations, saying the camps are for vocational "
            "training and deradicalisation.",
            "denial_when": "published on 28 January 2022",
            "denial_where": "The Lantern",
            "denial_since": "same day",
            "denial_voice": "from the accused",
        },
        GENOCIDE: {
            "accusers": "Canada, Canadian MPs, United States, several countries and western "
            "governments",
            "accused": "China",
            "when": "published on 29 March 2021",
            "counts": "2 articles, 2 publications",
            "sought": "Reply not sought",
            "numbers": "4 allegations, 1 denial",
            **XU_DENIES,
        },
        WESTERN: {
            "accusers": "Xu Guixiang and Zhao Lijian",
            "accused": "Canada, a few Western countries, United States, United Kingdom and "
            "European Union",
            "when": "published on 29 March 2021",
            "counts": "1 article, 1 publication",
            "silence": NO_DENIAL,
            "sought": "Reply not sought",
            "numbers": "3 allegations, 0 denials",
        },
        RIGHTS: {
            "accusers": "Canada, United Kingdom, European Union and United States",
            "accused": "China",
            "when": "published on 29 March 2021",
            "counts": "1 article, 1 publication",
            "asides": "2 mentions",
            "sought": "Reply not sought",
            "numbers": "1 allegation, 4 denials",
            **XU_DENIES,
            "denial_more": "3 more denials",
        },
        DETENTION: {
            "accused": "China",
            "when": "published on 29 March 2021",
            "asides": "1 report relayed by Michelle Bachelet, who does not allege it",
            "silence": NO_DENIAL,
            "sought": "Reply not sought",
        },
    }
    totals = page.totals
    assert (totals.claims, totals.alleged, totals.answered, totals.unanswered) == (5, 4, 3, 2)


def test_undated_the_first_article_gives_no_dates() -> None:
    found = rows(seeds())

    camps = found[CAMPS]
    assert (camps["when"], camps["denial_when"], camps["denial_since"]) == (
        "undated",
        "undated",
        "dates unknown",
    )
    assert camps["numbers"] == "1 allegation, 1 denial; 2 undated"
    # The other article is dated by its own first line.
    genocide = found[GENOCIDE]
    assert (genocide["when"], genocide["denial_since"]) == (
        "published on 29 March 2021",
        "same day",
    )
    assert genocide["counts"] == "2 articles, 2 publications"
    assert genocide["numbers"] == "4 allegations, 1 denial; 1 undated"
    assert found[WESTERN]["silence"] == (
        "no denial recorded in this project (2 articles, latest 29 March 2021)"
    )


def test_the_claims_page_has_the_denial_beside_each_allegation(client) -> None:
    seeds("2022-01-28")
    claim = Claim.objects.get(statement=GENOCIDE)
    page = client.get(f"/claims/{claim.pk}/").content.decode()

    assert page.count('class="told-one allegation"') == 4
    # In the head, at its own place, and beside each of the four.
    assert page.count("can be called the biggest, false accusations") >= 6
    assert "Beijing denies the allegations" in page, "stands apart: linked to another claim"
    western = Claim.objects.get(statement=WESTERN)
    page = client.get(f"/claims/{western.pk}/").content.decode().partition("<body")[2]
    assert page.count("No denial recorded in this project (2 articles") == 4
