"""How long rendering takes: `python -m tests.reader.text.measure`, and for the benchmark."""

from collections.abc import Callable
from random import Random
from time import perf_counter

from reader.text import Document, Span, from_html, from_plain, render

_WORDS = ["harbour", "said", "the", "of", "council", "“never”", "&", "naïve", "12,000", "👍"]


def _document(words: int) -> Document:
    random = Random(words)
    paragraphs = [" ".join(random.choices(_WORDS, k=80)) for _ in range(words // 80)]
    return from_plain("\n\n".join(paragraphs))


def _spans(document: Document, number: int, longest: int) -> list[Span]:
    random = Random(number)
    spans = []
    for index in range(number):
        start = random.randrange(len(document.text) - longest)
        end = start + random.randint(1, longest)
        spans.append(
            Span(start, end, index, "quote", f"a{index}", "#c", "Quote", end_label="end of quote")
        )
    return spans


def _seconds(work: Callable[[], object], repeat: int) -> float:
    """The best time of `repeat` runs."""
    times = []
    for _ in range(repeat):
        begin = perf_counter()
        work()
        times.append(perf_counter() - begin)
    return min(times)


def measure() -> dict[str, float]:
    """Seconds by kind of work."""
    article, large = _document(1_000), _document(180_000)
    article_spans, large_spans = _spans(article, 50, 200), _spans(large, 5_000, 3_000)
    text, rows, html = article.text, article.to_json(), render(article)
    return {
        "render 1,000 words with 50 spans": _seconds(lambda: render(article, article_spans), 50),
        "render 1,000 words": _seconds(lambda: render(article), 50),
        f"render {len(large.text) / 1e6:.1f} MB with 5,000 spans": _seconds(
            lambda: render(large, large_spans), 3
        ),
        "plain text of 1,000 words to document": _seconds(lambda: from_plain(text), 50),
        "stored markup of 1,000 words to document": _seconds(
            lambda: Document.from_json(text, rows), 50
        ),
        "HTML of 1,000 words to document": _seconds(lambda: from_html(html), 20),
    }


if __name__ == "__main__":
    for name, seconds in measure().items():
        print(f"{name:45} {seconds * 1000:8.2f} ms")
