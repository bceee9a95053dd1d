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
