"""Whether a text gives one record in every format; what differs is printed.

    python tests/formats.py [TEXT …] [--format docx --format html --format pdf] [--show N]

Without files: the corpus at ``../shared``, where there is one, else the project's samples. A
text is made into a Word file, a page and a PDF (its paragraphs as the segmenter joined them,
for the first two), and the records are compared without offsets. A PDF among the files is
compared with what other tools make of it: PDFium's own text, and ``pdftotext`` where it is
installed.
"""

from __future__ import annotations

import argparse
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
sys.path[:0] = [str(ROOT), str(ROOT / "tests")]

from made import docx_of, html_of, pdf_of, script_of  # noqa: E402

from kg.extract import extract  # noqa: E402
from kg.read import read_bytes  # noqa: E402
from kg.record import as_data  # noqa: E402

# What depends on where the words stand and not on what they say.
PLACES = frozenset({
    "start", "end", "spans", "marker", "sha256", "source", "pages", "quote", "segments",
})  # fmt: skip
FONTS = {"CJK": "STSong-Light", "LATIN": "Times-Roman"}


def facts(value: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """The facts of a record, each with where it stands in it."""
    if isinstance(value, dict):
        for key, item in value.items():
            if key not in PLACES:
                yield from facts(item, f"{path}.{key}")
    elif isinstance(value, list):
        for number, item in enumerate(value):
            yield from facts(item, f"{path}[{number}]")
    elif value is not None:
        yield path, " ".join(str(value).split())


def record(data: bytes, name: str) -> dict[str, str]:
    """The facts of a file's bytes, by where they stand."""
    return dict(facts(as_data(extract(read_bytes(data, name=name)))))


def differences(one: dict[str, str], other: dict[str, str]) -> list[str]:
    """The facts that two records do not share."""
    return [
        f"{key}: {one.get(key)!r} {other.get(key)!r}"
        for key in sorted(one.keys() | other.keys())
        if one.get(key) != other.get(key)
    ]


def forms(text: str) -> dict[str, Callable[[], bytes]]:
    """What a text is made into, by format."""
    made: dict[str, Callable[[], bytes]] = {
        "docx": lambda: docx_of(text),
        "html": lambda: html_of(text),
    }
    font = FONTS.get(script_of(text))
    if font:
        made["pdf"] = lambda: pdf_of(text, font=font)
    return made


def texts_of(pdf: Path) -> Iterator[tuple[str, str]]:
    """What other tools make of a PDF, by the tool's name."""
    import pypdfium2

    document = pypdfium2.PdfDocument(pdf)
    yield "pdfium", "\f".join(page.get_textpage().get_text_range() for page in document)
    document.close()
    if shutil.which("pdftotext"):
        for option in ("-raw", "-layout", "-nopgbrk"):
            done = subprocess.run(["pdftotext", option, pdf, "-"], capture_output=True, check=True)
            yield f"pdftotext {option}", done.stdout.decode()
        done = subprocess.run(["pdftotext", pdf, "-"], capture_output=True, check=True)
        yield "pdftotext", done.stdout.decode()


def compared(path: Path, wanted: set[str]) -> Iterator[tuple[str, list[str]]]:
    """A file's record against those of its other forms: the form, and what differs."""
    name = path.name
    if path.suffix == ".pdf":
        own = record(path.read_bytes(), name)
        for tool, text in texts_of(path):
            yield tool, differences(own, record(text.encode(), name))
        return
    text = read_bytes(path.read_bytes(), name=name).text
    own = record(text.encode(), name)
    for format, make in forms(text).items():
        if not wanted or format in wanted:
            yield format, differences(own, record(make(), name))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("files", nargs="*", type=Path)
    parser.add_argument("--format", action="append", default=[])
    parser.add_argument("--show", type=int, default=8)
    options = parser.parse_args()
    files = options.files or _default()
    differing = 0
    for path in files:
        for form, found in compared(path, set(options.format)):
            if found:
                differing += 1
                print(f"{path.name} {form}: {len(found)} facts differ")
                for line in found[: options.show]:
                    print("   ", re.sub(r"(.{220}).+", r"\1…", line))
    print(f"{len(files)} files, {differing} forms of them differ")
    return 1 if differing else 0


def _default() -> list[Path]:
    found = [
        *sorted(CORPUS.glob("en_fr/*.en.txt")),
        *sorted(CORPUS.glob("en_fr/*.fr.md"))[::11],
        *sorted(CORPUS.glob("zh/*.txt")),
        *sorted(CORPUS.glob("pdf/*.pdf")),
    ]
    return found or sorted((ROOT / "kg" / "samples").glob("*.txt"))


if __name__ == "__main__":
    sys.exit(main())
