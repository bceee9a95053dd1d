"""Claims: what is alleged, across articles, and which annotations assert or deny it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from annotations.models.annotation import Annotation
from reader.models import Project
from reader.models.history import keeps_history


@keeps_history()
class Claim(models.Model):
    """What is alleged, in the project's neutral wording ("That …").

    It says no more than what is linked to it. Merging is a pointer, links keep what they named:
    `merged_into` is what a person decided, `canonical`, worked out from it, the claim at the end of
    that chain, which this one is read as. So any merge can be undone, in any order.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="claims")
    statement = models.CharField(max_length=500)
    broader = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="narrower"
    )
    canonical = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged"
    )
    merged_into = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="merged_here"
    )
    version = models.PositiveIntegerField(default=1)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["statement"]
        constraints = [
            models.UniqueConstraint(fields=["project", "statement"], name="one_claim_a_statement"),
            models.CheckConstraint(
                condition=~Q(broader=F("id")) & ~Q(canonical=F("id")) & ~Q(merged_into=F("id")),
                name="claim_not_its_own_parent",
            ),
        ]
        # Migration 0008 adds a column and an index of words, which only Postgres knows.
        indexes = [
            models.Index(fields=["project", "id"], name="claim_in_order"),
        ]

    def __str__(self) -> str:
        return self.statement


class Scope(models.TextChoices):
    """How much of a claim an annotation asserts or denies."""

    WHOLE = "whole", _("All of it")
    PART = "part", _("Part of it")
    OTHER_VERSION = "other_version", _("Another version of events")


@keeps_history(inserts=True)
class ClaimLink(models.Model):
    """Ties an annotation to a claim; the annotation's kind says whether it asserts or denies it."""

    annotation = models.ForeignKey(Annotation, models.CASCADE, related_name="claim_links")
    claim = models.ForeignKey(Claim, models.CASCADE, related_name="links")
    scope = models.CharField(max_length=15, choices=Scope.choices, default=Scope.WHOLE)
    part = models.CharField(
        max_length=300, blank=True, help_text="Which part, where not the whole."
    )
    unsure = models.BooleanField(default=False)

    class Meta:
        ordering = ["annotation", "id"]
        constraints = [
            models.UniqueConstraint(fields=["annotation", "claim"], name="one_link_a_claim"),
            models.CheckConstraint(condition=Q(scope__in=Scope.values), name="link_scope"),
        ]

    def __str__(self) -> str:
        return f"{self.annotation_id} on {self.claim_id}"


class Verdict(models.TextChoices):
    """What a person judged of two claims."""

    SAME = "same", _("The same claim")
    DIFFERENT = "different", _("Different claims")
    UNSURE = "unsure", _("Unsure")


@keeps_history()
class ClaimPair(models.Model):
    """What was judged of two claims that looked alike, so that nobody is asked twice.

    `first` has the smaller id. A judgement merges nothing by itself.
    """

    first = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    second = models.ForeignKey(Claim, models.CASCADE, related_name="+")
    verdict = models.CharField(max_length=9, choices=Verdict.choices)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    decided_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second"], name="one_judgement_a_pair"),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="pair_in_order"),
            models.CheckConstraint(condition=Q(verdict__in=Verdict.values), name="pair_verdict"),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} and {self.second_id}: {self.verdict}"
