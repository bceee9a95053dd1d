"""Moving what a test made into the past, as if readers had seen it for a day."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from annotations.models import Annotation, Attribution, Claim, ClaimLink, Share
from reader.models import Membership, Project, Visibility


def since_yesterday() -> None:
    """Everything was made, shared and made public yesterday."""
    before = timezone.now() - timedelta(days=1)
    Annotation.objects.update(created_at=before, updated_at=before)
    for model in (Claim, Share, Membership):
        model._default_manager.update(created_at=before)
    histories: list[Any] = [Annotation, Attribution, Claim, ClaimLink]
    for history in histories:
        history.pgh_event_model.objects.update(pgh_created_at=before)
    Project.objects.filter(visibility=Visibility.PUBLIC).update(
        first_public_at=before, public_since=before
    )
