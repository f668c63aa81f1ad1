"""Requests: who is asked to do what, and by when, in an operative paragraph."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from kg.authority import Scheme
from kg.languages import Language
from kg.model import Addressee, Due, Modality
from kg.recognise.front import number_of
from kg.recognise.names import ALL, Named, finder
from kg.recognise.organs import OrganMention
from kg.recognise.states import states_in
from kg.symbol import has_series

# A list of addressees longer than this is a sentence that was misread.
_LONGEST = 400
# How many words before an actor's name may say which of them are meant.
_LED = 2
_SCHEMES: tuple[Scheme, ...] = ("actor", "organ")


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of addressing in a stretch; offsets are those of the verb and of the act's end."""

    start: int
    end: int
    verb: str
    modality: Modality
    addressees: tuple[Addressee, ...]
    report: bool
    due: Due | None
    to: str | None


def acts_in(
    text: str,
    language: Language,
    *,
    organs: Sequence[OrganMention],
    speaking: str | None,
    session: int | None,
) -> list[Act]:
    """The acts of a folded operative paragraph (without its number), in printed order.

    >>> from kg.languages import load_language
    >>> from kg.recognise.organs import OrganMemory, organs_in
    >>> from kg.stretch import plain
    >>> zh = load_language("zh")
    >>> text = "请秘书长向大会第七十四届会议提交报告。"
    >>> organs = organs_in(plain(text), zh, memory=OrganMemory(), speaking="GA")
    >>> act, = acts_in(text, zh, organs=organs, speaking="GA", session=72)
    >>> act.modality, [a.name for a in act.addressees], act.report, act.due.session
    ('request', ['秘书长'], True, 74)
    """
    found = [match for _, match in language.matches("act", text)]
    ends = [*(match.start("verb") for match in found[1:]), len(text)][: len(found)]
    acts = []
    for match, end in zip(found, ends, strict=True):
        start, after, verb = match.start("verb"), match.end(), match["verb"]
        modality = _modality(verb, language)
        if modality is not None:
            who = tuple(_addressees(text, start, after, end, language, organs, modality))
            actor = _actor(who, modality, speaking)
            due = _due(text[start:end], start, language, organs, actor, speaking, session)
            report = language.first("report", text[after:end]) is not None
            to = _report_to(text, start, end, language, organs) if report else ()
            whose = (due.organ or speaking) if due and due.session else None
            acts.append(
                Act(
                    start=start,
                    end=end,
                    verb=verb,
                    modality=modality,
                    addressees=who,
                    report=report,
                    due=due,
                    to=whose if whose in to else next(iter(to), None),
                )
            )
    return acts


def _modality(verb: str, language: Language) -> Modality | None:
    # mypy cannot know that a table holds the seven modalities only; a test does.
    return language.acts.get(verb) or language.acts.get(verb.lower())  # type: ignore[return-value]


# ---------------------------------------------------------------- addressees


def _addressees(
    text: str,
    verb: int,
    start: int,
    end: int,
    language: Language,
    organs: Sequence[OrganMention],
    modality: str,
) -> Iterator[Addressee]:
    if language.first("act-impersonal", text[verb:start]):
        return
    spans = list(addressee_spans(text[: min(end, start + _LONGEST)], start, language))
    if modality == "decide" and not (spans and language.first("actor-shall", text[spans[-1][1] :])):
        return
    for low, high in spans:
        name = text[low:high].strip()
        if not name:
            continue
        low += len(text[low:high]) - len(text[low:high].lstrip())
        yield Addressee(target=_key(name, low, low + len(name), language, organs), name=name)


def _actor(addressees: Sequence[Addressee], modality: Modality, speaking: str | None) -> str | None:
    """Whose "its" is: the one organ addressed, if it adopts texts, or the speaker."""
    targets = {who.target for who in addressees if who.target and has_series(who.target)}
    if modality == "decide" or len(targets) != 1 or len(addressees) != 1:
        return speaking
    return targets.pop()


