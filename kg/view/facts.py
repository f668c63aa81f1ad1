"""What was found in a document, fact by fact: where it stands, what it stands for, in words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from kg.authority import Authority, load_authority
from kg.model import (
    Citation,
    Evidence,
    InstrumentMention,
    Paragraph,
    Pieces,
    Proposal,
    Record,
    Request,
    StateMention,
    Unresolved,
)
from kg.triples.paragraphs import paragraph_iri, part_iri
from kg.view.places import draft_told
from kg.view.words import words

Row = tuple[str, str]
# A paragraph, the fragment of its IRI, the label of the text it belongs to.
Named = tuple[Paragraph, str, str | None]
KINDS = ("citation", "instrument", "state", "request", "sponsor", "procedure", "unresolved")
TIERS = {
    "sponsors": "submitted",
    "additional_sponsors": "joined",
    "withdrawn_sponsors": "withdrawn",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """One fact of a document: its kind (one of ``KINDS``) and the stretches that state it.

    ``name`` says what it stands for; ``target`` is what it resolves to: "work" or "state" and
    its symbol, slug or code. ``rows`` are the rest in words: heading and text. ``marker`` is
    where a footnote's marker stands; ``paragraph`` the fragment of the IRI of the paragraph
    that states it, empty outside of paragraphs.
    """

    kind: str
    pieces: Pieces
    name: str
    target: tuple[str, str] | None = None
    rows: tuple[Row, ...] = ()
    marker: tuple[int, int] | None = None
    doubtful: bool = False
    paragraph: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Names:
    """The words of one language, and the names that things have in it."""

    language: str
    say: Mapping[str, str]
    authority: Authority

    @classmethod
    def of(cls, language: str) -> Names:
        """The words of a page in ``language`` and the authority's names."""
        return cls(language=language, say=words(language), authority=load_authority())

    def state(self, code: str) -> str:
        """A state's name, its code if it has none."""
        known = self.authority.states.get(code)
        return known.label(self.language) if known else code

    def instrument(self, slug: str) -> str:
        """An instrument's name, its slug if it has none."""
        known = self.authority.instruments.get(slug)
        return known.label(self.language) if known else slug

    def addressee(self, key: str) -> str:
        """The name of whoever is asked: an organ, a state or a generic actor."""
        schemes = (self.authority.organs, self.authority.states, self.authority.actors)
        known = next((scheme[key] for scheme in schemes if key in scheme), None)
        return known.label(self.language) if known else key

    def rows(self, *pairs: tuple[str, str | None]) -> tuple[Row, ...]:
        """Rows whose headings are words; those without a text are left out."""
        return tuple((self.say[key], text) for key, text in pairs if text)


def found_in(record: Record, *, language: str) -> tuple[Found, ...]:
    """All facts of a record that stand somewhere in its text, in printed order.

    Source of the offsets: the record; a fact of two pieces has both.

    >>> from kg.model import Citation, DocumentData, Text
    >>> cited = Citation(target="A/RES/56/119", via="text", quote="56/119", start=9, end=15)
    >>> paragraph = Paragraph(kind="preambular", n="1", verb="Recalling", start=0, end=15,
    ...     citations=(cited,))
    >>> data = DocumentData(symbol=None, symbol_from=None, kind="other", organ="GA",
    ...     committee=None, language="en", session=None, agenda_item=None)
    >>> record = Record(source="a.txt", sha256="0" * 64, language="en", document=data,
    ...     texts=(Text(label=None, title=None, paragraphs=(paragraph,)),))
    >>> [(fact.kind, fact.name, fact.pieces) for fact in found_in(record, language="en")]
    [('citation', 'A/RES/56/119', ((9, 15),))]
    """
    names = Names.of(language)
    found = [
        *(
            replace(fact, paragraph=name)
            for paragraph, name, _ in named_paragraphs(record)
            for fact in _in_text(paragraph, names)
        ),
        *(fact for proposal in record.proposals for fact in _of_proposal(proposal, names)),
        *(_unresolved(seen, names) for seen in record.unresolved),
    ]
    return tuple(sorted(found, key=lambda fact: (fact.pieces[0], KINDS.index(fact.kind))))


