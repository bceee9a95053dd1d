"""Articles of one story are shown once, with the one that came first: its lead.

Only within a scope, and never two that one outlet gave different titles: there the same text is
a notice that stands in place of an article.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import connection

from reader.models import Article
from reader.services.articles import save_changed

# An article's outlet is its publication, or else the host of its address. Older leads come first;
# a text that stands in very many articles is looked at in the first of them only.
_CANDIDATES_SQL = """
SELECT fresh.id, found.id
  FROM reader_article fresh
 CROSS JOIN LATERAL (
       SELECT lead.id, lead.title,
              COALESCE(lead.publication_id::text, split_part(lead.url, '/', 3)) AS outlet
         FROM reader_article lead
        WHERE lead.story_key = fresh.story_key
          AND lead.scope_id IS NOT DISTINCT FROM fresh.scope_id
          AND lead.id <> fresh.id
          AND lead.lead_id IS NULL
          AND NOT lead.stands_alone
        ORDER BY lead.id
        LIMIT 20) AS found
 WHERE fresh.id = ANY(%(fresh)s)
   AND fresh.story_key IS NOT NULL
   AND NOT fresh.stands_alone
   AND (found.title = fresh.title
        OR found.outlet <> COALESCE(fresh.publication_id::text, split_part(fresh.url, '/', 3)))
 ORDER BY fresh.id, found.id
"""


def join_stories(new: Collection[UUID]) -> None:
    """Give each of these new articles its lead, if its story is there already.

    The caller holds the lock of their scope.
    """
    leads: dict[UUID, UUID] = {}
    for article_id, lead_id in _candidates(new):
        if article_id not in leads and lead_id not in leads and lead_id < article_id:
            leads[article_id] = lead_id
    _follow(leads)


def rejoin_story(article: Article) -> None:
    """Look again whose story this is, after its text changed or a person decided about it.

    Articles that were shown with it find a lead among themselves. The caller holds the lock.
    """
    group = [article, *Article.objects.filter(lead=article).order_by("pk")]
    for one in group:
        if one.lead_id is not None:
            one.lead = None
            save_changed(one)
    for one in reversed(group):
        # Who leads already goes on doing so, however old this one is: nobody leads a follower.
        lead = next((lead for _, lead in _candidates([one.pk])), None)
        if lead and not Article.objects.filter(lead=one).exists():
            _follow({one.pk: lead})


def _candidates(fresh: Collection[UUID]) -> list[tuple[UUID, UUID]]:
    with connection.cursor() as cursor:
        cursor.execute(_CANDIDATES_SQL, {"fresh": list(fresh)})
        return cursor.fetchall()


def _follow(leads: dict[UUID, UUID]) -> None:
    """Set leads; what shows on the leads' pages has changed as well."""
    several = Article.objects.order_by("pk").select_for_update(no_key=True)
    articles = several.in_bulk({*leads, *leads.values()})
    for article_id, lead_id in leads.items():
        articles[article_id].lead = articles[lead_id]
    for article in articles.values():
        save_changed(article)
