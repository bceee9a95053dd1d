"""What the public says back, and what is taken from public view."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation
from annotations.models.nouns import exactly_one
from reader.models import Project, ProjectArticle, Revision


class ReplyStatus(models.TextChoices):
    WAITING = "waiting", _("Waiting")
    ACCEPTED = "accepted", _("Published")
    DECLINED = "declined", _("Not published")


class ReplyKind(models.TextChoices):
    """What somebody wants: only a reply is ever published."""

    REPLY = "reply", _("A reply, to be published with your name")
    ERROR = "error", _("An error report, for the project’s curators only")


class Reply(models.Model):
    """An error report, or the answer of somebody named, to a public page.

    `project` is the one whose curators decide; `contact` is never public.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="replies")
    project_article = models.ForeignKey(
        ProjectArticle, models.CASCADE, null=True, related_name="replies"
    )
    annotation = models.ForeignKey(Annotation, models.CASCADE, null=True, related_name="replies")
    kind = models.CharField(max_length=10, choices=ReplyKind.choices, default=ReplyKind.REPLY)
    name = models.CharField(max_length=150)
    contact = models.CharField(max_length=200, blank=True)
    text = models.TextField(max_length=5000)
    status = models.CharField(
        max_length=10, choices=ReplyStatus.choices, default=ReplyStatus.WAITING
    )
    created_at = models.DateTimeField(auto_now_add=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at"]
        verbose_name_plural = "replies"
        constraints = [
            models.CheckConstraint(
                condition=models.Q(project_article__isnull=True)
                | models.Q(annotation__isnull=True),
                name="reply_on_one_thing",
            ),
            models.CheckConstraint(
                condition=~models.Q(kind=ReplyKind.ERROR, status=ReplyStatus.ACCEPTED),
                name="error_reports_stay_unpublished",
            ),
        ]

    def __str__(self) -> str:
        return f"reply of {self.name}"


class Withdrawal(models.Model):
    """A passage, page or revision taken from public view; a notice with the reason stays."""

    project = models.ForeignKey(Project, models.CASCADE, related_name="withdrawals")
    annotation = models.ForeignKey(
        Annotation, models.CASCADE, null=True, related_name="withdrawals"
    )
    project_article = models.ForeignKey(
        ProjectArticle, models.CASCADE, null=True, related_name="withdrawals"
    )
    revision = models.ForeignKey(Revision, models.CASCADE, null=True, related_name="withdrawals")
    reason = models.CharField(max_length=500)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(auto_now_add=True)
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-at"]
        constraints = [
            exactly_one(["annotation", "project_article", "revision"], "withdrawal_of_one_thing")
        ]

    def __str__(self) -> str:
        return self.reason
