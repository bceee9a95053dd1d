"""What an HTML parser other than ours to write makes of rendered HTML."""

from collections import defaultdict
from dataclasses import dataclass, field

from selectolax.lexbor import LexborHTMLParser, LexborNode

from reader.text import Document


@dataclass
class Parsed:
    """The text content of a page's article, and what its marks hold, by annotation number."""

    text: str = ""
    marks: defaultdict[int, str] = field(default_factory=lambda: defaultdict(str))
    depth: int = 0
    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    trouble: list[str] = field(default_factory=list)


def parsed(html: str) -> Parsed:
    """Parse `html` as the inside of an article and note what a browser would find."""
    page = LexborHTMLParser(f"<!doctype html><article>{html}</article>")
    result = Parsed()
    article = page.css_first("article")
    assert article is not None
    _walk(article, result)
    return result


def words(document: Document, start: int, end: int) -> str:
    """`text[start:end]` without the block separators."""
    inside = bytearray(len(document.text))
    for low, high in document.leaves():
        inside[low:high] = b"\1" * (high - low)
    for r in document.inlines():
        if r.type == "break":
            inside[r.start] = 0
    return "".join(document.text[i] for i in range(start, end) if inside[i])


def _walk(article: LexborNode, result: Parsed) -> None:
    above: list[LexborNode] = []
    node: LexborNode | None = article.child
    while node is not None:
        if node.is_text_node:
            text = node.text_content or ""
            result.text += text
            for mark in (n for n in above if n.tag == "mark"):
                for number in (mark.attributes["data-a"] or "").split():
                    result.marks[int(number)] += text
        else:
            tags = [n.tag for n in above]
            if node.tag in ("a", "mark") and node.tag in tags:
                result.trouble.append(f"{node.tag} in {node.tag}")
            result.elements.append((node.tag or "", dict(node.attributes)))
        if node.child is not None:
            above.append(node)
            result.depth = max(result.depth, len(above))
            node = node.child
            continue
        while node is not None and node.next is None:
            node = above.pop() if above else None
        node = node.next if node is not None else None
