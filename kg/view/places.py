"""Where a paragraph stands, in the words of a page's language."""

from __future__ import annotations

import re
from collections.abc import Mapping
from urllib.parse import unquote

_PLACE = re.compile(
    r"(?:draft-(?P<part>.+?)-)?"  # the part of a report
    r"(?P<kind>pp|op|para-|annex-)(?P<n>[^-].*)"  # the paragraph in it
)
_DRAFT = re.compile(r"draft (?P<kind>resolution|decision)\b ?(?P<n>.*)")


def place_told(fragment: str, say: Mapping[str, str]) -> str:
    """The fragment of a paragraph's IRI as the United Nations name such a paragraph.

    What is no paragraph of a known kind stays as it is.

    >>> from kg.view.words import words
    >>> place_told("draft-IV-op2", words("en")), place_told("pp3", words("fr"))
    ('draft resolution IV, operative paragraph 2', 'alinéa 3 du préambule')
    """
    found = _PLACE.fullmatch(fragment)
    if found is None:
        return fragment
    words = say[f"para_{found['kind'].rstrip('-')}"].replace("{n}", unquote(found["n"]))
    if found["part"] is None:
        return words
    part = unquote(found["part"])
    draft = f"draft {part.replace('-', ' ')}" if part.startswith("decision") else None
    return f"{draft_told(draft or f'draft resolution {part}', say)}{say['comma']}{words}"


def draft_told(name: str, say: Mapping[str, str]) -> str:
    """What a report calls a draft, in the words of a page's language.

    >>> from kg.view.words import words
    >>> draft_told("draft resolution IV", words("es")), draft_told("draft decision", words("fr"))
    ('proyecto de resolución IV', 'projet de décision')
    """
    found = _DRAFT.fullmatch(name)
    if found is None:
        return name
    return say[f"draft_{found['kind']}_n"].replace("{n}", found["n"]).strip()
