"""A paragraph's facts together: what its words and the notes its markers lead to say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from kg.authority import Authority
from kg.languages import Language
from kg.model import (
    Citation,
    InstrumentMention,
    Paragraph,
    Request,
    StateMention,
    Unresolved,
    Unts,
)
from kg.outline import Outline, Segment
from kg.recognise.citations import Cited, Undecided, cited_in
from kg.recognise.clauses import Clauses, clauses_of
from kg.recognise.instruments import NameFound, names_in
from kg.recognise.notes import Note
from kg.recognise.organs import OrganMemory, organs_in
from kg.recognise.requests import Act, acts_in
from kg.recognise.states import states_in
from kg.resolve.instruments import Resolution, Resolver
from kg.resolve.named import Named
from kg.stretch import Marker, Stretch, clean


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What is known where a paragraph is read: the document around it and who speaks."""

    source: str
    language: Language
    authority: Authority
    outline: Outline
    notes: Mapping[int, Note]
    memory: OrganMemory
    resolver: Resolver
    own: str | None
    session: int | None
    speaking: str | None
    title: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Mentioned:
    """An instrument name with what it resolved to and the notes at it."""

    name: NameFound
    resolution: Resolution
    notes: tuple[Note, ...] = ()


def mentions_of(stretch: Stretch, scope: Scope, named: Named) -> list[Mentioned]:
    """The instruments a stretch names, resolved in order; ``named`` remembers them."""
    found: list[Mentioned] = []
    for name in names_in(stretch, scope.language):
        outer = next((m for m in found if (m.name.start, m.name.end) == name.outer), None)
        resolution = scope.resolver.resolve(
            name, named=named, outer=outer.resolution.target if outer else None
        )
        scope.resolver.remember(name, resolution, named)
        if name.quoted:
            continue
        notes = tuple(
            note for marker in markers_at(stretch, name) if (note := note_of(marker, scope))
        )
        found.append(Mentioned(name=name, resolution=resolution, notes=notes))
    return found


def markers_at(stretch: Stretch, name: NameFound) -> list[Marker]:
    """The footnote markers that stand at a name: only stops and brackets between."""
    return [
        marker
        for marker in stretch.markers
        if marker.at >= name.end
        and not stretch.folded[name.end : marker.at].strip(" 、，,;；》)”\"'")
    ][:1]


def note_of(marker: Marker, scope: Scope) -> Note | None:
    """The note a marker leads to, None if the document has none."""
    footnote = scope.outline.footnote(marker.number, marker.start)
    return scope.notes.get(footnote.stretch.start) if footnote else None


def paragraph_of(
    segment: Segment,
    scope: Scope,
    mentions: Sequence[Mentioned],
    *,
    doubted: frozenset[int] = frozenset(),
) -> tuple[Paragraph, list[Unresolved]]:
    """A segment as a paragraph of the record, and what in it stays undecided.

    ``doubted`` holds the source offsets of markers that the document shows to be misprinted.
    """
    stretch, language = segment.stretch, scope.language
    body = _body_start(stretch, language)
    clauses = clauses_of(stretch.folded[body:], language)
    organs = organs_in(stretch, language, memory=scope.memory, speaking=scope.speaking)
    cited, undecided = cited_in(
        stretch.folded, language, organs=organs, speaking=scope.speaking, own=scope.own
    )
    reader = _Reader(scope, stretch, clauses, body)
    normative = segment.kind in ("preambular", "operative", "annex")
    acts: list[Request] = []
    if segment.kind == "operative":
        text = " " * body + stretch.folded[body:]
        acts = reader.requests(
            acts_in(text, language, organs=organs, speaking=scope.speaking, session=scope.session)
        )
    paragraph = Paragraph(
        kind=segment.kind,
        n=segment.n,
        verb=clauses.opening if normative else None,
        start=stretch.start,
        end=stretch.end,
        citations=reader.citations(cited, doubted),
        instruments=reader.instruments(mentions, doubted),
        states=reader.states(),
        requests=tuple(acts),
    )
    return paragraph, [*reader.undecided(undecided, mentions), *reader.without_note()]


