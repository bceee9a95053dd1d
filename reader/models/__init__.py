"""What the reading half keeps in Postgres."""

from reader.models.article import Article, Precision, Revision
from reader.models.ids import uuid7
from reader.models.project import (
    Membership,
    OldSlug,
    Project,
    ProjectArticle,
    Readers,
    Role,
    Visibility,
)
from reader.models.publication import Feed, Publication
from reader.models.user import Invitation, User

__all__ = [
    "Article",
    "Feed",
    "Invitation",
    "Membership",
    "OldSlug",
    "Precision",
    "Project",
    "ProjectArticle",
    "Publication",
    "Readers",
    "Revision",
    "Role",
    "User",
    "Visibility",
    "uuid7",
]