def named_paragraphs(record: Record) -> Iterator[Named]:
    """Each paragraph with the fragment of its IRI, as the graph has it."""
    taken: Counter[str] = Counter()
    for text in record.texts:
        work = part_iri("", text.label)
        for paragraph in text.paragraphs:
            yield paragraph, paragraph_iri(work, paragraph, taken).lstrip("#"), text.label


def _in_text(paragraph: Paragraph, names: Names) -> Iterator[Found]:
    for cited in paragraph.citations:
        yield _citation(cited, paragraph, names)
    for named in paragraph.instruments:
        yield _instrument(named, paragraph, names)
    for state in paragraph.states:
        yield _state(state, names)
    for request in paragraph.requests:
        yield _request(request, names)


def _citation(cited: Citation, paragraph: Paragraph, names: Names) -> Found:
    say = names.say
    return Found(
        kind="citation",
        pieces=cited.spans or ((cited.start, cited.end),),
        name=cited.target,
        target=("work", cited.target),
        rows=names.rows(
            ("verb", cited.verb or paragraph.verb),
            ("place", say[f"via_{cited.via}"]),
            ("date", cited.date),
            ("title", cited.title),
            ("doubt", say["doubt_marker"] if cited.doubt else None),
        ),
        marker=cited.marker,
        doubtful=bool(cited.doubt),
    )


def _instrument(named: InstrumentMention, paragraph: Paragraph, names: Names) -> Found:
    say = names.say
    registered = "; ".join(f"{u.volume}, {u.number}" for u in named.unts)
    return Found(
        kind="instrument" if named.target else "unresolved",
        pieces=named.spans or ((named.start, named.end),),
        name=names.instrument(named.target) if named.target else named.name,
        target=("work", named.target) if named.target else None,
        rows=names.rows(
            ("reason", None if named.target else say["not_in_authority"]),
            ("verb", named.verb or paragraph.verb),
            ("place", say[f"via_{named.via}"]),
            ("registered", registered),
        ),
        marker=named.marker,
    )


def _state(state: StateMention, names: Names) -> Found:
    return Found(
        kind="state",
        pieces=((state.start, state.end),),
        name=names.state(state.target),
        target=("state", state.target),
    )


def _request(request: Request, names: Names) -> Found:
    say, due = names.say, request.due
    asked = [names.addressee(a.target) if a.target else a.name for a in request.addressees]
    when = [say["due_session"].replace("{n}", str(due.session))] if due and due.session else []
    when += [names.addressee(due.organ)] if due and due.organ else []
    when += [due.date] if due and due.date else []
    return Found(
        kind="request",
        pieces=request.spans or ((request.start, request.end),),
        name=request.verb,
        rows=names.rows(
            ("modality", say[f"modality_{request.modality}"]),
            ("addressee", say["comma"].join(asked)),
            ("report", say["report_asked"] if request.report else None),
            ("due", say["comma"].join(when)),
            ("report_to", names.addressee(request.to) if request.to else None),
        ),
    )


def _of_proposal(proposal: Proposal, names: Names) -> Iterator[Found]:
    for evidence in proposal.evidence:
        yield _evidence(evidence, proposal, names)


def _evidence(evidence: Evidence, proposal: Proposal, names: Names) -> Found:
    say, tier = names.say, TIERS.get(evidence.fact)
    fact = say.get(f"fact_{evidence.fact}", say["fact_proposal"])
    value = evidence.value
    known = value is not None and value in names.authority.states
    name = names.state(value) if known and value else value or fact
    return Found(
        kind="sponsor" if tier else "procedure",
        pieces=((evidence.start, evidence.end),),
        name=name,
        target=("state", value) if known and value else None,
        rows=names.rows(
            ("what", say[f"tier_is_{tier}"] if tier else fact),
            ("draft", proposal.symbol or proposal.title or _called(proposal, say)),
            ("meeting", str(evidence.meeting) if evidence.meeting is not None else None),
        ),
    )


def _called(proposal: Proposal, say: Mapping[str, str]) -> str | None:
    return draft_told(proposal.recommended_as, say) if proposal.recommended_as else None


def _unresolved(seen: Unresolved, names: Names) -> Found:
    return Found(
        kind="unresolved",
        pieces=((seen.start, seen.end),),
        name=seen.text[:200],
        rows=names.rows(("reason", seen.reason), ("candidates", ", ".join(seen.candidates))),
    )