def _body_start(stretch: Stretch, language: Language) -> int:
    """Where a paragraph's words begin, its number left out."""
    numbered = language.first("numbered", stretch.folded, at=0)
    return numbered[1].end() if numbered else 0


@dataclass(frozen=True, slots=True)
class _Reader:
    """Turns what was found in a stretch into values of the record."""

    scope: Scope
    stretch: Stretch
    clauses: Clauses
    body: int

    def _verb(self, at: int) -> str | None:
        return self.clauses.governing(at - self.body)

    def _quote(self, stretch: Stretch, start: int, end: int) -> dict[str, object]:
        low, high, pieces = stretch.span(start, end)
        return {"quote": self.scope.source[low:high], "start": low, "end": high, "spans": pieces}

    def citations(self, cited: Sequence[Cited], doubted: frozenset[int]) -> tuple[Citation, ...]:
        """One citation a target: from the body, from a footnote, or from both."""
        found: dict[str, Citation] = {}
        for item in cited:
            if item.target not in found:
                found[item.target] = Citation(
                    target=item.target,
                    via="text",
                    date=item.date,
                    title=item.title,
                    verb=self._verb(item.start),
                    **self._quote(self.stretch, item.start, item.end),  # type: ignore[arg-type]
                )
            elif item.date and not found[item.target].date:
                found[item.target] = replace(found[item.target], date=item.date)
        for marker in self.stretch.markers:
            note = note_of(marker, self.scope)
            for item in note.cited if note else ():
                self._by_note(found, item, note, marker, marker.start in doubted)
        return tuple(found.values())

    def _by_note(
        self,
        found: dict[str, Citation],
        item: Cited,
        note: Note | None,
        marker: Marker,
        doubted: bool,
    ) -> None:
        known = found.get(item.target)
        if known is not None:
            if known.via == "text":
                found[item.target] = replace(known, via="both")
            return
        assert note is not None
        found[item.target] = Citation(
            target=item.target,
            via="footnote",
            date=item.date,
            verb=self._verb(marker.at),
            marker=(marker.start, marker.end),
            doubt="marker" if doubted else None,
            **self._quote(note.footnote.stretch, item.start, item.end),  # type: ignore[arg-type]
        )

    def instruments(
        self, mentions: Sequence[Mentioned], doubted: frozenset[int]
    ) -> tuple[InstrumentMention, ...]:
        """One mention a target (a name, where it is unknown), at its first name."""
        found: dict[str, InstrumentMention] = {}
        for mention in mentions:
            resolution, name = mention.resolution, mention.name
            if resolution.reason:
                continue
            notes = [n for n in mention.notes if not self._doubted(name, doubted)]
            key = resolution.target or resolution.alias or self.scope.resolver.squeezed(name.core)
            unts = registered(mention, mentions, self.scope.authority) if notes else ()
            if key in found:
                old = found[key]
                found[key] = replace(
                    old,
                    via="both" if notes or old.via == "both" else "text",
                    unts=tuple(dict.fromkeys((*old.unts, *unts))),
                )
                continue
            found[key] = InstrumentMention(
                name=clean(self.stretch.text[name.start : name.end]),
                target=resolution.target,
                via="both" if notes else "text",
                unts=unts,
                verb=self._verb(name.start),
                **self._quote(self.stretch, name.start, name.end),  # type: ignore[arg-type]
            )
        return tuple(found.values())

    def _doubted(self, name: NameFound, doubted: frozenset[int]) -> bool:
        return any(marker.start in doubted for marker in markers_at(self.stretch, name))

    def states(self) -> tuple[StateMention, ...]:
        """The states named, each once, at its first place."""
        found: dict[str, StateMention] = {}
        for name in states_in(self.stretch.folded, self.scope.language):
            start, end, _ = self.stretch.span(name.start, name.end)
            found.setdefault(
                name.keys[0],
                StateMention(
                    target=name.keys[0],
                    name=clean(self.stretch.text[name.start : name.end]),
                    start=start,
                    end=end,
                ),
            )
        return tuple(found.values())

    def requests(self, acts: Sequence[Act]) -> list[Request]:
        """The acts with their quotations."""
        return [
            Request(
                verb=act.verb,
                modality=act.modality,
                addressees=act.addressees,
                report=act.report,
                due=act.due,
                to=act.to,
                **self._quote(self.stretch, act.start, act.end),  # type: ignore[arg-type]
            )
            for act in acts
        ]

    def undecided(
        self, numbers: Sequence[Undecided], mentions: Sequence[Mentioned]
    ) -> list[Unresolved]:
        """Numbers without an organ and short names without an instrument."""
        found = [(u.start, u.end, u.reason, u.candidates) for u in numbers]
        found += [
            (m.name.start, m.name.end, m.resolution.reason, m.resolution.candidates)
            for m in mentions
            if m.resolution.reason
        ]
        return [self._unresolved(*item) for item in sorted(found)]

    def _unresolved(
        self, start: int, end: int, reason: str, candidates: tuple[str, ...]
    ) -> Unresolved:
        low, high, _ = self.stretch.span(start, end)
        return Unresolved(
            text=self.scope.source[low:high],
            start=low,
            end=high,
            reason=reason,
            candidates=candidates,
        )

    def without_note(self) -> list[Unresolved]:
        """Markers for which the document prints no footnote."""
        return [
            Unresolved(
                text=self.scope.source[marker.start : marker.end],
                start=marker.start,
                end=marker.end,
                reason="footnote marker without a footnote",
            )
            for marker in self.stretch.markers
            if note_of(marker, self.scope) is None
        ]


