"""What a page says, and what its forms would send."""

import re
from html import unescape

from django.http import HttpResponse


def page_of(response: HttpResponse) -> str:
    return unescape(response.content.decode())


def hidden(response: HttpResponse) -> dict[str, str]:
    """What the forms of a page would send unseen; browsers send line ends as CRLF."""
    found = re.findall(r"<input[^>]*>", response.content.decode())
    inputs = [dict(re.findall(r'(\w+)="([^"]*)"', one)) for one in found]
    return {
        one["name"]: re.sub(r"\r?\n", "\r\n", unescape(one.get("value", "")))
        for one in inputs
        if one.get("type") == "hidden"
    }
