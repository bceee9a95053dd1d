"""Files, folders and standard input, as one stream of articles."""

import codecs
import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from io import BufferedReader
from pathlib import Path

from reader.ingest.files import MAX_BYTES, Unreadable, decode_html
from reader.ingest.incoming import Arrival, Refusal
from reader.ingest.page import looks_like_html
from reader.ingest.rows import rows
from reader.ingest.whole import read_page_file, read_text_file
from reader.services.errors import Refused

STANDARD_INPUT = "-"
LONGEST_NAME = 500  # as reader.models.Article.file_name

_ROWS = frozenset({".jsonl"})
_PAGES = frozenset({".html", ".htm"})
_TEXTS = frozenset({".txt"})
_TYPES = ".txt, .html, .htm or .jsonl"


class Sources:
    """The articles behind the paths of a command.

    A folder stands for its files, at any depth, in order of their names; other types of files
    in it, and hidden ones, are passed over. `-` is standard input.

    Args:
        advance: is told how many bytes have been read since it was told last.
    """

    def __init__(
        self, paths: Sequence[str], stdin: BufferedReader, advance: Callable[[int], object]
    ) -> None:
        self._paths = paths
        self._stdin = stdin
        self._advance = advance
        self._names: dict[str, Path] = {}

    def size(self) -> int | None:
        """Bytes in all, for a progress bar; None where standard input is among them."""
        if STANDARD_INPUT in self._paths:
            return None
        files = (file for path in self._paths for file, _ in _files(Path(path)))
        return sum(file.stat().st_size for file in files if file.is_file())

    def __iter__(self) -> Iterator[Arrival]:
        for path in self._paths:
            if path == STANDARD_INPUT:
                yield from self._standard_input()
                continue
            count = 0
            for file, name in _files(Path(path)):
                count += 1
                yield from self._file(file, name)
            if not count:
                yield Refusal(_printable(path), f"There is no {_TYPES} file in it.")

    def _file(self, file: Path, name: str) -> Iterator[Arrival]:
        where = _printable(str(file))
        kind = file.suffix.lower()
        try:
            if kind in _ROWS:
                with file.open("rb") as lines:
                    yield from rows(lines, where, self._advance)
            elif kind in _PAGES | _TEXTS:
                self._note_name(file, name)
                with file.open("rb") as opened:
                    content = opened.read(MAX_BYTES + 1)
                self._advance(len(content))
                read = read_page_file if kind in _PAGES else read_text_file
                yield replace(read(content, where=where), file_name=name)
            else:
                raise Refused(f"It is no {_TYPES} file.")
        except OSError as error:
            yield Refusal(where, f"It cannot be read: {error.strerror}.")
        except Refused as refused:
            yield Refusal(where, refused.message)

    def _note_name(self, file: Path, name: str) -> None:
        """A name finds an article again, so one name must not stand for two files."""
        other = self._names.setdefault(name, file)
        if other.resolve() != file.resolve():
            raise Refused(
                f"{_printable(str(other))} has the same name, by which it will be found again. "
                "Import the folder that holds both."
            )
        if len(name) > LONGEST_NAME:
            raise Refused(f"Its name is longer than {LONGEST_NAME} characters.")

    def _standard_input(self) -> Iterator[Arrival]:
        """Rows if the first character is `{`, else one article: a page or a plain text."""
        where = "standard input"
        while (start := self._stdin.peek()) and not start.strip():
            self._stdin.read(len(start))
        if start.removeprefix(codecs.BOM_UTF8).lstrip().startswith(b"{"):
            yield from rows(self._stdin, where, self._advance)
            return
        content = self._stdin.read(MAX_BYTES + 1)
        self._advance(len(content))
        try:
            read = read_page_file if looks_like_html(decode_html(content)) else read_text_file
            yield read(content, where=where)
        except Refused as refused:
            yield Refusal(where, refused.message)
        except Unreadable as error:
            yield Refusal(where, str(error))


def _files(path: Path) -> Iterator[tuple[Path, str]]:
    """The files that a path stands for, each with the name by which it is found again: from the
    folder on, or the last part of a file's own path."""
    if not path.is_dir():
        yield path, _printable(path.name)
        return
    for folder, folders, names in os.walk(path):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            file = Path(folder, name)
            if file.suffix.lower() in _ROWS | _PAGES | _TEXTS and not name.startswith("."):
                yield file, _printable(file.relative_to(path).as_posix())


def _printable(name: str) -> str:
    """A file's name without what UTF-8 cannot write: names are bytes, of any encoding."""
    return os.fsencode(name).decode(errors="replace")
