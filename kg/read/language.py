"""Which of the six languages a text is in, by its letters and its commonest words."""

from __future__ import annotations

import re

from kg.errors import LanguageError
from kg.languages import available, load_language

_SCRIPTS = {
    "zh": re.compile(r"[\u4e00-\u9fff]"),
    "ar": re.compile(r"[\u0620-\u064a]"),
    "ru": re.compile(r"[\u0400-\u04ff]"),
}
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f]")
# A Chinese character says about as much as three letters of an alphabet.
_WEIGHT = {"zh": 3}


def detect_language(text: str) -> str:
    """The ISO 639-1 code of a text's language; the first 20,000 characters decide.

    Raises:
        LanguageError: no script or word tells, or the language has no table.

    >>> detect_language("Recalling its resolution 70/1 of 25 September 2015 and the report of")
    'en'
    """
    sample = text[:20_000]
    counts = {
        code: len(pattern.findall(sample)) * _WEIGHT.get(code, 1)
        for code, pattern in _SCRIPTS.items()
    }
    latin = len(_LATIN.findall(sample))
    script = max(counts, key=lambda code: counts[code])
    if counts[script] > latin / 2:
        if script in available():
            return script
        raise LanguageError(f"is in a language without a table ({script})")
    return _latin(sample)


def _latin(sample: str) -> str:
    words = re.findall(r"[a-z\u00e0-\u024f]+", sample.lower())
    scores = {
        code: sum(word in frequent for word in words)
        for code in available()
        if (frequent := frozenset(load_language(code).words.get("frequent", ())))
        and load_language(code).spaced
    }
    best = max(scores, key=lambda code: scores[code], default=None)
    if best is None or scores[best] < max(1, len(words) // 50):
        raise LanguageError("is in no language that is known; name it with --language")
    return best
