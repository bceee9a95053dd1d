"""Whether the accused of a claim have been asked for a reply: what a person says, never a guess."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.claim import Claim
from reader.models.history import keeps_history


class Sought(models.TextChoices):
    """How it stands with a reply. It says what the project did, not what the accused did not."""

    NOT_SOUGHT = "not_sought", _("Reply not sought")
    SOUGHT = "sought", _("Reply sought")
    DECLINED = "declined", _("Reply declined")
    REPLIED = "replied", _("Replied")


@keeps_history()
class ReplySought(models.Model):
    """How it stands with a reply to a claim; a claim without one has not been asked about.

    `on` is the day of what `status` says, where it is known. `version` grows with every change and
    lets a second editor notice the first.
    """

    claim = models.OneToOneField(Claim, models.CASCADE, related_name="reply_sought")
    status = models.CharField(max_length=10, choices=Sought.choices, default=Sought.NOT_SOUGHT)
    on = models.DateField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        verbose_name_plural = "replies sought"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(status__in=Sought.values), name="reply_sought_status"
            ),
            models.CheckConstraint(
                condition=~models.Q(status=Sought.SOUGHT, on=None), name="reply_sought_on_a_day"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.status} on {self.claim_id}"
