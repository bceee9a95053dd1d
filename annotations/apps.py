from typing import Any
from uuid import UUID

from django.apps import AppConfig


class AnnotationsConfig(AppConfig):
    name = "annotations"
    verbose_name = "Annotations"

    def ready(self) -> None:
        from reader.signals import revised

        revised.connect(_on_revised, dispatch_uid="reanchor")


def _on_revised(article_id: UUID, **kwargs: Any) -> None:
    from annotations.services.reanchoring import expect_reanchoring

    expect_reanchoring(article_id)
