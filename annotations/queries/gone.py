"""Denials that readers saw once and see no longer."""

from collections import defaultdict
from collections.abc import Collection
from uuid import UUID

from django.db import connection
from django.utils.timezone import localdate

from annotations.answers import Gone, Left
from annotations.queries.gone_sql import GONE_OF_CLAIMS, IS_SHOWN


def gone_of_claims(
    projects: Collection[int],
    claims: Collection[int],
    allegations: Collection[UUID],
    outside: Collection[int],
) -> dict[int, list[Gone]]:
    """Those that denied one of the claims (after merging), or stood beside one of the allegations
    by a claim that it is linked to no more, by the ids of their projects: a query.

    Args:
        allegations: ids of annotations of these projects.
        outside: the projects that are seen from outside: there, what a curator has withdrawn from
            public view is gone, too.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            GONE_OF_CLAIMS,
            {
                "projects": list(projects),
                "claims": list(claims),
                "allegations": list(allegations),
                "outside": list(outside),
            },
        )
        found: dict[int, list[Gone]] = defaultdict(list)
        for project, id_, claim, beside, speakers, recorded_at, at, how, reason in cursor:
            found[project].append(
                Gone(
                    id=id_,
                    claim_id=claim,
                    beside=beside,
                    speaker_ids=frozenset(speakers),
                    recorded_on=localdate(recorded_at),
                    on=localdate(at),
                    how=Left(how),
                    reason=reason,
                )
            )
    return found


def is_seen_denial(annotation_id: UUID) -> bool:
    """Whether it is a denial of some claim that readers could see: one that does not go without a
    reason."""
    with connection.cursor() as cursor:
        cursor.execute(IS_SHOWN, {"id": annotation_id})
        (shown,) = cursor.fetchone() or (False,)
    return bool(shown)
