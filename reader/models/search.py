"""What is to be indexed for search, and searches that people keep."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from reader.models.article import Article
from reader.models.project import Project


class SearchBacklog(models.Model):
    """An article whose search document is not up to date; a worker takes it from here."""

    article = models.OneToOneField(Article, models.CASCADE, primary_key=True, related_name="+")
    added_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["added_at"], name="backlog_oldest_first")]

    def __str__(self) -> str:
        return f"{self.article_id} is to be indexed"


class SearchDocument(models.Model):
    """What is searched of an article, as `reader.services.indexing` wrote it last.

    The table is partitioned by the year of `listed_at` (migration 0007). `in_library` says that
    everybody who is signed in may find it; `publication_id` is no foreign key, and `dated_until`
    the last day of what the article says it was published on, null where it says nothing.

    `tsv` holds the title with weight A, the byline with B, the text without one, each without
    accents and in the stems of the article's language, and which language that is (`§english`).
    """

    article = models.OneToOneField(
        Article, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    listed_at = models.DateTimeField()
    in_library = models.BooleanField()
    publication_id = models.BigIntegerField(null=True)
    dated_until = models.DateField(null=True)
    first_seen_at = models.DateTimeField()
    tsv = SearchVectorField()

    def __str__(self) -> str:
        return f"what is searched of {self.article_id}"


class SearchLanguage(models.Model):
    """A language that some article was indexed in: "english", or "simple" for all that Postgres
    has no stems of."""

    name = models.CharField(max_length=63, primary_key=True)

    def __str__(self) -> str:
        return self.name


class SentencePrints(models.Model):
    """By what the sentences of an article's text are found again (`reader.sameness.prints`).

    Written beside its search document. The table's index is named `sentence_prints`.
    """

    article = models.OneToOneField(
        Article, models.DO_NOTHING, primary_key=True, db_constraint=False, related_name="+"
    )
    prints = ArrayField(models.IntegerField())

    class Meta:
        indexes = [GinIndex(fields=["prints"], name="sentence_prints", gin_pending_list_limit=512)]

    def __str__(self) -> str:
        return f"the prints of {self.article_id}"


class SavedSearch(models.Model):
    """A search that a person keeps, or a project; deleting is a state, so that it can be undone."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="saved_searches"
    )
    project = models.ForeignKey(Project, models.CASCADE, null=True, related_name="saved_searches")
    name = models.CharField(max_length=150)
    query = models.CharField(max_length=1000)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+"
    )
    created_at = models.DateTimeField(auto_now_add=True)
    deleted_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(user__isnull=False, project__isnull=True)
                | Q(user__isnull=True, project__isnull=False),
                name="saved_search_has_one_owner",
            )
        ]

    def __str__(self) -> str:
        return self.name


class SearchFeed(models.Model):
    """One person's Atom feed of a saved search. `token` is the secret part of its address.

    A project's search has as many as members asked for one: each shows what its person may see
    now, and ends with their membership, without ending the others'.
    """

    search = models.ForeignKey(SavedSearch, models.CASCADE, related_name="feeds")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="search_feeds")
    token = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["search", "user"], name="one_search_feed_each")
        ]

    def __str__(self) -> str:
        return f"{self.user_id} follows {self.search_id}"
