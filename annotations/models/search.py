"""What is searched of annotations."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from annotations.models.annotation import Annotation


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
