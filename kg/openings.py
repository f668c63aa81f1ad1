"""Where a text opens and closes: headings, an organ's first words, closing lines, annexes."""

from __future__ import annotations

import re

from kg.languages import Language
from kg.lines import COMMAS, STOPS, Line
from kg.numerals import roman
from kg.parts import Open, Part
from kg.walk import State


def is_front(state: State, line: Line) -> bool:
    own = state.found("front", line) or state.found("own-symbol", line)
    return own is not None or _before_opening(state, 40)


def _before_opening(state: State, lines: int = 5) -> bool:
    """Whether an organ begins to speak in the next lines: what stands here is its title."""
    for line in state.lines[state.at + 1 : state.at + 1 + lines]:
        if state.found("opening", line):
            return True
        if state.found("numbered", line) or state.found("text", line):
            return False
    return False


def take_heading(state: State, line: Line) -> bool:
    """Headings of texts and sections, and the words with which an organ begins to speak."""
    text = state.language.first("text", line.folded, at=0)
    if text and (state.ended or line.apart):
        state.parts.append(_text_part(text[0].value or "resolution", text[1], line, state.language))
        return True
    opening = state.found("opening", line)
    if opening and _opens(state, opening, line):
        _open_text(state, opening, line)
        return True
    if state.inside is None and state.found("section", line):
        if state.part is None and _before_opening(state):
            return False
        narrative_part(state, line).add("heading", "", line)
        return True
    return _inside_heading(state, line) if state.inside else False


def _opens(state: State, opening: re.Match[str], line: Line) -> bool:
    """Whether an organ's name opens a text: not inside a paragraph, an annex or a quotation."""
    inside = state.inside
    if not line.ended() and not _speaks_next(state):
        return False
    if inside is None:
        return not _quoted(state, line)
    if inside.after == "annex" or (inside.after and not line.ended()):
        at = _letter_at(state)
        return at is not None and _closed(state, at)
    if inside.opening != opening["organ"]:
        return True
    return bool(inside.paragraphs) and (state.ended in STOPS or state.letter is not None)


def _quoted(state: State, line: Line) -> bool:
    """Whether a report's paragraph quotes the text that begins here ("…, which read:")."""
    return bool(state.narrative) and state.ended == ":" and line.text[0] in '“”"«„'


def _speaks_next(state: State) -> bool:
    """Whether a clause follows: an organ's name without a comma may be a mere heading."""
    after = next((line for line in state.lines[state.at + 1 :] if not line.furniture), None)
    return after is not None and state.found("clause-start", after) is not None


def _final(state: State, part: Part) -> None:
    """Before the closing lines: a last paragraph whose number is lost is a paragraph still."""
    if part.number and not part.after:
        recover(state, part, part.number + 1, closing=True)


def _inside_heading(state: State, line: Line) -> bool:
    """Closing lines, annexes, letters of parts and headings among a text's paragraphs."""
    part = state.inside
    assert part
    if _dates_closing(state, part, line) or _dangling(state, part):
        part.paragraphs[-1].lines.append(line)
        return True
    for kind in ("closing", "annex"):
        if state.found(kind, line) and (state.ended or line.apart) and state.ended != ":":
            _final(state, part)
            if kind == "annex" or part.after != "annex":
                part.after = "annex" if kind == "annex" else "other"
            part.add(part.after or "other", "", line)
            return True
    if part.after:
        return False
    if re.fullmatch(r"[A-Z]|[IVX]{1,5}", line.folded) and state.ended:
        state.letter = line.text
        part.add("heading", "", line)
        return True
    last = part.last()
    if last and last.kind == "heading" and _broken_off(state, last.lines[-1], line):
        last.lines.append(line)
        return True
    if _is_heading(state, line):
        part.add("heading", "", line)
        return True
    return False


def _broken_off(state: State, heading: Line, line: Line) -> bool:
    """Whether a heading goes on in a line: in small letters, or behind a word none ends in."""
    if (heading.ended() or "-") not in "-" + COMMAS or line.ended() not in ("", *COMMAS):
        return False
    if state.found("numbered", line) or (heading.ended() and not line.goes_on()):
        return False
    return line.goes_on() or _unfinished(state, heading)


def _dates_closing(state: State, part: Part, line: Line) -> bool:
    """Whether a line is the day of the meeting that the line before it names."""
    last, day = part.last(), state.found("date", line)
    if last is None or not part.after or day is None or day.end() < len(line.folded):
        return False
    return len(last.lines) == 1 and state.found("closing", last.lines[0]) is not None


def _dangling(state: State, part: Part) -> bool:
    """Whether what follows a text breaks off behind a word that no sentence ends in."""
    last = part.last() if part.after else None
    return last is not None and not last.ended and _unfinished(state, last.lines[-1])


def _unfinished(state: State, line: Line) -> bool:
    return line.text.rpartition(" ")[2] in state.language.words.get("frequent", ())


