"""The prints of articles, by which the same words are found elsewhere."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from reader.ingest.copy import copy_in
from reader.models import SentencePrints
from reader.sameness import prints

PRINTED_CHARACTERS = 500_000
"""How much of a text is looked through for the same words."""

_AT_ONCE = 50
"""Texts that are in memory together."""

_READ = """
SELECT a.id, left(r.text, %s)
  FROM reader_article a JOIN reader_revision r ON r.id = a.current_revision_id
 WHERE a.id = ANY(%s)
"""


def write_prints(ids: Sequence[UUID]) -> None:
    """Write the prints of these articles anew; a transaction is open."""
    SentencePrints.objects.filter(pk__in=ids).delete()
    for begin in range(0, len(ids), _AT_ONCE):
        with connection.cursor() as cursor:
            cursor.execute(_READ, [PRINTED_CHARACTERS, list(ids[begin : begin + _AT_ONCE])])
            rows = cursor.fetchall()
        copy_in(
            SentencePrints,
            [{"article_id": id_, "prints": prints(text)} for id_, text in rows],
        )
