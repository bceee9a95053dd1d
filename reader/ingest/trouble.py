"""What goes wrong while something is fetched, in words."""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.utils.translation import gettext as _
from requests import exceptions as wrong

from reader.ingest.errors import FetchError
from reader.ingest.guard import Blocked


@contextmanager
def in_words(url: str, connect: float, total: float) -> Iterator[None]:
    """Turn what goes wrong on the way to `url` into `FetchError`.

    Args:
        connect: the seconds that a connection may take.
        total: the seconds that all of it may take.
    """
    host = urlsplit(url).hostname
    try:
        yield
    except FetchError:
        raise
    except Blocked as blocked:
        raise FetchError(str(blocked)) from None
    except wrong.ConnectTimeout:
        raise FetchError(
            _("%(host)s did not answer within %(seconds)s seconds.")
            % {"host": host, "seconds": f"{connect:g}"}
        ) from None
    except wrong.Timeout:
        raise FetchError(
            _("%(host)s took longer than %(seconds)s seconds.")
            % {"host": host, "seconds": f"{total:g}"}
        ) from None
    except wrong.SSLError:
        raise FetchError(
            _("%(host)s has no certificate that can be trusted.") % {"host": host}
        ) from None
    except wrong.ContentDecodingError:
        raise FetchError(
            _("%(host)s sent something that cannot be unpacked.") % {"host": host}
        ) from None
    except wrong.ChunkedEncodingError:
        raise FetchError(_("%(host)s broke off in the middle.") % {"host": host}) from None
    except wrong.ConnectionError:
        raise FetchError(_("%(host)s cannot be reached.") % {"host": host}) from None
    except (wrong.RequestException, UnicodeError):
        raise FetchError(
            _("“%(url)s” is not an address that can be opened.") % {"url": url}
        ) from None