def addressee_spans(text: str, start: int, language: Language) -> Iterator[tuple[int, int]]:
    """The names in the list of addressees that begins at ``start``."""
    text = _without_asides(text, start, language)
    that = language.first("actor-that", text[start:])
    if that:
        yield from _subject(text, start + that[1].end(), language)
        return
    ending = language.first("actor-end", text[start:])
    if ending:
        yield from _split(text, start, start + ending[1].start(), language)
        return
    at = start
    while (high := _actor_end(text, at, language)) is not None:
        yield at, high
        joint = language.first("actor-joint", text[high:])
        if joint is None:
            return
        at = high + joint[1].end()


def _without_asides(text: str, start: int, language: Language) -> str:
    """The text with what names nobody in a list blanked out, offsets kept."""
    for _, aside in language.matches("actor-aside", text[start:]):
        low, high = start + aside.start(), start + aside.end()
        text = text[:low] + " " * (high - low) + text[high:]
    return text


def _subject(text: str, start: int, language: Language) -> Iterator[tuple[int, int]]:
    """The known body or office with which a clause begins, an article or adjective before it."""
    words = text[start:]
    found = [*_names("organ", words, language), *_names("actor", words, language)]
    first = min(found, key=lambda name: (name.start, -name.end), default=None)
    if first is None or language.first("actor-modifier", words[first.end :]):
        return
    if len(words[: first.start].split()) <= 2 and "," not in words[: first.start]:
        yield start, start + first.end


def _actor_end(text: str, start: int, language: Language) -> int | None:
    """Where the first addressee ends: at a noun that is not just part of a modifier."""
    stop = language.first("actor-stop", text[start:])
    limit = start + stop[1].start() if stop else len(text)
    at = start
    while at < limit:
        ends = _heads(text, at, limit, language)
        if not ends:
            return None
        at = ends
        if language.first("actor-modifier", text[at:]) is None:
            return at
    return None


def _heads(text: str, start: int, limit: int, language: Language) -> int | None:
    """The end of the next noun that can be addressed, nouns that follow at once included."""
    found = [m for _, m in language.matches_from("actor-head", text, start) if m.end() <= limit]
    nearest = min(found, key=lambda m: m.start(), default=None)
    ends = [(nearest.start(), nearest.end())] if nearest else []
    ends += [(start + s.start, start + s.end) for s in states_in(text[start:limit], language)][:1]
    if not ends:
        return None
    low, end = min(ends)
    for name in _names("organ", text[start:limit], language):
        # A noun inside a body's own name (跨国有组织犯罪公约缔约方会议) is not the addressee.
        if start + name.start < low and end <= start + name.end:
            end = start + name.end
    while (more := language.first("actor-head", text[:limit], at=end)) is not None and more[
        1
    ].end() > end:
        end = more[1].end()
    return end


def _split(text: str, start: int, end: int, language: Language) -> Iterator[tuple[int, int]]:
    """The names of a list; a list word inside a body's own name parts nothing."""
    at, words = start, text[start:end]
    names = [*_names("organ", words, language), *_names("actor", words, language)]
    for _, joint in language.matches("actor-list", words):
        if not any(name.start < joint.start() < name.end for name in names):
            if _addressable(text[at : start + joint.start()], language):
                yield at, start + joint.start()
            at = start + joint.end()
    if _addressable(text[at:end], language):
        yield at, end


def _addressable(name: str, language: Language) -> bool:
    """Whether a phrase names somebody: a noun that can be addressed, or a state."""
    head = language.first("actor-head", name)
    return head is not None or next(iter(states_in(name, language)), None) is not None


