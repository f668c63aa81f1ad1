"""Candidates as a Turtle file that a person reads and corrects: one block a candidate."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from kg.harvest.model import Candidate, Evidence, Name
from kg.harvest.terms import DOCUMENT, heading, literal
from kg.numerals import roman

_HEAD = """\
# Candidates for the authority, as kg harvest proposes them: one block each, the best attested
# first; those that something contradicts stand last. Set unkg:approved to true where a block is
# right, correct what is nearly right, then run: kg authority add THIS-FILE
"""
_LABELS = {
    "new instrument": "skos:prefLabel",
    "further name": "skos:altLabel",
    "short name": "unkg:shortName",
}


def write_candidates(candidates: Sequence[Candidate]) -> str:
    """The file of candidates, none of them approved."""
    sound = [c for c in candidates if not c.contradictions]
    doubted = [c for c in candidates if c.contradictions]
    parts = [heading(), _HEAD, f"# {len(sound)} candidates, {len(doubted)} contradicted.\n"]
    parts += [block_of(c) for c in sound]
    if doubted:
        parts.append("\n# ---- Contradicted: look twice " + "-" * 50 + "\n")
    parts += [block_of(c) for c in doubted]
    return "\n".join(parts)


def block_of(candidate: Candidate) -> str:
    """One candidate as a block with a line of comment above."""
    many = "document" if candidate.documents == 1 else "documents"
    lines = [f"# {candidate.proposal} · {candidate.documents} {many}"]
    lines += [f"# ! {reason}" for reason in candidate.contradictions]
    statements = list(_statements(candidate))
    body = " ;\n".join(f"    {statement}" for statement in statements)
    return "\n".join(lines) + f"\ncandidate:{name_of(candidate)} a unkg:Candidate ;\n{body} .\n"


def name_of(candidate: Candidate) -> str:
    """A name for a candidate that stays the same from run to run."""
    said = (candidate.names, candidate.registrations, candidate.annexes)
    text = f"{candidate.proposal} {candidate.about} {said}"
    return f"c{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def _statements(candidate: Candidate) -> Iterator[str]:
    yield "unkg:approved false"
    yield f"unkg:proposes {literal(candidate.proposal)}"
    yield f"unkg:about instrument:{candidate.about}"
    if candidate.new_class:
        yield f"unkg:newClass unkg:{candidate.new_class}"
    yield from (f"{_label(candidate, n)} {literal(n.text, n.language)}" for n in candidate.names)
    for unts in candidate.registrations:
        yield f"unkg:registeredAs unts:{unts.volume}-{unts.number}"
    for symbol, number in candidate.annexes:
        yield f"unkg:annexedTo {document_iri(symbol)}{_annex(number)}"
    yield f"unkg:documents {candidate.documents}"
    yield from (f"unkg:evidence {literal(evidence_of(e))}" for e in candidate.evidence)
    yield from (f"unkg:contradiction {literal(why)}" for why in candidate.contradictions)


def _label(candidate: Candidate, name: Name) -> str:
    return _LABELS[candidate.proposal] if name.base else "skos:hiddenLabel"


def _annex(number: int | None) -> str:
    """The number of an annex, for the reader: the authority keeps the document only."""
    return f" # annex {roman(number)}\n       " if number else ""


def document_iri(symbol: str) -> str:
    """A document as the authority writes it.

    >>> document_iri("A/RES/2200(XXI)A")
    '<https://undocs.org/A/RES/2200(XXI)A>'
    """
    return f"<{DOCUMENT}{quote(symbol, safe='/()')}>"


def evidence_of(evidence: Evidence) -> str:
    """A place in one line: the document, the paragraph, the words."""
    where = f"{evidence.document} ({evidence.language})"
    return f"{where}, {evidence.paragraph}: {evidence.quote}"
