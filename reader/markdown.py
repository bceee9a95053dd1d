"""Guidelines as people write them, Markdown or plain text, to safe HTML."""

from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt

from reader.ingest.sanitize import sanitize

# Line breaks stay, so that plain text keeps its lines; HTML in the text is shown, not obeyed.
# A picture becomes a link to it: pages show none from elsewhere.
_MARKDOWN = MarkdownIt("commonmark", {"breaks": True, "html": False})
_MARKDOWN.enable("table").disable("image")


def to_html(text: str) -> SafeString:
    """The text as HTML for the inside of a page, whose one `h1` stays alone: headings go one
    level down."""
    tokens = _MARKDOWN.parse(text)
    for token in tokens:
        if token.type in {"heading_open", "heading_close"}:
            token.tag = f"h{min(int(token.tag[1]) + 1, 6)}"
    return mark_safe(sanitize(_MARKDOWN.renderer.render(tokens, _MARKDOWN.options, {})))
