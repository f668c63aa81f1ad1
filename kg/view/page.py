"""One file that needs no other: data, script and style inside, nothing fetched, nothing run.

pyvis builds the network; its page is not used (it links a style sheet from elsewhere and
prints names unescaped). The drawing library is read from the installed pyvis when a page is
written, so no copy of it lies in this project. Above
``kg.view.network.FEW`` points a script of
our own draws with WebGL: plotly's needs code made at run time, which our policy forbids.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import tempfile
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import ViewError
from kg.view.network import small
from kg.view.words import TEMPLATES, words

# Longer data is compressed: a page of 1,000 documents with their clauses stays below 2 MB.
LONG = 200_000
OWN = "unkg (WebGL)"
PICTURE = ("picture.js", "files.js")


class Page(str):
    """A page as HTML text; a notebook shows it at work, in a frame that may do nothing else."""

    __slots__ = ()

    def _repr_html_(self) -> str:
        return (
            '<iframe sandbox="allow-scripts allow-downloads" style="width:100%;height:44em;'
            f'border:1px solid #999" srcdoc="{html.escape(self)}"></iframe>'
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The drawing library's script, the version its header names, and whose it is."""

    script: str
    version: str
    credit: str


def page(
    data: Mapping[str, Any],
    *,
    title: str,
    language: str,
    scripts: Sequence[str],
    library: Library | None = None,
    template: str = "page.html",
) -> Page:
    """The page as text: ``data`` for the ``scripts`` (names in ``templates/``, run in order).

    Only the scripts and the style sheet whose digests stand in the page's own policy may run;
    the data is JSON that no parser can take for markup, compressed where it is long.

    Raises:
        ViewError: no words in that language.
    """
    say = words(language)
    code = "".join(_template(name) for name in ("base.js", *scripts))
    drawn_by = library.script if library else ""
    style = _template("page.css")
    text, packing = packed(as_json({**data, "title": title, "language": language, "words": say}))
    fields = {
        "language": language,
        "direction": say["direction"],
        "policy": _policy(scripts=(drawn_by, code), style=style),
        "title": html.escape(_plain(title)),
        "style": style,
        "credit": html.escape(library.credit if library else OWN),
        "packing": packing,
        "data": text,
        "library": drawn_by,
        "script": code,
    }
    fields |= {f"say_{key}": html.escape(word) for key, word in say.items()}
    filled = re.sub(r"\{\{(\w+)\}\}", lambda found: fields[found[1]], _template(template))
    return Page(filled)


def scripts_for(points: int, lines: int, *scripts: str) -> dict[str, Any]:
    """What ``page`` needs for such a picture: vis-network, or our own renderer for a large one.

    Raises:
        ViewError: the drawing library is not installed.
    """
    if small(points, lines):
        return {"scripts": (*PICTURE, "vis.js", *scripts), "library": drawing_library()}
    return {"scripts": (*PICTURE, "webgl.js", *scripts)}


def packed(text: str) -> tuple[str, str]:
    """Long data compressed, as Base64, and the name of its packing; short data as it is.

    >>> packed("[1]")
    ('[1]', 'none')
    """
    if len(text) < LONG:
        return text, "none"
    return base64.b64encode(zlib.compress(text.encode("utf-8"), 7)).decode("ascii"), "deflate"


def as_json(value: object) -> str:
    r"""JSON that is safe inside a script element and in any encoding of the page.

    >>> as_json("</script>\u2028")
    '"\\u003c/script\\u003e\\u2028"'
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return re.sub("[<>&\u2028\u2029\ud800-\udfff]", lambda c: f"\\u{ord(c[0]):04x}", text)


def write_page(html: str, path: Path) -> None:
    """Write a page whole or not at all, in UTF-8.

    Raises:
        ViewError: the file cannot be written; the text names it, the reason and what to do.
    """
    path = Path(path)
    try:
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".", suffix=".part")
    except OSError as error:
        raise _unwritable(path, error) from error
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as out:
            out.write(html)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(_mode())
        Path(temporary).replace(path)
    except OSError as error:
        raise _unwritable(path, error) from error
    finally:
        Path(temporary).unlink(missing_ok=True)


def _unwritable(path: Path, error: OSError) -> ViewError:
    reason = error.strerror or str(error)
    return ViewError(f"{path}: the page cannot be written ({reason}); choose another -o FILE.html")


def _mode() -> int:
    """What a file made with ``open`` would get; a temporary file is closed to all others."""
    mask = os.umask(0)
    os.umask(mask)
    return 0o666 & ~mask


@cache
def drawing_library() -> Library:
    """vis-network as the installed pyvis carries it, the newest version there.

    Raises:
        ViewError: pyvis is not installed or carries no such script.
    """
    try:
        home = Path(str(files("pyvis")))
    except ModuleNotFoundError as error:
        raise ViewError("pages need pyvis: pip install pyvis") from error
    found = sorted(home.glob("**/vis-*/vis-network.min.js"), key=_release)
    if not found:
        raise ViewError(f"{home}: no vis-network.min.js; pip install --force-reinstall pyvis")
    script = found[-1].read_text(encoding="utf-8").replace("\r\n", "\n").replace("\r", "\n")
    # A source map would be a request as soon as somebody opens the browser's tools.
    script = re.sub(r"\n?//# sourceMappingURL=\S*\s*$", "", script)
    if re.search(r"</script|<!--", script, re.IGNORECASE):
        raise ViewError(f"{found[-1]}: cannot be put into a page; pip install pyvis==0.3.2")
    named = re.search(r"@version\s+(\S+)", script[:2000])
    release = named[1] if named else ""
    return Library(script=script, version=release, credit=_credit(release))


def _release(path: Path) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", path.parent.name))


def _credit(release: str) -> str:
    return (
        f"vis-network {release} (© Almende B.V. and visjs contributors; "
        f"Apache-2.0 or MIT), pyvis {version('pyvis')} (BSD)"
    )


def _policy(*, scripts: tuple[str, ...], style: str) -> str:
    allowed = " ".join(_digest(script) for script in scripts)
    return (
        f"default-src 'none'; script-src {allowed}; style-src {_digest(style)}; "
        "img-src data: blob:; base-uri 'none'; form-action 'none'"
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _template(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


def _plain(text: str) -> str:
    """Without what no page may hold: lone surrogates and control characters."""
    return re.sub("[\ud800-\udfff\x00-\x08\x0b-\x1f\x7f]", "\ufffd", text)
