"""The proposal a document itself is: a draft with its sponsors, or a text with its vote."""

from __future__ import annotations

from kg.languages import Language
from kg.model import DocumentData, Evidence
from kg.outline import Outline
from kg.recognise.blocks import lines_in
from kg.recognise.closing import read_closing
from kg.recognise.drafts import Draft, Proceedings, ProposalKind
from kg.recognise.front import Front, draft_symbol, is_limited
from kg.recognise.meetings import Sitting
from kg.recognise.states import state_list
from kg.stretch import Stretch

_KINDS: dict[str, ProposalKind] = {
    "draft-decision": "draft-decision",
    "draft-resolution": "draft-resolution",
    "amendment": "amendment",
}


def read_own(
    state: Proceedings, front: Front, outline: Outline, document: DocumentData, language: Language
) -> None:
    """Adds what a single text's front matter and closing lines say of it as a proposal."""
    kind = next((_KINDS[name] for name in _KINDS if name in front.found), None)
    if kind is not None:
        _draft(state, front, outline, document, language, kind)
    elif document.kind in ("resolution", "decision"):
        _adopted(state, front, outline, document, language)


def _draft(
    state: Proceedings,
    front: Front,
    outline: Outline,
    document: DocumentData,
    language: Language,
    kind: ProposalKind,
) -> None:
    symbol = document.symbol if document.symbol and is_limited(document.symbol) else None
    draft = Draft(symbol=symbol, kind=kind, title=front.title)
    state.drafts.insert(0, draft)
    if front.sponsors is None or language.first("chair", front.sponsors.folded):
        draft.proposed_by_chair = True
        return
    listed = state_list(front.sponsors.folded, language)
    for name in listed.states:
        if name.keys[0] not in draft.sponsors:
            draft.sponsors.append(name.keys[0])
            draft.evidence.append(
                _evidence(state, front.sponsors, (name.start, name.end), name.keys[0])
            )
    groups = [group.name for group in listed.groups] + _noted_groups(outline, language)
    draft.on_behalf_of += dict.fromkeys(groups)


def _noted_groups(outline: Outline, language: Language) -> list[str]:
    """Groups that a note under the sponsor line names ("* On behalf of …")."""
    stretches = [*outline.front, *(p.stretch for s in outline.sections for p in s.segments)]
    lines = [line.folded for line in lines_in(stretches)]
    found = []
    for at, line in enumerate(lines):
        if language.first("behalf-note", line, at=0):
            listed = state_list(" ".join(lines[at : at + 3]), language)
            found += [group.name for group in listed.groups[:1]]
    return found


def _evidence(state: Proceedings, stretch: Stretch, span: tuple[int, int], value: str) -> Evidence:
    start, end, _ = stretch.span(*span)
    return Evidence(
        fact="sponsors", value=value, quote=state.source[start:end], start=start, end=end
    )


def _adopted(
    state: Proceedings, front: Front, outline: Outline, document: DocumentData, language: Language
) -> None:
    """A text with a recorded vote, or one that names its draft, is a proposal adopted."""
    closing, symbol = read_closing(outline, language), draft_symbol(front)
    ballot = closing.ballot if closing else None
    if ballot is None and symbol is None:
        return
    decision = document.kind == "decision"
    draft = Draft(
        symbol=symbol,
        kind="draft-decision" if decision else "draft-resolution",
        title=document.title,
        adopted=Sitting(number=document.meeting, date=document.adopted),
        ballot=ballot,
    )
    state.drafts.insert(0, draft)
