"""The values that travel through the pipeline: frozen, plain, free of RDF and of spaCy.

Field names are those of the extraction record (the contract users rely on), so a value
becomes JSON by naming its fields. Offsets are Unicode code points in the text that
``kg text`` prints; ``text[start:end] == quote`` holds for every quoted value.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Via = Literal["text", "footnote", "both"]
ParagraphKind = Literal["preambular", "operative", "narrative", "heading", "annex", "other"]
Modality = Literal["request", "call", "urge", "encourage", "invite", "recommend", "decide"]
Pieces = tuple[tuple[int, int], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """One file, decoded: ``text`` has no byte-order mark and LF line ends.

    ``pages`` are the offsets at which printed pages start, where the format has pages;
    ``foreign`` are stretches in another language (its code, start, end); ``notes`` say what
    could not be read although the rest could.
    """

    name: str
    text: str
    sha256: str
    language: str
    encoding: str = "utf-8"
    pages: tuple[int, ...] = ()
    foreign: tuple[tuple[str, int, int], ...] = ()
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Unts:
    """A registration in the United Nations Treaty Series: volume and number."""

    volume: int
    number: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Citation:
    """A document cited by number or symbol in one paragraph.

    ``spans`` gives the pieces of ``quote`` where a page break lies inside it; ``marker`` is
    where the footnote marker stands if the footnote makes the mention.
    """

    target: str
    via: Via
    date: str | None = None
    title: str | None = None
    verb: str | None = None
    quote: str
    start: int
    end: int
    spans: Pieces = ()
    marker: tuple[int, int] | None = None
    doubt: Literal["marker"] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class InstrumentMention:
    """An instrument named in one paragraph; ``target`` is a slug of the authority or None."""

    name: str
    target: str | None
    via: Via
    unts: tuple[Unts, ...] = ()
    verb: str | None = None
    quote: str
    start: int
    end: int
    spans: Pieces = ()
    marker: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class StateMention:
    """A state named in one paragraph; ``target`` is its ISO 3166 alpha-3 code."""

    target: str
    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Who is asked: the name as printed and, where known, an organ code or actor key."""

    target: str | None
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """By when: a session of an organ (the speaking organ if None), or a date."""

    session: int | None = None
    organ: str | None = None
    date: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """One act by which an organ addresses somebody in an operative paragraph."""

    verb: str
    modality: Modality
    addressees: tuple[Addressee, ...] = ()
    report: bool = False
    due: Due | None = None
    to: str | None = None
    quote: str
    start: int
    end: int
    spans: Pieces = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Paragraph:
    """One paragraph of a text with the facts found in it."""

    kind: ParagraphKind
    n: str
    verb: str | None
    start: int
    end: int
    citations: tuple[Citation, ...] = ()
    instruments: tuple[InstrumentMention, ...] = ()
    states: tuple[StateMention, ...] = ()
    requests: tuple[Request, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Text:
    """A run of paragraphs: a draft ("I", "decision"), or the document itself (None)."""

    label: str | None
    title: str | None
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Introduced:
    """The meeting at which the committee had a proposal before it."""

    meeting: int | None
    date: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Vote:
    """A recorded vote: printed totals and the three lists of states."""

    in_favour_total: int | None = field(default=None, metadata={"name": "for"})
    against: int | None = None
    abstain: int | None = None
    in_favour: tuple[str, ...] = ()
    against_states: tuple[str, ...] = ()
    abstaining: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Adopted:
    """Adoption by the committee or organ: meeting, date and vote (None without a vote)."""

    meeting: int | None
    date: str | None
    vote: Vote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SeparateVote:
    """A vote on a part of a proposal ("operative paragraph 5"), printed as ``on``."""

    on: str
    retained: bool
    vote: Vote | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A statement of a state, before or after the adoption."""

    state: str
    when: Literal["before", "after"] | None
    on_behalf_of: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """Where a fact of the procedure is printed.

    ``fact`` names the proposal's field (``sponsors``, ``additional_sponsors``,
    ``withdrawn_sponsors``, ``introduced``, ``adopted``, ``supersedes``, ``recommended_by``,
    ``pbi_statement``, ``statements``, ``recommended_as``, ``title``); ``value`` the member it
    is evidence for (an ISO code, a symbol), None for a field with one value. ``meeting`` is
    the meeting the sentence places the fact at, where it says so.
    """

    fact: str
    value: str | None
    quote: str
    start: int
    end: int
    meeting: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A draft before the committee and what became of it.

    ``rejected`` has the meeting and vote by which it failed, ``withdrawn`` the meeting at
    which its sponsors took it back; both are None for what was adopted.
    """

    symbol: str | None
    kind: Literal["draft-resolution", "draft-decision", "amendment"]
    title: str | None = None
    supersedes: str | None = None
    recommended_by: str | None = None
    proposed_by_chair: bool = False
    introduced: Introduced | None = None
    introduced_by: str | None = None
    on_behalf_of: tuple[str, ...] = ()
    sponsors: tuple[str, ...] = ()
    additional_sponsors: tuple[str, ...] = ()
    withdrawn_sponsors: tuple[str, ...] = ()
    orally_revised: bool = False
    adopted: Adopted | None = None
    pbi_statement: bool = False
    statements: tuple[Statement, ...] = ()
    recommended_as: str | None = None
    rejected: Adopted | None = None
    withdrawn: Introduced | None = None
    separate_votes: tuple[SeparateVote, ...] = ()
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentData:
    """What the document says of itself."""

    symbol: str | None
    symbol_from: Literal["option", "printed", "heading", "file name"] | None
    kind: Literal["committee-report", "resolution", "draft-resolution", "decision", "other"]
    organ: str | None
    committee: str | None
    language: str
    session: int | None
    agenda_item: str | None
    agenda_items: tuple[str, ...] = ()
    title: str | None = None
    rapporteur: str | None = None
    rapporteur_state: str | None = None
    adopted: str | None = None
    meeting: int | None = None
    committee_report: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Unresolved:
    """A reference that was seen and not decided, with the reason and the candidates."""

    text: str
    start: int
    end: int
    reason: str
    candidates: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Record:
    """All that was read from one document in one language version.

    ``pages`` are the offsets at which printed pages start: a span's page is their number up to
    its start. Only formats with pages have them.
    """

    source: str
    sha256: str
    language: str
    pages: tuple[int, ...] = ()
    document: DocumentData
    documents_considered: tuple[str, ...] = ()
    proposals: tuple[Proposal, ...] = ()
    texts: tuple[Text, ...] = ()
    unresolved: tuple[Unresolved, ...] = ()

    def _repr_html_(self) -> str:
        """What was read, for notebooks: the document, its proposals, and how much it cites."""
        from kg.rows import Rows

        said, told = self.document, self._told()
        facts = {"symbol": said.symbol, "kind": said.kind, "title": said.title} | told
        tables = [Rows(columns=("read", "value"), rows=facts.items())]
        if self.proposals:
            tables.append(Rows.of(map(_shown, self.proposals)))
        return "".join(table._repr_html_() for table in tables)

    def _told(self) -> dict[str, int | str]:
        paragraphs = [paragraph for text in self.texts for paragraph in text.paragraphs]
        return {
            "language": self.language,
            "paragraphs": len(paragraphs),
            "citations": sum(len(paragraph.citations) for paragraph in paragraphs),
            "instruments named": sum(len(paragraph.instruments) for paragraph in paragraphs),
            "requests": sum(len(paragraph.requests) for paragraph in paragraphs),
            "references left undecided": len(self.unresolved),
        }


def _shown(proposal: Proposal) -> dict[str, int | str | None]:
    adopted = proposal.adopted
    return {
        "proposal": proposal.symbol or proposal.kind,
        "title": proposal.title,
        "sponsors": len(proposal.sponsors),
        "joined": len(proposal.additional_sponsors),
        "adopted": adopted.date if adopted else None,
        "recommended as": proposal.recommended_as,
    }
