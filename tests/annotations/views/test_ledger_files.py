"""The ledger as files."""

import csv
import json
from io import StringIO

import pytest
from django.test import Client

from annotations.models import Claim
from tests.annotations.affair import CLAIM, DENIED, Affair
from tests.annotations.burned import SILENCE, burned_affair, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def world() -> Affair:
    return burned_affair()


@pytest.mark.parametrize("extension", ["csv", "json"])
def test_a_file_of_everything_is_no_answer_to_what_is_asked_wrongly(
    world: Affair, extension: str
) -> None:
    response = Client().get(f"/projects/tannery/ledger.{extension}?since=yesterday")
    assert response.status_code == 422
    assert "Write the day as" in response.content.decode()


def test_the_files_say_the_same(world: Affair) -> None:
    found = json.loads(text("/projects/tannery/ledger.json"))
    assert found["articles_read"] == 2 and found["latest_article"] == "2024-05-09"
    assert (found["totals"]["unanswered"], found["totals"]["neither"]) == (1, 0)
    burned, poured = found["claims"]
    assert burned["silence"] == SILENCE[0].lower() + SILENCE[1:]
    assert (poured["alleged_by"], poured["denied_by"]) == (["Reed Society"], ["Odo Fenn"])
    assert poured["first_denial_words"] == DENIED
    assert (poured["time_to_first_denial"], poured["days_to_first_denial"]) == ("1 day later", 1)
    assert poured["first_denial_article"] == world.later.title
    assert poured["first_denial_address"].endswith(f"/annotations/{world.denied.pk}/")
    assert poured["address"].endswith(f"/claims/{Claim.objects.get(statement=CLAIM).pk}/")
    (row,) = csv.DictReader(StringIO(text("/projects/tannery/ledger.csv?text=dye")))
    assert row["first_denial_words"] == DENIED and row["silence"] == ""
    assert Client().get("/projects/tannery/ledger.xml").status_code == 404


def test_a_cell_is_never_a_formula(world: Affair) -> None:
    Claim.objects.filter(statement=CLAIM).update(statement='=HYPERLINK("x")')
    (row,) = csv.DictReader(StringIO(text("/projects/tannery/ledger.csv?speaker=reed")))
    assert row["alleged"] == '\'=HYPERLINK("x")'
