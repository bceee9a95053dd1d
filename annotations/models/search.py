"""What is searched of annotations."""

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import F

from annotations.models.annotation import Annotation
from reader.models import Project


class SearchPassage(models.Model):
    """The words of one annotation, in the stems of its article's language.

    Written by the database itself, whenever fragments or the article's language change (migration
    0004): in one row, so that words are found together that stand in different fragments.
    """

    annotation = models.OneToOneField(
        Annotation, models.CASCADE, primary_key=True, related_name="+"
    )
    tsv = SearchVectorField()

    class Meta:
        indexes = [GinIndex(fields=["tsv"], name="passage_words")]

    def __str__(self) -> str:
        return f"what is searched of {self.annotation_id}"


class ClaimWord(models.Model):
    """A word that a claim of the project was ever stated with, as the index of claims has it.

    Noted by the database itself (migration 0008), perhaps more than once. By its trigrams a word is
    found that is inflected or spelled otherwise in a claim.
    """

    project = models.ForeignKey(Project, models.CASCADE, related_name="+", db_index=False)
    word = models.TextField()

    class Meta:
        indexes = [
            models.Index(fields=["project", "word"], name="claim_word"),
            GinIndex(
                F("project"), OpClass("word", name="gin_trgm_ops"), name="claim_word_trigrams"
            ),
        ]

    def __str__(self) -> str:
        return self.word
