"""Addresses of feeds, labels and lists of feeds, and of the page that says how they are doing."""

from django.urls import path

from reader.views import feed, feeds, labels, opml, status

urlpatterns = [
    path("feeds/", feeds.feeds, name="feeds"),
    path("feeds/undo/<str:key>/", feeds.undo, name="undo_feeds"),
    path("feeds/import/", opml.import_feeds, name="import_feeds"),
    path("feeds/export.opml", opml.export_feeds, name="export_feeds"),
    path("feeds/labels/", labels.labels, name="labels"),
    path("feeds/labels/<int:label_id>/rename/", labels.rename, name="label_rename"),
    path("feeds/labels/<int:label_id>/delete/", labels.delete, name="label_delete"),
    path("feeds/<int:feed_id>/", feed.feed, name="feed"),
    path("feeds/<int:feed_id>/arrivals/", feed.arrivals, name="feed_arrivals"),
    path("feeds/<int:feed_id>/delivery/", feed.set_feed_delivery, name="feed_delivery"),
    path("feeds/<int:feed_id>/refresh/", feed.refresh_feed, name="feed_refresh"),
    path("feeds/<int:feed_id>/subscribe/", feed.subscribe_here, name="feed_subscribe"),
    path("feeds/<int:feed_id>/unsubscribe/", feed.unsubscribe_here, name="feed_unsubscribe"),
    path("feeds/<int:feed_id>/entries/<int:entry_id>/retry/", feed.retry_entry, name="entry_retry"),
    path("status/", status.status, name="status"),
]
