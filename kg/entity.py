"""What the authority is made of: names with dates, entities, and all of them by key."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Literal

from kg.model import Unts

Scheme = Literal["state", "organ", "instrument", "actor"]
LabelKind = Literal["preferred", "alternative", "formal", "former", "short", "hidden"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """One name in one language; ``start`` and ``end`` (exclusive) are ISO dates of its use.

    A ``short`` label ("the Commission", 《公约》) is clear only where the text has named the
    full one before.
    """

    text: str
    language: str
    kind: LabelKind
    start: str | None = None
    end: str | None = None

    def valid(self, at: str) -> bool:
        """Whether the name was in use on an ISO date ("2015-06-01", "2015")."""
        return (self.start is None or self.start <= at) and (self.end is None or at < self.end)

    def meets(self, other: Label) -> bool:
        """Whether there is a day on which both names were in use."""
        return (self.end is None or other.start is None or other.start < self.end) and (
            other.end is None or self.start is None or self.start < other.end
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Entity:
    """A state, organ, instrument or actor: its key, its kind (a class of the ontology), names.

    ``annexed_to`` holds symbols, ``parent`` and ``parts`` keys of the same scheme, ``codes``
    pairs such as ("m49", "320") or ("memberSince", "1945-11-21").
    """

    key: str
    iri: str
    scheme: Scheme
    kind: str
    labels: tuple[Label, ...]
    registered_as: tuple[Unts, ...] = ()
    annexed_to: tuple[str, ...] = ()
    parent: str | None = None
    parts: tuple[str, ...] = ()
    date: str | None = None
    codes: tuple[tuple[str, str], ...] = ()

    def label(self, language: str, *, at: str | None = None) -> str:
        """The name to print: in ``language``, else in English, else the key.

        With ``at`` (an ISO date) it is the name that was in use then.

        >>> from kg.authority import load_authority
        >>> turkey = load_authority().states["TUR"]
        >>> turkey.label("en"), turkey.label("en", at="2015-12-17")
        ('Türkiye', 'Turkey')
        """
        for tried in (language, "en"):
            named = [label for label in self.labels if label.language == tried]
            if at is not None:
                old = [n for n in named if n.kind == "former" and n.end and n.valid(at)]
                if old:
                    return min(old, key=lambda n: n.end or "").text
            found = next((n.text for n in named if n.kind == "preferred"), None)
            if found:
                return found
        return self.key

    def values(self, code: str) -> tuple[str, ...]:
        """The values of one code.

        >>> from kg.authority import load_authority
        >>> load_authority().states["GTM"].values("m49")
        ('320',)
        """
        return tuple(value for name, value in self.codes if name == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Authority:
    """All entities by scheme and key."""

    states: Mapping[str, Entity]
    organs: Mapping[str, Entity]
    instruments: Mapping[str, Entity]
    actors: Mapping[str, Entity]

    def scheme(self, scheme: Scheme) -> Mapping[str, Entity]:
        """The entities of one scheme by key."""
        return {
            "state": self.states,
            "organ": self.organs,
            "instrument": self.instruments,
            "actor": self.actors,
        }[scheme]

    def names(
        self,
        scheme: Scheme,
        language: str,
        *,
        at: str | None = None,
        kinds: Collection[LabelKind] = ("preferred", "alternative", "formal", "former", "hidden"),
    ) -> Mapping[str, tuple[str, ...]]:
        """Printed name → keys of the entities it may stand for, usually one.

        Short names are left out unless ``kinds`` asks for them; ``at`` keeps the names in use
        on an ISO date.

        >>> from kg.authority import load_authority
        >>> load_authority().names("state", "zh")["美国"]
        ('USA',)
        """
        found: defaultdict[str, set[str]] = defaultdict(set)
        for key, entity in self.scheme(scheme).items():
            for label in entity.labels:
                wanted = label.language == language and label.kind in kinds
                if wanted and (at is None or label.valid(at)):
                    found[label.text].add(key)
        return {name: tuple(sorted(keys)) for name, keys in sorted(found.items())}
