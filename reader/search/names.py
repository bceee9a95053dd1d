"""What `in:`, `feed:` and `project:` name: ids of publications, feeds and projects."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Self

from django.db import connection

from reader.search.sight import Sight
from reader.search.tree import Field, Node, Term, leaves

# A name that is given in full means that one alone; else it is enough to name a part of it. Quotes
# and punctuation are no part of it.
_NAMED = """
WITH asked AS (
    SELECT asked, translate(reader_plain(asked), '"''<>,;:!?()', '') AS plain
      FROM unnest(%(asked)s::text[]) AS asked),
named AS ({named}),
found AS (
    SELECT a.asked, n.id,
           n.plain = a.plain OR n.other = a.plain AS is_all
      FROM asked a
      JOIN named n ON n.plain = a.plain OR n.other = a.plain
        OR position(' ' || a.plain || ' ' IN ' ' || n.plain || ' ') > 0
        OR n.other LIKE '%%.' || a.plain)
SELECT asked, id FROM found f
 WHERE is_all OR NOT EXISTS (SELECT FROM found o WHERE o.asked = f.asked AND o.is_all)
"""

_PUBLICATIONS = """
    SELECT id, translate(reader_plain(name), '"''<>,;:!?()', '') AS plain, lower(domain) AS other
      FROM reader_publication
"""
# A feed's address may be somebody's secret: only those are known that one reads oneself.
_FEEDS = """
    SELECT f.id,
           translate(reader_plain(coalesce(nullif(s.title, ''), f.title)),
                     '"''<>,;:!?()', '') AS plain,
           lower(substring(f.url FROM '^[a-z]+://(?:www\\.)?([^/:]+)')) AS other
      FROM reader_subscription s JOIN reader_feed f ON f.id = s.feed_id
     WHERE s.user_id = %(user)s
"""
_PROJECTS = """
    SELECT id, translate(reader_plain(name), '"''<>,;:!?()', '') AS plain, slug::text AS other
      FROM reader_project WHERE id = ANY(%(projects)s)
"""
_TABLES = {Field.IN: _PUBLICATIONS, Field.FEED: _FEEDS, Field.PROJECT: _PROJECTS}


@dataclass(frozen=True, slots=True)
class Names:
    """The ids that the names in a search stand for; none for a name that nothing has."""

    _ids: dict[tuple[Field, str], list[int]] = field(default_factory=dict)

    @classmethod
    def of(cls, root: Node | None, sight: Sight) -> Self:
        """Look up all names of a search: one query for each field that it uses."""
        asked: dict[Field, list[str]] = {}
        for leaf in leaves(root):
            if isinstance(leaf, Term) and leaf.field in _TABLES:
                asked.setdefault(leaf.field, []).append(leaf.value)
        found: dict[tuple[Field, str], list[int]] = {}
        with connection.cursor() as cursor:
            for name, values in asked.items():
                cursor.execute(
                    _NAMED.format(named=_TABLES[name]),
                    {
                        "asked": values,
                        "user": sight.user.pk if sight.user else None,
                        "projects": list(sight.projects),
                    },
                )
                for value, id_ in cursor.fetchall():
                    found.setdefault((name, value), []).append(id_)
        return cls(found)

    def ids(self, term: Term) -> Sequence[int]:
        return self._ids.get((term.field, term.value), [])