def _is_heading(state: State, line: Line) -> bool:
    """An unnumbered line without a stop, above a paragraph or another such line."""
    part = state.inside
    if part is None or not state.ended or not _titled(state, line):
        return False
    last = part.last()
    if last and last.kind == "heading" and re.fullmatch(r"[A-Z]|[IVX]{1,5}", last.lines[-1].text):
        return True
    before = line
    for after in [
        other for other in state.lines[state.at + 1 : state.at + 6] if not other.furniture
    ]:
        before, above = after, before
        if _broken_off(state, above, after):
            continue
        numbered = state.found("numbered", after)
        if numbered:
            return number_of(numbered) in (part.number + 1, 1)
        if state.found("clause-start", after):
            return after.apart and not after.goes_on()
        if not _titled(state, after):
            return False
    return False


def _titled(state: State, line: Line) -> bool:
    """Whether a line looks like a heading: short, set apart, without a stop or a clause."""
    if line.ended() or line.goes_on() or not line.apart or len(line.text) > 250:
        return False
    if any(state.found(kind, line) for kind in ("numbered", "item", "clause-start")):
        return False
    return line.text[:1].isalnum()


def _text_part(kind: str, found: re.Match[str], line: Line, language: Language) -> Part:
    number = language.number(found["n"]) if found["n"] else None
    label = roman(number) if number else None
    if kind == "decision":
        label = f"decision {label}" if label else "decision"
    part = Part(kind, label, line.start)
    if found["title"]:
        part.title.append(line.after(found.start("title")))
    return part


def _open_text(state: State, found: re.Match[str], line: Line) -> None:
    part = state.part
    if part is None or not part.kind or part.opening:
        kind = _announced(state.language, part)
        at = _letter_at(state)
        if at is not None:
            title = _take_lettered(state, at)
        else:
            title = _trailing_title(part) if part else []
        label = "decision" if part and kind == "decision" else state.letter
        part = Part(kind, label, line.start, title)
        state.parts.append(part)
    state.letter = None
    part.opening = found["organ"]
    rest = line.after(found.end())
    if rest.text.strip():
        part.add("operative" if part.kind == "decision" else "preambular", "1", rest)


def _announced(language: Language, part: Part | None) -> str:
    """What the last numbered paragraph recommends: a resolution or a decision."""
    narrative = [p for p in part.paragraphs if p.kind == "narrative"] if part else []
    if not narrative:
        return "resolution"
    words = "".join(line.folded for line in narrative[-1].lines)
    found = language.first("recommends", words)
    return (found[0].value if found else None) or "resolution"


def _trailing_title(part: Part) -> list[Line]:
    """The unnumbered lines without a stop just before a text are its title."""
    title: list[Line] = []
    while (last := part.last()) and last.kind in ("other", "heading") and not last.ended:
        if last.kind == "heading" and part.kind is None:
            break
        title[:0] = part.paragraphs.pop().lines
    return title


def _letter_at(state: State) -> int | None:
    """Where the letter of a resolution's part stands, just above its title and first words."""
    for at in range(state.at - 1, max(-1, state.at - 7), -1):
        line = state.lines[at]
        if re.fullmatch("[A-HJ-UWYZ]", line.folded):
            return at
        if line.ended() or state.found("closing", line):
            break
    return None


def _closed(state: State, at: int) -> bool:
    """Whether closing lines stand just above a line."""
    return any(state.found("closing", line) for line in state.lines[max(0, at - 4) : at])


def _take_lettered(state: State, at: int) -> list[Line]:
    """The title under a part's letter, taken from the lines read already."""
    start, part = state.lines[at].start, state.part
    state.letter = state.lines[at].text
    state.front[:] = [line for line in state.front if line.start < start]
    while part and (last := part.last()) and last.lines[-1].start >= start:
        last.lines[:] = [line for line in last.lines if line.start < start]
        if not last.lines:
            part.paragraphs.pop()
    return [line for line in state.lines[at + 1 : state.at] if not line.furniture]


def narrative_part(state: State, line: Line) -> Part:
    part = state.part
    if part is None or part.kind:
        part = Part(None, None, line.start)
        state.parts.append(part)
    return part


def recover(state: State, part: Part, number: int, *, closing: bool = False) -> None:
    """Makes the unnumbered paragraph before a number the operative one whose number is lost."""
    last = part.last()
    if last is None or (last.ended or ",") not in STOPS or (closing and last.ended == ";"):
        return
    if last.kind == "preambular" and not part.number:
        last.kind, last.n = "operative", str(number)
        return
    for place in range(1, len(last.lines)) if last.kind == "operative" else ():
        line, before = last.lines[place], last.lines[place - 1]
        clause = state.language.first("clause-start", line.folded, at=0)
        if clause and before.ended() in (";", "；", "؛") and not line.goes_on():
            part.paragraphs.append(Open("operative", str(number), last.lines[place:]))
            part.number = number
            del last.lines[place:]
            return


def number_of(found: re.Match[str]) -> int:
    """The number of a paragraph; a scan reads an l for the first."""
    return int(found["n"].replace("l", "1"))
