"""Where articles come from."""

from django.db import models


class Publication(models.Model):
    """An outlet: a newspaper, an agency, a site."""

    name = models.CharField(max_length=200, unique=True)
    domain = models.CharField(max_length=253, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Feed(models.Model):
    """An address that lists a publication's new articles."""

    url = models.URLField(max_length=2000, unique=True)
    publication = models.ForeignKey(Publication, models.SET_NULL, null=True, blank=True)
    title = models.CharField(max_length=300, blank=True)
    etag = models.CharField(max_length=500, blank=True)
    last_modified = models.CharField(max_length=100, blank=True)
    next_poll_at = models.DateTimeField(null=True, blank=True)
    failures = models.PositiveIntegerField(default=0)
    last_error = models.TextField(blank=True)

    def __str__(self) -> str:
        return self.title or self.url
