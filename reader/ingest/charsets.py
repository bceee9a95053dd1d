"""The character encodings that the web uses, by the names that pages, feeds and servers give."""

import codecs
import re

# https://encoding.spec.whatwg.org/#names-and-labels
_AS_BROWSERS_DO = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "big5hkscs",
}
_WEB_CODECS = re.compile(
    r"utf-8|cp\d+|iso8859-\d+|koi8-[ru]|mac-(?:roman|cyrillic)|gb18030|big5hkscs|euc_jp|iso2022_jp"
)


def web_codec(label: str) -> str | None:
    """The codec for the charset `label`, read as browsers do; None if they have none.

    UTF-16 and UTF-32 are None too: a label that could be read as ASCII is wrong about them.
    """
    try:
        name = codecs.lookup(label).name
    except (LookupError, ValueError):  # a ValueError for a label with NUL in it
        return None
    name = _AS_BROWSERS_DO.get(name, name)
    return name if _WEB_CODECS.fullmatch(name) else None
