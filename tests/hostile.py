"""A record in which every text a document may fill tries to be something else than text."""

from __future__ import annotations

import sys
from html.parser import HTMLParser
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from kg.model import Citation, DocumentData, Paragraph, Proposal, Record, Text, Unresolved

HOSTILE = "</script><script>window.hurt=1</script><img src=x onerror=window.hurt=1>\u202e\x00"


def hostile() -> Record:
    """Every field that a document may fill tries to be something else than text."""
    cited = Citation(
        target=HOSTILE, via="text", verb=HOSTILE, title=HOSTILE, quote="x", start=0, end=5
    )
    paragraph = Paragraph(
        kind="operative", n=HOSTILE, verb=HOSTILE, start=0, end=20, citations=(cited,)
    )
    data = DocumentData(
        symbol=HOSTILE, symbol_from=None, kind="other", organ=HOSTILE, committee=None,
        language="en", session=None, agenda_item=None, title=HOSTILE,
    )  # fmt: skip
    return Record(
        source=HOSTILE,
        sha256="",
        language="en",
        document=data,
        proposals=(Proposal(symbol=HOSTILE, kind="amendment", title=HOSTILE, sponsors=(HOSTILE,)),),
        texts=(Text(label=HOSTILE, title=HOSTILE, paragraphs=(paragraph,)),),
        unresolved=(Unresolved(text=HOSTILE, start=2, end=9, reason=HOSTILE),),
    )


class Tags(HTMLParser):
    """All elements of a page with their attributes."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.seen: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.seen.append((tag, dict(attrs)))


def assert_harmless(html: str, *, scripts: int) -> None:
    """No element, attribute or address but those of our templates."""
    assert "\x00" not in html
    tags = Tags(html).seen
    assert [tag for tag, _ in tags].count("script") == scripts
    assert not {"img", "iframe", "object", "base", "embed"} & {tag for tag, _ in tags}
    for _, attributes in tags:
        assert not any(name.startswith("on") or name == "style" for name in attributes)
        assert (
            not (attributes.get("href") or "").strip().lower().startswith(("javascript", "data:t"))
        )


def main() -> int:
    """``python tests/hostile.py [--full]``: see ``hostile_folder``."""
    import argparse
    import tempfile

    from hostile_folder import run

    parser = argparse.ArgumentParser(description="Build a store of a folder of hostile files.")
    parser.add_argument("--full", action="store_true", help="files of full size")
    with tempfile.TemporaryDirectory(prefix="unkg-hostile-") as scratch:
        return run(Path(scratch), full=parser.parse_args().full)


if __name__ == "__main__":
    sys.exit(main())
