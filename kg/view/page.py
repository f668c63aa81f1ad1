"""One file that needs no other: data, script and style inside, nothing fetched, nothing run.

pyvis builds the network; its page is not used (it links a style sheet from elsewhere and
prints names unescaped). The drawing library is read from the installed pyvis when a page is
written, so no copy of it lies in this project.
"""

from __future__ import annotations

import base64
import hashlib
import html
import json
import os
import re
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from kg.errors import ViewError
from kg.view.words import TEMPLATES, words

Data = dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class Library:
    """The drawing library's script and the version its header names."""

    script: str
    version: str


def page(data: Mapping[str, Any], *, title: str, language: str, script: str) -> str:
    """The page as text: ``data`` for the script ``script`` (its name in ``templates/``).

    Only the two scripts and the style sheet whose digests stand in the page's own policy may
    run; the data is JSON that no parser can take for markup.

    Raises:
        ViewError: no words in that language, or the drawing library is not installed.
    """
    say = words(language)
    library = drawing_library()
    code = _template("picture.js") + _template(script)
    style = _template("page.css")
    fields = {
        "language": language,
        "direction": say["direction"],
        "policy": _policy(scripts=(library.script, code), style=style),
        "title": html.escape(_plain(title)),
        "style": style,
        "credit": html.escape(_credit(library)),
        "data": as_json({**data, "title": title, "language": language, "words": say}),
        "library": library.script,
        "script": code,
    }
    fields |= {f"say_{key}": html.escape(text) for key, text in say.items()}
    return re.sub(r"\{\{(\w+)\}\}", lambda found: fields[found[1]], _template("page.html"))


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
    return Library(script=script, version=named[1] if named else "")


def _release(path: Path) -> tuple[int, ...]:
    return tuple(int(digits) for digits in re.findall(r"\d+", path.parent.name))


def _credit(library: Library) -> str:
    return (
        f"vis-network {library.version} (© Almende B.V. and visjs contributors; "
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
