"""Hyphens at line ends: those of the word, and those that only the line's end put there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_CUT = re.compile(r"([^\W\d_]+)-[ \t]*\n\s*([^\W\d_]+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Hyphens:
    """A document's words; ``joining`` tells whether it breaks words at line ends.

    What the UN prints today breaks none, so a document has to prove that it does.
    """

    words: frozenset[str]
    joining: bool

    def soft(self, before: str, after: str) -> bool:
        """Whether the hyphen between two lines is the line end's and not the word's.

        The document itself proves it: it prints the word elsewhere, whole or hyphenated. A
        word that it prints nowhere else follows the document's other words.

        >>> hyphens = hyphens_of("Inter-\\nnational law, international, Timor-\\nLeste, cease-fire")
        >>> hyphens.soft("in inter-", "national"), hyphens.soft("of Timor-", "Leste")
        (True, False)
        >>> hyphens.soft("a cease-", "fire")
        False
        """
        head, tail = _WORD.findall(before[-60:-1]), _WORD.match(after[:60])
        if not head or not tail or not before.endswith("-") or not after[0].islower():
            return False
        if not before[-2].isalpha():
            return False
        proven = self._proven(head[-1], tail[0])
        return self.joining if proven is None else proven

    def _proven(self, head: str, tail: str) -> bool | None:
        if (head + tail).lower() in self.words:
            return True
        return False if f"{head}-{tail}".lower() in self.words else None


@lru_cache(maxsize=4)
def hyphens_of(text: str) -> Hyphens:
    """The words of a text, and whether more of its line-end hyphens are soft than hard."""
    if not re.search(r"-[ \t]*\n", text):
        return Hyphens(words=frozenset(), joining=False)
    unbroken = _CUT.sub(" ", text)
    words = frozenset(word.lower() for word in _WORD.findall(unbroken))
    known = Hyphens(words=words, joining=True)
    proofs = [known._proven(head, tail) for head, tail in _CUT.findall(text) if tail[0].islower()]
    soft, hard = proofs.count(True), proofs.count(False)
    return Hyphens(words=words, joining=soft > hard)
