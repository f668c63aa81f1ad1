"""The authority: states, organs, instruments and actors with their names, read from Turtle.

One block of Turtle an entity, in ``ontology/authority/``; a name that was in use only for a
time is a ``unkg:Name`` node with its dates. Other Turtle files in the folder, and those of the
folder that the environment variable ``UNKG_AUTHORITY`` names, add entities and statements to
them. Nothing here recognises names in text: that is the
recognisers' work, which take the names from ``Authority.names``.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, Literal, cast

from kg.errors import AuthorityError
from kg.model import Unts
from kg.vocab import BASE, DCTERMS, RDF, SCHEMA, SKOS, SKOSXL, UNKG, ontology_path

Scheme = Literal["state", "organ", "instrument", "actor"]
LabelKind = Literal["preferred", "alternative", "formal", "former", "short", "hidden"]

_FILES: dict[str, Scheme] = {
    "states.ttl": "state",
    "organs.ttl": "organ",
    "instruments.ttl": "instrument",
    "actors.ttl": "actor",
}
_KINDS: dict[str, LabelKind] = {
    SKOS.prefLabel: "preferred",
    SKOS.altLabel: "alternative",
    UNKG.formalName: "formal",
    UNKG.shortName: "short",
    SKOS.hiddenLabel: "hidden",
}
_CLASSES: dict[Scheme, frozenset[str]] = {
    "state": frozenset({"State"}),
    "organ": frozenset({"Organ"}),
    "instrument": frozenset(
        {
            "Instrument", "Treaty", "Protocol", "Charter", "Declaration", "Rules", "Principles",
            "Guidelines", "CodeOfConduct", "Strategy", "Programme", "Agenda", "Framework",
            "Compact", "ModelLaw", "Outcome", "Collective",
        }
    ),
    "actor": frozenset({"Actor"}),
}  # fmt: skip
_CODES = (
    UNKG.code,
    UNKG.alpha2,
    UNKG.alpha4,
    UNKG.m49,
    UNKG.memberSince,
    UNKG.memberUntil,
    UNKG.region,
    UNKG.regionalGroup,
    UNKG.successor,
    UNKG.adoptionPlace,
    DCTERMS.replaces,
    DCTERMS.source,
    SKOS.exactMatch,
)
_PARENTS = (UNKG.parentOrgan, UNKG.parentInstrument)
_DOCUMENTS = "https://undocs.org/"


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


@cache
def load_authority() -> Authority:
    """The authority that comes with the package and the user's own; read once a process.

    Raises:
        AuthorityError: a file is missing or broken.
    """
    return read_authority(ontology_path() / "authority", more=own_files(own_folder()))


def own_folder() -> Path | None:
    """The folder of authority files that the environment names, beside the built-in ones."""
    named = os.environ.get("UNKG_AUTHORITY")
    return Path(named) if named else None


def own_files(folder: Path | None) -> tuple[Path, ...]:
    """The Turtle files of a folder in sorted order; none if the folder is not there (yet)."""
    return tuple(sorted(folder.glob("*.ttl"))) if folder else ()


def read_authority(
    folder: Path, *, more: Sequence[Path] = (), without: Collection[str] = ()
) -> Authority:
    """The authority in a folder that holds the four Turtle files, others there, and ``more``.

    Files there whose names are in ``without`` are left out.

    Raises:
        AuthorityError: a file is missing, not Turtle, or an entity lacks what it needs; the
            text names file, line and subject.
    """
    beside = [path for path in own_files(folder) if path.name not in (*_FILES, *without)]
    added = [(path, _blocks(path)) for path in (*beside, *more)]
    schemes = {scheme: _read(folder / name, scheme, added) for name, scheme in _FILES.items()}
    return Authority(
        states=schemes["state"],
        organs=schemes["organ"],
        instruments=schemes["instrument"],
        actors=schemes["actor"],
    )


# An entity's statements: predicate → objects, in the order of the file.
_Block = dict[str, list[Any]]


def _read(
    path: Path, scheme: Scheme, added: Sequence[tuple[Path, dict[str, _Block]]]
) -> Mapping[str, Entity]:
    blocks = _blocks(path)
    where = dict.fromkeys(blocks, path)
    for file, more in added:
        for iri, block in more.items():
            where.setdefault(iri, file)
            for predicate, terms in block.items():
                blocks.setdefault(iri, {}).setdefault(predicate, []).extend(terms)
    prefix = f"{BASE}/{scheme}/"
    keys = {
        iri: _key(iri, block, prefix) for iri, block in blocks.items() if iri.startswith(prefix)
    }
    found: dict[str, Entity] = {}
    for iri, key in keys.items():
        if key in found:
            raise _broken(where[iri], iri, f"the key {key!r} is taken by {found[key].iri}")
        found[key] = _entity(where[iri], iri, scheme, blocks, keys)
    _refuse_one_name_for_two(where, found.values())
    return MappingProxyType(dict(sorted(found.items())))


def _blocks(path: Path) -> dict[str, _Block]:
    import pyoxigraph as ox

    blocks: defaultdict[str, _Block] = defaultdict(dict)
    try:
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            block = blocks[cast(Any, triple.subject).value]
            block.setdefault(triple.predicate.value, []).append(triple.object)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AuthorityError(f"{path}: cannot be read ({reason}); reinstall unkg") from error
    except SyntaxError as error:
        line = error.lineno or 1
        where = f"{path}:{line}: {_subject(path, line)}"
        raise AuthorityError(f"{where}: not valid Turtle: {error}; correct this block") from error
    return blocks


def _subject(path: Path, line: int) -> str:
    """The subject whose block a line of Turtle is in: the last word that began a line."""
    above = path.read_text(encoding="utf-8", errors="replace").splitlines()[:line]
    begun = (
        text.split()[0] for text in reversed(above) if text[:1].strip() and text[0] not in "@#"
    )
    return next(begun, "the heading")


def _refuse_one_name_for_two(where: Mapping[str, Path], entities: Iterable[Entity]) -> None:
    """Names that are clear alone lead to one entity on any day, and one is preferred."""
    taken: dict[tuple[str, str], list[tuple[Entity, Label]]] = {}
    for entity in entities:
        preferred: set[str] = set()
        for label in entity.labels:
            if label.kind == "preferred" and label.language in preferred:
                reason = f"{label.text!r}@{label.language} is a second skos:prefLabel"
                raise _broken(where[entity.iri], entity.iri, reason)
            if label.kind == "preferred":
                preferred.add(label.language)
            if label.kind == "short":
                continue
            others = taken.setdefault((label.language, label.text), [])
            for other, same in others:
                if other is not entity and label.meets(same):
                    reason = f"the name {label.text!r}@{label.language} is taken by {other.iri}"
                    raise _broken(where[entity.iri], entity.iri, reason)
            others.append((entity, label))


def _key(iri: str, block: _Block, prefix: str) -> str:
    notation = block.get(SKOS.notation)
    return str(notation[0].value) if notation else iri[len(prefix) :]


def _entity(
    path: Path, iri: str, scheme: Scheme, blocks: Mapping[str, _Block], keys: Mapping[str, str]
) -> Entity:
    block = blocks[iri]
    labels = tuple(_labels(path, iri, blocks))
    if not any(label.kind == "preferred" for label in labels):
        raise _broken(path, iri, "it has no skos:prefLabel")
    return Entity(
        key=keys[iri],
        iri=iri,
        scheme=scheme,
        kind=_kind(path, iri, scheme, block),
        labels=labels,
        registered_as=tuple(_registrations(path, iri, blocks)),
        annexed_to=tuple(_symbols(block)),
        parent=next(_linked(path, iri, block, _PARENTS, keys), None),
        parts=tuple(_linked(path, iri, block, (SCHEMA.hasPart,), keys)),
        date=next((str(term.value) for term in block.get(DCTERMS.date, ())), None),
        codes=tuple(_codes(block)),
    )


def _kind(path: Path, iri: str, scheme: Scheme, block: _Block) -> str:
    for term in block.get(RDF.type, ()):
        if term.value.startswith(UNKG.IRI):
            kind = str(term.value[len(UNKG.IRI) :])
            if kind not in _CLASSES[scheme]:
                raise _broken(path, iri, f"unkg:{kind} is no kind of {scheme}")
            return kind
    raise _broken(path, iri, "it has no class of the unkg ontology")


def _labels(path: Path, iri: str, blocks: Mapping[str, _Block]) -> Iterator[Label]:
    block = blocks[iri]
    for predicate, kind in _KINDS.items():
        for term in block.get(predicate, ()):
            if not getattr(term, "language", None):
                raise _broken(path, iri, f"the name {term.value!r} has no language tag")
            yield Label(text=term.value, language=term.language, kind=kind)
    for node in block.get(UNKG.hasName, ()):
        yield from _dated(path, iri, blocks.get(node.value, {}))


def _dated(path: Path, iri: str, name: _Block) -> Iterator[Label]:
    def one(predicate: str) -> str | None:
        return next((str(term.value) for term in name.get(predicate, ())), None)

    kind = one(UNKG.nameKind)
    if kind not in ("former", "formal") or SKOSXL.literalForm not in name:
        raise _broken(path, iri, "a unkg:Name needs a skosxl:literalForm and a unkg:nameKind")
    for term in name[SKOSXL.literalForm]:
        yield Label(
            text=term.value,
            language=term.language,
            kind=cast(LabelKind, kind),
            start=one(UNKG.validFrom),
            end=one(UNKG.validUntil),
        )


def _registrations(path: Path, iri: str, blocks: Mapping[str, _Block]) -> Iterator[Unts]:
    for node in blocks[iri].get(UNKG.registeredAs, ()):
        volume, _, number = node.value.rpartition("/")[2].partition("-")
        if not (volume.isdigit() and number.isdigit()):
            raise _broken(path, iri, f"{node.value} is not …/unts/VOLUME-NUMBER")
        yield Unts(volume=int(volume), number=int(number))


def _symbols(block: _Block) -> Iterator[str]:
    from urllib.parse import unquote

    for term in block.get(UNKG.annexedTo, ()):
        if term.value.startswith(_DOCUMENTS):
            yield unquote(term.value[len(_DOCUMENTS) :])


def _linked(
    path: Path, iri: str, block: _Block, predicates: Iterable[str], keys: Mapping[str, str]
) -> Iterator[str]:
    for predicate in predicates:
        for term in block.get(predicate, ()):
            if term.value not in keys:
                raise _broken(path, iri, f"it points to {term.value}, which the file lacks")
            yield keys[term.value]


def _codes(block: _Block) -> Iterator[tuple[str, str]]:
    for predicate in _CODES:
        for term in block.get(predicate, ()):
            name = re.split(r"[#/]", predicate)[-1]
            yield name, re.sub(rf"^{re.escape(BASE)}/\w+/", "", str(term.value))


def _broken(path: Path, iri: str, reason: str) -> AuthorityError:
    name = iri.rpartition("/")[2]
    lines = path.read_text(encoding="utf-8").splitlines()
    begun = (re.split("[:/>]", text.split(" ", 1)[0].rstrip(">"))[-1] for text in lines)
    line = next((n for n, subject in enumerate(begun, 1) if subject == name), 1)
    return AuthorityError(f"{path}:{line}: {iri}: {reason}; correct this block of the file")
