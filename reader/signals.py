"""What the reading half tells those who build on it."""

from django.dispatch import Signal

revised = Signal()
"""An article has a further revision. Sent with `article_id`, in the transaction that adds it."""