def registered(
    mention: Mentioned, mentions: Sequence[Mentioned], authority: Authority
) -> tuple[Unts, ...]:
    """The registrations that the notes at a mention print of it.

    A note at the end of "the Convention and the Protocols thereto" serves both: the volume the
    authority knows for the convention is the convention's, the others are the protocols'.
    """
    printed = tuple(dict.fromkeys(u for note in mention.notes for u in note.unts))
    sharing = [
        other
        for other in mentions
        if other is not mention and set(map(id, other.notes)) & set(map(id, mention.notes))
    ]
    if not sharing or not printed:
        return printed
    own = _known(mention, authority)
    if mention.name.form == "collective":
        others = {u for other in sharing for u in _known(other, authority)}
        return tuple(u for u in printed if u not in others)
    return tuple(u for u in printed if u in own)


def _known(mention: Mentioned, authority: Authority) -> frozenset[Unts]:
    target = mention.resolution.target
    return frozenset(authority.instruments[target].registered_as) if target else frozenset()


def shared_notes(mentions: Sequence[Mentioned]) -> list[Mentioned]:
    """The mentions of a paragraph, a collective's note given to its convention too."""
    out = list(mentions)
    for index, mention in enumerate(out):
        if mention.name.form == "collective" and mention.notes and index:
            parent = out[index - 1]
            if not parent.notes:
                out[index - 1] = replace(parent, notes=mention.notes)
    return out


def doubted_markers(
    paragraphs: Sequence[tuple[Segment, Sequence[Mentioned]]], authority: Authority
) -> frozenset[int]:
    """Markers the section itself shows to be misprinted.

    The same instrument has another note elsewhere that names its registration or its annex,
    and this one does not.
    """
    right: set[str] = set()
    wrong: list[tuple[str, int]] = []
    for segment, mentions in paragraphs:
        for mention in mentions:
            target = mention.resolution.target
            for marker in markers_at(segment.stretch, mention.name):
                if target is None or not mention.notes:
                    continue
                if _sourced(mention.notes[0], target, authority):
                    right.add(target)
                else:
                    wrong.append((target, marker.start))
    return frozenset(start for target, start in wrong if target in right)


def _sourced(note: Note, target: str, authority: Authority) -> bool:
    """Whether a note prints where the authority says the instrument is found."""
    entity = authority.instruments[target]
    if set(entity.registered_as) & set(note.unts):
        return True
    return bool(set(entity.annexed_to) & {cited.target for cited in note.cited})
