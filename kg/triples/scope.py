"""What the writers of one record share: its IRIs, the authority, where passages lie."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg import iri
from kg.authority import Authority
from kg.model import Pieces, Record
from kg.symbol import Symbol, organ_of
from kg.triples.terms import Fact, link, number, of_type, text
from kg.vocab import DCTERMS, UNKG

ClauseOf = Callable[[str | None, str], str | None]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One record and the identifiers its facts hang on.

    ``document`` and ``version`` are IRIs; ``clause_of`` gives the sub-property of
    ``unkg:cites`` (its local name) that a verb of a language means. The source's ``text`` is
    kept whole with the version and quoted with each paragraph's passage.
    """

    record: Record
    base: str
    document: str
    version: str
    authority: Authority
    clause_of: ClauseOf
    text: str | None = None

    @property
    def language(self) -> str:
        """The language the record was read in."""
        return self.record.language

    def state(self, code: str) -> str:
        """A state's IRI."""
        return iri.state_iri(code, base=self.base)

    def organ(self, code: str) -> str:
        """An organ's IRI."""
        return iri.organ_iri(code, base=self.base)

    def instrument(self, slug: str) -> str:
        """An instrument's IRI."""
        return iri.instrument_iri(slug, base=self.base)

    def addressee(self, key: str) -> str:
        """The IRI of an organ, state or generic actor, by the key requests name it with."""
        authority = self.authority
        if key in authority.organs:
            return self.organ(key)
        if key in authority.states:
            return self.state(key)
        return iri.actor_iri(key, base=self.base) if key in authority.actors else self.organ(key)

    def meeting(self, meeting: int, organ: str) -> str | None:
        """A meeting's IRI; None where the document gives no session to count in."""
        document = self.record.document
        session: int | str | None = document.session
        numbered = Symbol(document.symbol).session if document.symbol else None
        if numbered and "S-" in numbered:
            # The twentieth special session is not the twentieth session.
            session = numbered
        if session is None:
            return None
        return iri.meeting_iri(organ, session, meeting, base=self.base)

    @property
    def committee(self) -> str | None:
        """The code of the committee that reports, or None.

        Its English name leads to it; a name the authority lacks, the series of the drafts.
        """
        name = self.record.document.committee
        if name is None:
            return None
        codes = self.authority.names("organ", "en").get(name, ())
        if len(codes) == 1:
            return codes[0]
        series = {organ_of(p.symbol) for p in self.record.proposals if p.symbol}
        return series.pop() if len(series) == 1 else None

    @property
    def meeting_organ(self) -> str | None:
        """Whose meetings the proceedings count: the committee's in a committee report."""
        document = self.record.document
        if document.kind == "committee-report" and self.committee:
            return self.committee
        return document.organ

    def passage(self, start: int, end: int) -> str:
        """The IRI of a stretch of this language version."""
        return f"{self.version}#char={start},{end}"


def place(scope: Scope, start: int, end: int, *, kind: str = UNKG.Mention) -> Iterator[Fact]:
    """A stretch of the version as a node: its class, version and offsets."""
    passage = scope.passage(start, end)
    yield from of_type(passage, kind)
    yield link(passage, UNKG.inVersion, scope.version)
    yield passage, UNKG.start, number(start)
    yield passage, UNKG.end, number(end)


def mention(
    scope: Scope,
    *,
    of: str,
    quote: str,
    start: int,
    end: int,
    paragraph: str | None = None,
    spans: Pieces = (),
    marker: tuple[int, int] | None = None,
) -> Iterator[Fact]:
    """Where this language version states a fact, and in which words."""
    passage = scope.passage(start, end)
    yield from place(scope, start, end)
    yield passage, UNKG.quote, text(quote)
    yield link(passage, UNKG.mentionOf, of)
    if paragraph:
        yield link(passage, UNKG.inParagraph, paragraph)
    if spans:
        yield passage, UNKG.pieces, text(" ".join(f"{s}-{e}" for s, e in spans))
    if marker:
        yield passage, UNKG.markerStart, number(marker[0])
        yield passage, UNKG.markerEnd, number(marker[1])


_CLASSES = {"resolution": UNKG.Resolution, "decision": UNKG.Decision}


def document_named(scope: Scope, symbol: str) -> Iterator[Fact]:
    """What a symbol alone tells of a document: class, symbol, and organ if it is known."""
    value = Symbol(symbol)
    yield from of_type(value.iri, _CLASSES.get(value.kind, UNKG.Document))
    yield value.iri, UNKG.symbol, text(symbol)
    if value.organ in scope.authority.organs:
        yield link(value.iri, UNKG.organ, scope.organ(value.organ))


def titled(subject: str, title: str | None, language: str) -> Iterator[Fact]:
    """A title in its language, if there is one."""
    if title:
        yield subject, DCTERMS.title, text(title, language)
