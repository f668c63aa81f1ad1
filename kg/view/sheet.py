"""Pages that are read, not drawn: a template filled in with everything escaped.

Only the scripts and the style sheet whose digests stand in the page's own policy may run.
"""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from kg.view.page import as_json
from kg.view.words import LANGUAGES, TEMPLATES, words

if TYPE_CHECKING:
    from jinja2 import Environment


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A page and the policy its reader holds it to (also for the header of an answer)."""

    html: str
    policy: str


def sheet(
    template: str,
    *,
    language: str,
    title: str,
    scripts: Iterable[str] = (),
    data: Mapping[str, Any] | None = None,
    served: bool = False,
    **values: Any,
) -> Sheet:
    """A page from ``templates/``: ``values`` for the template, ``data`` for the scripts.

    ``served`` pages may ask the server they come from and send forms to it; others nobody.

    Raises:
        ViewError: no words in that language.

    >>> page = sheet("message.html", language="en", title="<b>", message="<script>", status=404)
    >>> "<script>" in page.html, "&lt;script&gt;" in page.html
    (False, True)
    """
    say = words(language)
    code = "".join(_text(name) for name in scripts)
    style = _text("sheet.css")
    policy = policy_of(code, style, served=served)
    filled = _environment().get_template(template)
    html = filled.render(
        say=say,
        language=language,
        languages=LANGUAGES,
        names={code: words(code)["own_name"] for code in LANGUAGES},
        title=title,
        policy=policy,
        style=style,
        script=code,
        data=as_json({**(data or {}), "words": _for_scripts(say), "language": language}),
        served=served,
        **values,
    )
    return Sheet(html=plain(html), policy=policy)


def policy_of(script: str, style: str, *, served: bool) -> str:
    """A Content-Security-Policy that allows one script, one style sheet and nothing from afar."""
    reach = "'self'" if served else "'none'"
    return (
        f"default-src 'none'; script-src {_digest(script)}; style-src {_digest(style)}; "
        f"img-src data:; connect-src {reach}; form-action {reach}; base-uri 'none'"
    )


def plain(text: str) -> str:
    """Without what no page may hold: lone surrogates and control characters."""
    return re.sub("[\ud800-\udfff\x00-\x08\x0b\x0e-\x1f\x7f]", "\ufffd", text)


def _for_scripts(say: Mapping[str, str]) -> dict[str, str]:
    """The words that scripts say; the rest stands in the page already."""
    return {key: text for key, text in say.items() if key.startswith(("s_", "mark_"))}


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _text(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
