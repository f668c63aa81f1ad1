"""The explorer's pages: each a function of a reader, run where queries are run.

``render`` is what the server calls in one of its query processes; it answers with JSON that
holds a status, the page and the policy its reader holds it to.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from kg.errors import QueryError, StoreError, SymbolError
from kg.view.sheet import Sheet, sheet
from kg.view.words import words

if TYPE_CHECKING:
    from kg.store import Reader

Given = Mapping[str, str]


class NothingThereError(QueryError):
    """What a page was asked for is not in the store."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A page's address: its path, what it was given, and the language of its words."""

    path: str
    given: Given
    language: str

    def __getitem__(self, name: str) -> str:
        return self.given.get(name, "").strip()

    @property
    def say(self) -> Mapping[str, str]:
        """The words of the page's language."""
        return words(self.language)

    def link(self, path: str, **given: object) -> str:
        """The address of another page, in the same language.

        >>> Asked(path="/", given={}, language="fr").link("/document", symbol="A/RES/70/1")
        '/document?symbol=A%2FRES%2F70%2F1&lang=fr'
        """
        told = {name: str(value) for name, value in given.items() if value not in ("", None)}
        return f"{path}?{urlencode({**told, 'lang': self.language})}"

    def here(self, language: str) -> str:
        """The address of this page in another language."""
        return f"{self.path}?{urlencode({**self.given, 'lang': language})}"

    def sheet(self, template: str, **values: Any) -> Sheet:
        """A page of the explorer."""
        return sheet(
            template, language=self.language, served=True, here=self.here, go=self.link, **values
        )


def render(
    reader: Reader, *, page: str, path: str, given: Given, language: str
) -> tuple[str, bytes]:
    """A page as ``(content type, JSON)``: ``status``, ``html``, ``policy``.

    Raises:
        UnkgError: the store cannot answer.
    """
    asked = Asked(path=path, given=given, language=language)
    status = 200
    try:
        made = _pages()[page](reader, asked)
    except (NothingThereError, QueryError, StoreError, SymbolError) as error:
        status = 404 if isinstance(error, NothingThereError) else 400
        made = missing(asked, str(error))
    body = {"status": status, "html": made.html, "policy": made.policy}
    return "application/json", json.dumps(body).encode()


def missing(asked: Asked, message: str) -> Sheet:
    """A page that says what was not found."""
    return asked.sheet("message.html", title=asked.say["not_found"], message=message)


def of_drawing(html: str, asked: Asked, links: Mapping[str, str]) -> Sheet:
    """A drawn page (``kg.view.chain_page`` …) with ways back to the explorer's other pages."""
    import html as escape

    ways = " · ".join(
        f'<a href="{escape.escape(href)}">{escape.escape(name)}</a>' for name, href in links.items()
    )
    html = html.replace(
        '<div class="heading">', f'<div class="heading"><p class="faint ways">{ways}</p>', 1
    )
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', html)
    policy = escape.unescape(found[1]) if found else "default-src 'none'"
    return Sheet(html=html, policy=policy)


def _pages() -> Mapping[str, Callable[[Reader, Asked], Sheet]]:
    from kg.serve import explorer_pages, explorer_query, explorer_things

    return {
        "home": explorer_pages.home,
        "search": explorer_pages.search,
        "document": explorer_pages.document,
        "chain": explorer_pages.chain,
        "cosponsors": explorer_pages.cosponsors,
        "work": explorer_things.work,
        "instrument": explorer_things.instrument,
        "state": explorer_things.state,
        "query": explorer_query.query,
    }
