"""Addresses of the marking half, nested by noun."""

from django.urls import include, path

from annotations.views import (
    changes,
    claim_deletion,
    claim_editing,
    claim_merging,
    claim_pairs,
    claims,
    editing,
    exporting,
    guide,
    ledger,
    library,
    marking,
    offers,
    pictures,
    placing,
    projects,
    reading,
    refetching,
    replies,
    revisions,
    same_words,
    search,
    search_feed,
    shares,
    speakers,
    stories,
    unlinked,
    withdrawals,
)

# /projects/<slug>/articles/<uuid>/… and, in one's own project, /articles/<uuid>/…
in_article = [
    path("", reading.article, name="article"),
    path("annotations/", marking.mark, name="mark"),
    path("annotations/choose/", marking.choose, name="choose"),
    path("pictures/<str:sha256>.webp", pictures.picture, name="picture"),
    path("place/", placing.place, name="place"),
    path("take-out/", placing.take_out, name="take_out"),
    path("same-words/", same_words.selection, name="selection_same_words"),
    path("revisions/", revisions.listing, name="revisions"),
    path("revisions/compare/", revisions.compare, name="revisions_compare"),
    path("revisions/<int:number>/", revisions.revision, name="revision"),
    path("fetch/", refetching.fetch, name="fetch_again"),
    path("watch/", refetching.watch, name="watch"),
    path("apart/", stories.apart, name="apart"),
    path("together/", stories.together, name="together"),
    path("share/", shares.article_share, name="article_share"),
    path("reply/", replies.article_reply, name="article_reply"),
    path("withdraw/", withdrawals.article_withdraw, name="article_withdraw"),
]

# /annotations/<uuid>/…
in_annotation = [
    path("", reading.permalink, name="annotation"),
    path("edit/", editing.edit, name="annotation_edit"),
    path("edit/by-kind/", offers.by_kind, name="annotation_by_kind"),
    path("edit/offers/", offers.offers, name="annotation_offers"),
    path("extent/", marking.extent, name="annotation_extent"),
    path("decide/", changes.decide, name="annotation_decide"),
    path("decide/<int:anchor_id>/undo/", changes.undecide, name="annotation_undecide"),
    path("delete/", editing.delete, name="annotation_delete"),
    path("restore/", editing.restore, name="annotation_restore"),
    path("history/", editing.history, name="annotation_history"),
    path("same-words/", same_words.passage, name="annotation_same_words"),
    path("same-words/mark/", same_words.mark, name="annotation_mark_elsewhere"),
    path("unmark/", same_words.unmark, name="annotation_unmark"),
    path("share/", shares.annotation_share, name="annotation_share"),
    path("reply/", replies.annotation_reply, name="annotation_reply"),
    path("withdraw/", withdrawals.annotation_withdraw, name="annotation_withdraw"),
]

# /claims/<id>/…
in_claim = [
    path("", claims.claim, name="claim"),
    path("reply/", claims.reply_sought, name="claim_reply_sought"),
    path("share/", shares.claim_share, name="claim_share"),
    path("edit/", claim_editing.edit, name="claim_edit"),
    path("broader/", claim_editing.broader, name="claim_broader"),
    path("broader/<int:broader_id>/", claim_editing.broader_is, name="claim_broader_is"),
    path("merge/", claim_merging.merge, name="claim_merge"),
    path("merge/<int:into_id>/", claim_merging.merge_into, name="claim_merge_into"),
    path("unmerge/", claim_merging.unmerge, name="claim_unmerge"),
    path("split/", claim_merging.split, name="claim_split"),
    path("delete/", claim_deletion.delete, name="claim_delete"),
    path("bring-back/", claim_deletion.bring_back, name="claim_bring_back"),
]

# /speakers/<id>/…
in_speaker = [
    path("", speakers.speaker, name="speaker"),
    path("edit/", speakers.edit, name="speaker_edit"),
    path("merge/", speakers.merge, name="speaker_merge"),
    path("merge/<int:into_id>/", speakers.merge_into, name="speaker_merge_into"),
    path("unmerge/", speakers.unmerge, name="speaker_unmerge"),
    path("share/", shares.speaker_share, name="speaker_share"),
]

# /share/<code>/…: a code has the letters of a slug.
in_share = [
    path("", shares.shared, name="share"),
    path("articles/<uuid:article_id>/", shares.shared_project_article, name="shared_article"),
    path(
        "articles/<uuid:article_id>/pictures/<str:sha256>.webp",
        pictures.shared_picture,
        name="shared_article_picture",
    ),
    path("pictures/<str:sha256>.webp", pictures.shared_picture, name="shared_picture"),
    path("reply/", replies.share_reply, name="share_reply"),
    path("revoke/", shares.revoke, name="share_revoke"),
]

urlpatterns = [
    path("", library.library, name="library"),
    path("search/", search.search, name="search"),
    path("search/narrow/", search.narrow, name="narrow_search"),
    path("searches/<str:token>.atom", search_feed.search_feed, name="search_feed"),
    path("help/", guide.guide, name="help"),
    path("projects/<slug:slug>/", projects.project, name="project"),
    path("projects/<slug:slug>/activity/", projects.activity, name="activity"),
    path("projects/<slug:slug>/export/<str:format_name>", exporting.export, name="export"),
    path("projects/<slug:slug>/ledger/", ledger.ledger, name="ledger"),
    path("projects/<slug:slug>/ledger.<str:extension>", ledger.ledger_file, name="ledger_file"),
    path("projects/<slug:slug>/speakers/", speakers.speakers, name="speakers"),
    path("projects/<slug:slug>/changes/", changes.queue, name="changes"),
    path("projects/<slug:slug>/unlinked/", unlinked.unlinked, name="unlinked"),
    path("projects/<slug:slug>/pairs/", claim_pairs.pairs, name="claim_pairs"),
    path(
        "projects/<slug:slug>/pairs/<int:first_id>/<int:second_id>/<str:verdict>/",
        claim_pairs.judge,
        name="claim_pair",
    ),
    path("projects/<slug:slug>/share/", shares.project_share, name="project_share"),
    path("projects/<slug:slug>/reply/", replies.project_reply, name="project_reply"),
    path("projects/<slug:slug>/replies/", replies.project_replies, name="project_replies"),
    path("projects/<slug:slug>/articles/<uuid:article_id>/", include(in_article)),
    path("articles/<uuid:article_id>/", include(in_article)),
    path("annotations/<uuid:annotation_id>/", include(in_annotation)),
    path("claims/<int:claim_id>/", include(in_claim)),
    path("speakers/<int:speaker_id>/", include(in_speaker)),
    path("share/<slug:code>/", include(in_share)),
    path("replies/<int:reply_id>/decide/", replies.decide, name="reply_decide"),
    path("withdrawals/<int:withdrawal_id>/lift/", withdrawals.lift, name="withdrawal_lift"),
]
