"""What can be shared, replied to or withdrawn: exactly one of a few nouns."""

from collections.abc import Sequence
from functools import reduce
from operator import or_

from django.db import models
from django.db.models import Q


def exactly_one(fields: Sequence[str], name: str) -> models.CheckConstraint:
    """A CHECK that one of these nullable foreign keys is set, and no other."""
    each = (Q(**{f"{other}__isnull": other != field for other in fields}) for field in fields)
    return models.CheckConstraint(condition=reduce(or_, each), name=name)
