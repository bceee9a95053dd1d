"""What the reading half keeps in Postgres."""

from reader.models.article import Article, Precision, Revision
from reader.models.feed import (
    Delivery,
    EntryStatus,
    Feed,
    FeedEntry,
    FeedStatus,
    Label,
    Subscription,
)
from reader.models.ids import uuid7
from reader.models.picture import Picture, PictureStatus
from reader.models.project import (
    Membership,
    OldSlug,
    Project,
    ProjectArticle,
    Readers,
    Role,
    Visibility,
)
from reader.models.publication import Publication
from reader.models.reading_state import ReadingState
from reader.models.search import (
    SavedSearch,
    SearchBacklog,
    SearchDocument,
    SearchFeed,
    SearchLanguage,
    SentencePrints,
)
from reader.models.user import Invitation, Measure, Theme, Typeface, TypeSize, User
from reader.models.watch import ArticleWatch

__all__ = [
    "Article",
    "ArticleWatch",
    "Delivery",
    "EntryStatus",
    "Feed",
    "FeedEntry",
    "FeedStatus",
    "Invitation",
    "Label",
    "Measure",
    "Membership",
    "OldSlug",
    "Picture",
    "PictureStatus",
    "Precision",
    "Project",
    "ProjectArticle",
    "Publication",
    "Readers",
    "ReadingState",
    "Revision",
    "Role",
    "SavedSearch",
    "SearchBacklog",
    "SearchDocument",
    "SearchFeed",
    "SearchLanguage",
    "SentencePrints",
    "Subscription",
    "Theme",
    "TypeSize",
    "Typeface",
    "User",
    "Visibility",
    "uuid7",
]
