"""Which instrument a name is: by the authority, by what the text has named before, or not at all.

A full name is looked up; a short one (《规则》, "the Strategy") is the nearest instrument before
it whose name it shortens; a misspelt one is the only name of its kind that differs by little.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.authority import Authority, Entity
from kg.languages import Language
from kg.recognise.instruments import NameFound
from kg.recognise.names import FULL, finder, forms_of, squeeze
from kg.resolve.named import Named
from kg.resolve.slips import misprint

# Classes of instruments that a place and a noun are enough to name (the Montreal Protocol).
_TREATIES = frozenset({"Treaty", "Protocol"})
# The noun, the year and a preposition or article at most (Convention de 1971).
_YEAR_WORDS = 3
_ARTICLES = frozenset({"the", "la", "le", "el"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """An instrument's key, or None: with a reason and candidates where one was to be found.

    ``alias`` is the full name an unknown instrument was given before, for its short form.
    """

    target: str | None
    alias: str | None = None
    reason: str = ""
    candidates: tuple[str, ...] = ()


class Resolver:
    """Resolves the instrument names of one document, section by section."""

    def __init__(self, authority: Authority, language: Language) -> None:
        self.authority = authority
        self.language = language
        self._known = finder("instrument", language.code, kinds=FULL)
        self._short = finder("instrument", language.code, kinds=("short",))

    def resolve(self, name: NameFound, *, named: Named, outer: str | None = None) -> Resolution:
        """The instrument a name stands for, given what was named before it in its text.

        ``outer`` is the key of the name around a nested one.
        """
        if name.form == "collective":
            return self._collective(named)
        if name.form in ("child", "part"):
            return self._related(name, named)
        year = self.language.first("instrument-dated", name.core.strip())
        keys = () if year else self._looked_up(name)
        if len(keys) == 1:
            return Resolution(target=self._older(keys[0]) if name.older else keys[0])
        child = self._child(name, outer or (named.last if name.of_previous else None))
        if child:
            return Resolution(target=child)
        declared = named.declared(self.squeezed(name.core))
        if declared is not None:
            return Resolution(target=declared[1], alias=None if declared[1] else declared[0])
        if year:
            return self._dated(name, named, year[1]["year"])
        short = self._shortened(name, named, keys)
        if short is not None:
            return short
        if keys:
            return self._newest(keys, older=name.older)
        return self._abridged(name) or self._misprint(name) or self._unknown(name)

    def _looked_up(self, name: NameFound) -> tuple[str, ...]:
        """Keys by the full name; the short form behind it decides between several."""
        core = set(self._known.keys_of(name.core))
        if not core:
            core = set(self._known.keys_of(re.sub(r"^\s*\d{4}\s*\D?\s*(?=[《\"“])", "", name.core)))
        if not core and name.short:
            core = set(self._known.keys_of(name.core + name.short))
        if not core:
            core = self._without_year(name.core)
        short = set(self._known.keys_of(name.short)) if name.short else set()
        return tuple(sorted(core & short or core or short))

    def _without_year(self, core: str) -> set[str]:
        """Keys of a name with its year put in (2005 Convention on …, Convention de 2005 …)."""
        found = self.language.first("instrument-year", core)
        if found is None:
            return set()
        bare = core[: found[1].start()] + core[found[1].end() :]
        keys = self._known.keys_of(bare)
        year = found[1]["year"]
        return {k for k in keys if (self.authority.instruments[k].date or "").startswith(year)}

    def _newest(self, keys: Sequence[str], *, older: bool) -> Resolution:
        dated = sorted(keys, key=lambda key: self.authority.instruments[key].date or "")
        return Resolution(target=dated[0] if older else dated[-1])

    def _older(self, key: str) -> str:
        """The instrument that this one revised, if the authority knows it."""
        replaced = self.authority.instruments[key].values("replaces")
        return replaced[0] if replaced else key

    def _collective(self, named: Named) -> Resolution:
        for _, target in reversed(named.names):
            found = [e.key for e in self._children(target) if e.parts]
            if found:
                return Resolution(target=found[0])
            if target is not None:
                break
        return Resolution(target=None)

    def _related(self, name: NameFound, named: Named) -> Resolution:
        """The protocol "thereto" of the instrument named last, or one more of its protocols."""
        keys = self._looked_up(name)
        family = self._family(named, part=name.form == "part")
        found = [key for key in keys if key in family] or list(keys if name.form == "part" else ())
        if not found and name.form == "part":
            subject = self.squeezed(name.core).lower()
            found = [key for key in family if any(subject in text for text in self._said(key))]
        elif not found:
            dated = self._child(name, next((t for _, t in reversed(named.names) if t), None))
            found = [dated] if dated else family
        if len(found) == 1:
            return Resolution(target=found[0])
        reason = "which protocol is meant cannot be told"
        return Resolution(target=None, reason=reason, candidates=tuple(sorted(found or family)))

    def _family(self, named: Named, *, part: bool) -> list[str]:
        """The single instruments under the one named last (or under its parent)."""
        last = next((target for _, target in reversed(named.names) if target), None)
        if last is not None and part:
            last = self.authority.instruments[last].parent or last
        return [entity.key for entity in self._children(last) if not entity.parts]

    def _said(self, key: str) -> Iterator[str]:
        names = _texts(self.authority.instruments[key], self.language.code)
        return (self.squeezed(name).lower() for name in names)

    def _children(self, parent: str | None) -> Iterator[Entity]:
        if parent is not None:
            yield from (e for e in self.authority.instruments.values() if e.parent == parent)

    def _child(self, name: NameFound, parent: str | None) -> str | None:
        """The protocol of a year ("1972 年《议定书》") to the instrument around or before it."""
        year = re.search(r"(?<!\d)(?:19|20)\d{2}(?!\d)", name.core)
        if parent is None or year is None:
            return None
        dated = [e.key for e in self._children(parent) if (e.date or "").startswith(year[0])]
        return dated[0] if len(dated) == 1 else None

    def _dated(self, name: NameFound, named: Named, year: str) -> Resolution:
        """What a noun and a year stand for ("the 1971 Convention", Конвенции 1971 года).

        The nearest instrument of that noun and year named before; else the one that some
        language names so, a protocol only where its parent has been named.
        """
        of_year = [
            entity
            for entity in self.authority.instruments.values()
            if (entity.date or "").startswith(year)
            and not entity.parts
            and self._same_noun(name, entity)
        ]
        keys = {entity.key for entity in of_year}
        nearest = next((t for _, t in reversed(named.names) if t in keys), None)
        parents = {target for _, target in named.names}
        usual = [
            e.key
            for e in of_year
            if _named_by_year(e, year) and (e.parent is None or e.parent in parents)
        ]
        if nearest or len(usual) == 1:
            return Resolution(target=nearest or usual[0])
        reason = "which instrument of the year is meant cannot be told"
        return Resolution(target=None, reason=reason, candidates=tuple(sorted(keys)))

    def _same_noun(self, name: NameFound, entity: Entity) -> bool:
        noun = self._nouns(self.squeezed(name.core))[:1]
        names = (self.squeezed(text) for text in _texts(entity, self.language.code))
        return any(noun == self._nouns(text)[:1] for text in names)

    def remember(self, name: NameFound, resolution: Resolution, named: Named) -> None:
        """Keeps what a full name stands for, for the short names behind it."""
        if resolution.alias is not None or resolution.reason:
            return
        full = self.squeezed(name.core)
        named.add(full, resolution.target)
        if name.short:
            named.declare(self.squeezed(name.short), full, resolution.target)

    def _shortened(self, name: NameFound, named: Named, keys: Iterable[str]) -> Resolution | None:
        """The nearest instrument before whose name this one shortens."""
        short = self.squeezed(name.core)
        shorts = set(self._short.keys_of(name.core)) | set(keys)
        for full, target in reversed(named.names):
            if keys and target not in shorts:
                continue
            if target in shorts or (target and self._shortens(short, full, target)):
                return Resolution(target=target)
            if target is None and short != full and self._is_short_of(short, full):
                return Resolution(target=None, alias=full)
        return None

    def _shortens(self, short: str, full: str, target: str) -> bool:
        entity = self.authority.instruments[target]
        if entity.parts:
            return False
        names = [full, *(self.squeezed(n) for n in _texts(entity, self.language.code))]
        return any(self._is_short_of(short, name) for name in names)

    def _is_short_of(self, short: str, full: str) -> bool:
        """Whether a name is short for another: the same noun ("the Convention" is no protocol)."""
        if not shortens(short, full, spaced=self.language.spaced):
            return False
        nouns = self._nouns(short)
        if not (self.language.spaced and nouns):
            return True
        return nouns[0] in self._nouns(full) and self._leads(short, full)

    def _leads(self, short: str, full: str) -> bool:
        """Whether what stands before a short name's noun stands before the full one's noun too.

        "The Reading Protocol" is no short form of "Supplementary Protocol to the Reading Protocol".
        """
        ours, theirs = (self._before_noun(name) for name in (short, full))
        return not ours or shortens(" ".join(ours), " ".join(theirs), spaced=True)

    def _before_noun(self, name: str) -> list[str]:
        starts = [m.start() for _, m in self.language.matches("instrument-head", name)]
        return [w for w in name[: min(starts, default=0)].split() if w.lower() not in _ARTICLES]

    def _nouns(self, name: str) -> list[str]:
        """The noun that makes a name an instrument, and those that "and" joins to it."""
        found = sorted(
            (m for _, m in self.language.matches("instrument-head", name)), key=lambda m: m.start()
        )
        nouns = found[:1]
        for noun in found[1:]:
            if self.language.first("date-shared", name[nouns[-1].end() : noun.start()]) is None:
                break
            nouns.append(noun)
        return [noun["head"].lower() for noun in nouns]

    def _misprint(self, name: NameFound) -> Resolution | None:
        """The one instrument whose name differs by a slip."""
        slips = misprint(self.squeezed(name.core), self._known, spaced=self.language.spaced)
        return Resolution(target=slips.pop()) if len(slips) == 1 else None

    def _abridged(self, name: NameFound) -> Resolution | None:
        """A known name without its first words, where those are only a prefix; or its protocol."""
        if name.form != "titled":
            return None
        wanted = self.squeezed(name.core).lower()
        known = self._known
        found = {
            key
            for at in known.holding(f"{wanted}\n")
            if self._prefixed(known.names[at][: -len(wanted)])
            for key in known.keys[at]
        }
        found |= {
            key
            for at in known.holding(f"\n{wanted} ")
            for key in known.keys[at]
            if self.authority.instruments[key].kind in _TREATIES
        }
        inside = list(self._known.find(name.core))
        for inner in inside[:1]:
            if inner.start == 0 and len(inner.keys) == 1:
                said = (text for text in self._said(inner.keys[0]) if len(text) > inner.end)
                found |= {inner.keys[0] for text in said if wanted.endswith(text)}
        for inner in inside[-1:]:
            if inner.start and inner.end == len(name.core) and len(inner.keys) == 1:
                found |= self._only_child(name.core, inner.keys[0])
        return Resolution(target=found.pop()) if len(found) == 1 else None

    def _prefixed(self, words: str) -> bool:
        """Whether a known name's first words are none or only a prefix, so that it goes without."""
        return not words or self.language.first("instrument-prefix", words) is not None

    def _only_child(self, name: str, parent: str) -> set[str]:
        """The one instrument of the name's noun under the parent that ends the name."""
        noun = self._nouns(self.squeezed(name))[:1]
        children = [
            entity.key
            for entity in self._children(parent)
            if not entity.parts
            and any(
                self._nouns(self.squeezed(text))[:1] == noun
                for text in _texts(entity, self.language.code)
            )
        ]
        return set(children) if len(children) == 1 else set()

    def _unknown(self, name: NameFound) -> Resolution:
        """A name of its own stays without target; a bare noun was a reference and is doubtful."""
        usual = self.language.first("instrument-default", name.core.strip())
        if usual and usual[0].value in self.authority.instruments:
            return Resolution(target=usual[0].value)
        shorts = self._short.keys_of(name.core)
        if shorts or self.generic(name.core):
            reason = "short name without an instrument named before it"
            return Resolution(target=None, reason=reason, candidates=shorts)
        return Resolution(target=None)

    def generic(self, core: str) -> bool:
        """Whether a name is only a noun (《公约》, "the Convention")."""
        bare = core.strip() if self.language.spaced else self.squeezed(core)
        head = self.language.first("instrument-head", bare)
        return head is not None and head[1]["head"] == bare

    def squeezed(self, name: str) -> str:
        """A name as names are compared."""
        return squeeze(name, forms=forms_of(self.language)).text


def shortens(short: str, full: str, *, spaced: bool) -> bool:
    """Whether a name is a short form of another: its end, or its words in their order.

    >>> shortens("全球行动计划", "联合国打击贩运人口行为全球行动计划", spaced=False)
    True
    >>> shortens("the Convention", "Convention on the Rights of the Child", spaced=True)
    True
    """
    if not spaced:
        return len(short) >= 2 and full.endswith(short)
    small = [word for word in short.lower().split() if word not in _ARTICLES]
    rest = iter(full.lower().split())
    return bool(small) and all(word in rest for word in small)


def _named_by_year(entity: Entity, year: str) -> bool:
    """Whether a language names an instrument by its noun and year alone ("1971 Convention")."""
    return any(
        label.kind == "short" and year in label.text and len(label.text.split()) <= _YEAR_WORDS
        for label in entity.labels
    )


def _texts(entity: Entity, language: str) -> Iterator[str]:
    return (label.text for label in entity.labels if label.language == language)
