"""What the marking half keeps in Postgres."""

from annotations.models.anchor import Anchor, AnchorMaker, AnchorStatus, Decision, Fragment
from annotations.models.annotation import (
    Annotation,
    Attribution,
    AttributionRole,
    Flag,
    Kind,
    Origin,
    Wording,
)
from annotations.models.claim import Claim, ClaimLink, ClaimPair, Scope, Verdict
from annotations.models.reply import Reply, ReplyKind, ReplyStatus, Withdrawal
from annotations.models.reply_sought import ReplySought, Sought
from annotations.models.search import ClaimWord, SearchPassage
from annotations.models.share import Share
from annotations.models.speaker import Speaker, SpeakerType

__all__ = [
    "Anchor",
    "AnchorMaker",
    "AnchorStatus",
    "Annotation",
    "Attribution",
    "AttributionRole",
    "Claim",
    "ClaimLink",
    "ClaimPair",
    "ClaimWord",
    "Decision",
    "Flag",
    "Fragment",
    "Kind",
    "Origin",
    "Reply",
    "ReplyKind",
    "ReplySought",
    "ReplyStatus",
    "Scope",
    "SearchPassage",
    "Share",
    "Sought",
    "Speaker",
    "SpeakerType",
    "Verdict",
    "Withdrawal",
    "Wording",
]