def _key(
    name: str, start: int, end: int, language: Language, organs: Sequence[OrganMention]
) -> str | None:
    """The organ or actor that a name ends in (所有会员国 → member-states)."""
    actors = [n for n in _names("actor", name, language) if n.end == len(name)]
    for organ in organs:
        if any(start + actor.start < organ.start for actor in actors):
            continue  # The organ's name only ends an actor's (el sistema de las Naciones Unidas).
        inside = start <= organ.start and organ.end <= end and organ.key
        if inside and _leads(name[: organ.start - start], language):
            tail = name[organ.end - start :]
            if not tail or language.first("actor-session", tail):
                return organ.key
    for scheme in _SCHEMES:
        found = [
            n
            for n in _names(scheme, name, language)
            if len(n.keys) == 1 and n.end == len(name) and _leads(name[: n.start], language)
        ]
        if found:
            return found[-1].keys[0]
    return _known_tail(name, language)


def _known_tail(name: str, language: Language) -> str | None:
    """The actor that a name is when its first words go: those may belong to another's name
    ("toutes les parties" in "toutes les parties prenantes")."""
    for gap in islice(re.finditer(r"\s+", name), _LED):
        rest, led = name[gap.end() :], name[: gap.end()]
        found = [n for n in _names("actor", rest, language) if (n.start, n.end) == (0, len(rest))]
        if found and len(found[0].keys) == 1 and _leads(led, language):
            return found[0].keys[0]
    return None


def _leads(words: str, language: Language) -> bool:
    """Whether words before a name leave it the one addressed ("all Member States").

    A table that has no row says nothing: there the name ends what is addressed.
    """
    if not words.strip() or not language.all("actor-before"):
        return True
    return language.first("actor-before", words) is not None


def _names(scheme: Scheme, text: str, language: Language) -> Iterator[Named]:
    return finder(scheme, language.code, kinds=ALL).find(text)


# ---------------------------------------------------------------- reports and dates due


def _due(
    text: str,
    offset: int,
    language: Language,
    organs: Sequence[OrganMention],
    actor: str | None,
    speaking: str | None,
    session: int | None,
) -> Due | None:
    for pattern, found in language.matches("due", text):
        if pattern.value == "session":
            low, high = (offset + place for place in found.span("organ"))
            # Where no organ is printed ("submit to it, at its … session"), it is the speaker.
            organ = _organ_within(organs, low, high) if high > low else speaking
            number = number_of(found["session"], language)
            if number is None or organ is None or _past(number, organ, speaking, session):
                continue
            return Due(session=number, organ=None if organ == speaking else organ)
        if pattern.value == "own":
            number = number_of(found["session"], language)
            if number is not None and not _past(number, actor, speaking, session):
                return Due(session=number, organ=None if actor == speaking else actor)
        elif pattern.value == "current" and session is not None:
            return Due(session=session)
        elif pattern.value == "date":
            return Due(date=_partial(found["date"], language))
    return None


def _past(number: int, actor: str | None, speaking: str | None, session: int | None) -> bool:
    """Whether a session of the speaker is over: nothing is due at it."""
    return actor == speaking and session is not None and number < session


def _organ_within(organs: Sequence[OrganMention], start: int, end: int) -> str | None:
    inside = [o for o in organs if start <= o.start and o.end <= end and o.key]
    return inside[-1].key if inside else None


def _partial(text: str, language: Language) -> str:
    """A year, month or day as far as it is printed: 2020 年 6 月 → 2020-06."""
    numbers = re.findall(r"\d+", text)
    named = [w for w in language.months if re.search(rf"(?<!\w){w}(?!\w)", text.lower())]
    month = language.months[max(named, key=len)] if named else None
    if month is not None:
        numbers = [numbers[-1], str(month), *numbers[:-1]]
    return "-".join(number.zfill(2) for number in numbers)


def _report_to(
    text: str, start: int, end: int, language: Language, organs: Sequence[OrganMention]
) -> tuple[str | None, ...]:
    """Whom an act names as its reader: several where it also sends something to another."""
    keys: list[str | None] = []
    for _, found in language.matches("report-to", text[start:end]):
        low, high = start + found.start("to"), start + found.end("to")
        key = _organ_within(organs, low, high)
        keys.append(key or _key(text[low:high], low, high, language, organs))
    return tuple(keys)
