"""One document, bytes to record: the recognisers in their order."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from kg.authority import load_authority
from kg.languages import Language, load_language
from kg.model import Paragraph, Record, Source, Text, Unresolved
from kg.outline import Footnote, Outline, Section
from kg.recognise.citations import Cited, Undecided, cited_in
from kg.recognise.drafts import Proceedings, proposals_of, vote_doubts
from kg.recognise.front import document_data, organ_keys, read_front
from kg.recognise.instruments import names_in
from kg.recognise.notes import Note, read_notes
from kg.recognise.organs import OrganMemory, organs_in, remember
from kg.recognise.own import own_symbol
from kg.recognise.paragraphs import (
    Scope,
    doubted_markers,
    mentions_of,
    paragraph_of,
    shared_notes,
)
from kg.recognise.proceedings import read_proceedings
from kg.recognise.single import read_own
from kg.resolve.instruments import Resolver
from kg.resolve.named import Named
from kg.segment import segment
from kg.stretch import Stretch, plain


def extract(source: Source, *, symbol: str | None = None) -> Record:
    """All facts of one document.

    ``symbol`` is the document's own symbol, where the caller knows it.

    Raises:
        SymbolError: the symbol given is none.
        LanguageError: the source's language has no table.
    """
    language, authority = load_language(source.language), load_authority()
    outline = segment(source, language)
    front = read_front(outline, language)
    own, own_from = own_symbol(source, symbol, front, outline, language)
    document = document_data(front, outline, language, authority, symbol=own, symbol_from=own_from)
    speaking = document.organ
    memory = remember(_stretches(outline), language)
    notes = _notes(outline, language, memory, speaking, own)
    scope = Scope(
        source=source.text,
        language=language,
        authority=authority,
        outline=outline,
        notes=notes,
        memory=memory,
        resolver=Resolver(authority, language),
        own=own,
        session=document.session,
        speaking=speaking,
        title=document.title,
    )
    report = document.kind == "committee-report"
    proceedings = read_proceedings(
        outline, source.text, language, session=document.session, report=report
    )
    read_own(proceedings, front, outline, document, language)
    texts, unresolved = _texts(outline, scope, proceedings)
    labels, titles = _recommendations(outline, language)
    return Record(
        source=source.name,
        sha256=source.sha256,
        language=source.language,
        pages=source.pages,
        document=document,
        documents_considered=tuple(proceedings.considered),
        proposals=tuple(proposals_of(proceedings, labels, titles)),
        texts=tuple(texts),
        unresolved=tuple(
            sorted(
                (
                    *unresolved,
                    *proceedings.unresolved,
                    *vote_doubts(proceedings),
                    *_foreign(source),
                ),
                key=lambda u: (u.start, u.reason),
            )
        ),
    )


def _foreign(source: Source) -> Iterator[Unresolved]:
    """What is in another language than the one the document was read in, by its first line."""
    for code, start, end in source.foreign:
        line = start + len(source.text[start:end].split("\n")[0])
        reason = f"{end - start} characters from here are in another language ({code})"
        yield Unresolved(text=source.text[start:line], start=start, end=line, reason=reason)


def _stretches(outline: Outline) -> Iterator[Stretch]:
    yield from outline.front
    for section in outline.sections:
        for part in section.segments:
            yield part.stretch


def _notes(
    outline: Outline,
    language: Language,
    memory: OrganMemory,
    speaking: str | None,
    own: str | None,
) -> dict[int, Note]:
    def cite(footnote: Footnote) -> tuple[list[Cited], list[Undecided]]:
        who = _speaker(outline, footnote.stretch.start, language) or speaking
        organs = organs_in(footnote.stretch, language, memory=memory, speaking=who)
        return cited_in(footnote.stretch.folded, language, organs=organs, speaking=who, own=own)

    return read_notes(outline.footnotes, language, cite=cite)


def _speaker(outline: Outline, at: int, language: Language) -> str | None:
    """The organ that speaks in the section around a source offset."""
    before = [section for section in outline.sections if section.start <= at]
    return _opening_organ(before[-1], language) if before else None


def _opening_organ(section: Section, language: Language) -> str | None:
    keys: Sequence[str] = organ_keys(section.opening, language) if section.opening else ()
    return keys[0] if keys else None


def _texts(
    outline: Outline, scope: Scope, proceedings: Proceedings
) -> tuple[list[Text], list[Unresolved]]:
    """The sections as texts of the record, with what stays undecided in them."""
    proposals = {draft.symbol for draft in proceedings.drafts} | {
        draft.supersedes for draft in proceedings.drafts
    }
    texts: list[Text] = []
    unresolved: list[Unresolved] = []
    for section in outline.sections:
        speaking = _opening_organ(section, scope.language) or scope.speaking
        paragraphs, undecided = _paragraphs(section, replace(scope, speaking=speaking))
        if section.kind is None:
            paragraphs = [_without(paragraph, proposals) for paragraph in paragraphs]
        texts.append(Text(label=section.label, title=section.title, paragraphs=tuple(paragraphs)))
        unresolved += undecided
    return texts, [*unresolved, *_unled(outline, scope)]


def _unled(outline: Outline, scope: Scope) -> Iterator[Unresolved]:
    """The footnotes that no marker leads to: what they cite belongs to no known paragraph."""
    led = {
        note.stretch.start
        for stretch in _stretches(outline)
        for marker in stretch.markers
        if (note := outline.footnote(marker.number, marker.start))
    }
    for footnote in outline.footnotes:
        start, end = footnote.stretch.start, footnote.stretch.end
        cited = scope.notes[start].cited
        if cited and start not in led:
            yield Unresolved(
                text=scope.source[start:end],
                start=start,
                end=end,
                reason="footnote that no marker leads to",
                candidates=tuple(dict.fromkeys(item.target for item in cited)),
            )


def _paragraphs(section: Section, scope: Scope) -> tuple[list[Paragraph], list[Unresolved]]:
    named = Named()
    if title := section.title or scope.title:
        for name in names_in(plain(title), scope.language):
            scope.resolver.remember(name, scope.resolver.resolve(name, named=named), named)
    read = [
        (part, shared_notes(mentions_of(part.stretch, scope, named))) for part in section.segments
    ]
    doubted = doubted_markers(read, scope.authority)
    paragraphs: list[Paragraph] = []
    unresolved: list[Unresolved] = []
    for part, mentions in read:
        paragraph, undecided = paragraph_of(part, scope, mentions, doubted=doubted)
        paragraphs.append(paragraph)
        unresolved += undecided
    return paragraphs, unresolved


def _without(paragraph: Paragraph, symbols: set[str | None]) -> Paragraph:
    """The narrative names its own proposals on every line: that is no citation of them."""
    kept = tuple(c for c in paragraph.citations if c.target not in symbols)
    return replace(paragraph, citations=kept)


def _recommendations(outline: Outline, language: Language) -> tuple[dict[str, str], dict[str, str]]:
    """What each numbered paragraph recommends, and the titles of what is recommended."""
    labels: dict[str, str] = {}
    titles: dict[str, str] = {}
    paragraph = ""
    for section in outline.sections:
        for part in section.segments if section.kind is None else ():
            if part.kind == "narrative":
                paragraph = part.n
        if section.kind and paragraph:
            label = recommended_label(section)
            labels.setdefault(paragraph, label)
            if section.title:
                titles[label] = section.title
    return labels, titles


def recommended_label(section: Section) -> str:
    """What a text is recommended as: "draft resolution IV", "draft decision"."""
    number = (section.label or "").removeprefix("decision").strip()
    return f"draft {section.kind} {number}".strip()
