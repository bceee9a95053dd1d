"""One key for all the addresses of one article.

Conservative: it levels only what is known to lead to the same article. A key too many makes a
second copy; a key too few would turn one article into a revision of another.
"""

import hashlib
import re
from urllib.parse import quote, urlsplit

_HOST_PREFIXES = ("www.", "m.", "amp.")
_SECOND_LEVELS = frozenset({"ac", "co", "com", "edu", "gov", "net", "org"})
_DEFAULT_PORTS = frozenset({None, 80, 443})
_TRACKING = re.compile(
    r"""utm_\w+ | mtm_(campaign|kwd|medium|source) | pk_(campaign|kwd) | at_(campaign|medium)
    | ns_(campaign|linkname|mchannel|source) | mc_[ce]id | oly_(anon|enc)_id | _hs(enc|mi)
    | (fb|g|d|tt|tw|y)clid | msclkid | [gw]braid | gclsrc | srsltid | igsh(id)? | _g[al]
    | cmp(id)? | mkt_tok | ocid | s_cid | smid | smtyp | vero_id | xtor""",
    re.VERBOSE,
)
_AMP_PARAMETERS = frozenset({("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp")})
_AMP_EXTENSION = re.compile(r"\.amp(?=\.html?$|$)")
_ESCAPE = re.compile(r"%([0-9a-fA-F]{2})")
_UNRESERVED = re.compile(r"[A-Za-z0-9._~-]")


def url_key(url: str) -> str:
    """SHA-256, in hex, of what tells an article's address from others; "" for "".

    Scheme, default port, "www.", "m." and "amp." hosts, the case of the host, fragments (but for
    "#!…"), tracking parameters, a trailing slash and AMP suffixes do not count. Other parameters
    do, in their order.

    Raises:
        ValueError: `url` is no address.
    """
    if not url:
        return ""
    parts = urlsplit(url.strip())
    host = _host(parts.hostname or "")
    port = "" if parts.port in _DEFAULT_PORTS else f":{parts.port}"
    query = "&".join(pair for pair in parts.query.split("&") if pair and not _is_noise(pair))
    address = f"{host}{port}{_path(parts.path)}"
    if query:
        address += f"?{_escapes_levelled(query)}"
    if parts.fragment.startswith("!"):
        address += f"#{parts.fragment}"
    return hashlib.sha256(address.encode("utf-8", "surrogatepass")).hexdigest()


def _host(host: str) -> str:
    host = host.rstrip(".")
    try:
        host = host.encode("idna").decode()
    except UnicodeError:  # no name that DNS knows, but perhaps one that a crawler wrote
        host = host.lower()
    while True:
        prefix = next((p for p in _HOST_PREFIXES if host.startswith(p)), None)
        rest = host[len(prefix) :] if prefix else ""
        labels = rest.split(".")
        if len(labels) < 2 or (len(labels) == 2 and labels[0] in _SECOND_LEVELS):
            return host
        host = rest


def _path(path: str) -> str:
    path = _AMP_EXTENSION.sub("", _escapes_levelled(path).rstrip("/"))
    before, slash, last = path.rpartition("/")
    # "/wiki/amp" is an article about something else than "/wiki": the suffix counts only behind
    # what looks like the name of an article.
    if slash and last == "amp" and re.search(r"[\d-]", before.rpartition("/")[2]):
        return before
    return path


def _escapes_levelled(text: str) -> str:
    """Percent-escapes as RFC 3986, section 6.2.2, has them: upper case, and only where needed."""

    def level(match: re.Match[str]) -> str:
        character = chr(int(match[1], 16))
        return character if _UNRESERVED.fullmatch(character) else match[0].upper()

    return quote(_ESCAPE.sub(level, text), safe="%/:@!$&'()*+,;=?~", errors="surrogatepass")


def _is_noise(pair: str) -> bool:
    name, _, value = pair.lower().partition("=")
    return _TRACKING.fullmatch(name) is not None or (name, value) in _AMP_PARAMETERS
