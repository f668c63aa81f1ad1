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
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any, cast

from kg.entity import Authority as Authority
from kg.entity import Entity as Entity
from kg.entity import Label as Label
from kg.entity import LabelKind as LabelKind
from kg.entity import Scheme as Scheme
from kg.errors import AuthorityError
from kg.model import Unts
from kg.vocab import BASE, DCTERMS, RDF, SCHEMA, SKOS, SKOSXL, UNKG, ontology_path

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
    added = [(path, read_blocks(path)) for path in (*beside, *more)]
    schemes = {scheme: _read(folder / name, scheme, added) for name, scheme in _FILES.items()}
    return Authority(
        states=schemes["state"],
        organs=schemes["organ"],
        instruments=schemes["instrument"],
        actors=schemes["actor"],
    )


# An entity's statements: predicate → objects, in the order of the file.
Block = dict[str, list[Any]]


def _read(
    path: Path, scheme: Scheme, added: Sequence[tuple[Path, dict[str, Block]]]
) -> Mapping[str, Entity]:
    blocks = read_blocks(path)
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


def read_blocks(
    path: Path, *, missing: str = "reinstall unkg", broken: str = "correct this block"
) -> dict[str, Block]:
    """The statements of a Turtle file by subject, in the order of the file.

    ``missing`` and ``broken`` are the next steps an error names.

    Raises:
        AuthorityError: the file cannot be read or is not Turtle; the text names file, line and
            subject.
    """
    import pyoxigraph as ox

    blocks: defaultdict[str, Block] = defaultdict(dict)
    try:
        for triple in ox.parse(path=path, format=ox.RdfFormat.TURTLE):
            block = blocks[cast(Any, triple.subject).value]
            block.setdefault(triple.predicate.value, []).append(triple.object)
    except OSError as error:
        reason = error.strerror or str(error)
        raise AuthorityError(f"{path}: cannot be read ({reason}); {missing}") from error
    except SyntaxError as error:
        line = error.lineno or 1
        where = f"{path}:{line}: {_subject(path, line)}"
        raise AuthorityError(f"{where}: not valid Turtle: {error}; {broken}") from error
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


def _key(iri: str, block: Block, prefix: str) -> str:
    notation = block.get(SKOS.notation)
    return str(notation[0].value) if notation else iri[len(prefix) :]


def _entity(
    path: Path, iri: str, scheme: Scheme, blocks: Mapping[str, Block], keys: Mapping[str, str]
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


def _kind(path: Path, iri: str, scheme: Scheme, block: Block) -> str:
    for term in block.get(RDF.type, ()):
        if term.value.startswith(UNKG.IRI):
            kind = str(term.value[len(UNKG.IRI) :])
            if kind not in _CLASSES[scheme]:
                raise _broken(path, iri, f"unkg:{kind} is no kind of {scheme}")
            return kind
    raise _broken(path, iri, "it has no class of the unkg ontology")


def _labels(path: Path, iri: str, blocks: Mapping[str, Block]) -> Iterator[Label]:
    block = blocks[iri]
    for predicate, kind in _KINDS.items():
        for term in block.get(predicate, ()):
            if not getattr(term, "language", None):
                raise _broken(path, iri, f"the name {term.value!r} has no language tag")
            yield Label(text=term.value, language=term.language, kind=kind)
    for node in block.get(UNKG.hasName, ()):
        yield from _dated(path, iri, blocks.get(node.value, {}))


def _dated(path: Path, iri: str, name: Block) -> Iterator[Label]:
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


def _registrations(path: Path, iri: str, blocks: Mapping[str, Block]) -> Iterator[Unts]:
    for node in blocks[iri].get(UNKG.registeredAs, ()):
        volume, _, number = node.value.rpartition("/")[2].partition("-")
        if not (volume.isdigit() and number.isdigit()):
            raise _broken(path, iri, f"{node.value} is not …/unts/VOLUME-NUMBER")
        yield Unts(volume=int(volume), number=int(number))


def _symbols(block: Block) -> Iterator[str]:
    from urllib.parse import unquote

    for term in block.get(UNKG.annexedTo, ()):
        if term.value.startswith(_DOCUMENTS):
            yield unquote(term.value[len(_DOCUMENTS) :])


def _linked(
    path: Path, iri: str, block: Block, predicates: Iterable[str], keys: Mapping[str, str]
) -> Iterator[str]:
    for predicate in predicates:
        for term in block.get(predicate, ()):
            if term.value not in keys:
                raise _broken(path, iri, f"it points to {term.value}, which the file lacks")
            yield keys[term.value]


def _codes(block: Block) -> Iterator[tuple[str, str]]:
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
