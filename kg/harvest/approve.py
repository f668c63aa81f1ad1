"""Bringing approved candidates into the authority: everything is checked, then one file written.

What is brought in is appended to ``harvested.ttl``, so the hand-made files keep their layout
and it stays plain which names a corpus gave. Nothing is written unless all of it is sound.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import unquote

from kg.authority import Authority, own_files, read_authority, read_blocks
from kg.errors import AuthorityError, SymbolError
from kg.harvest import terms
from kg.languages import available
from kg.store import write_atomically
from kg.symbol import parse
from kg.vocab import RDF, UNKG, ontology_path

FILE = "harvested.ttl"
_CHECKOUT = "give the folder with --to, or name it in UNKG_AUTHORITY"


@dataclass(frozen=True, slots=True, kw_only=True)
class Addition:
    """What one approved candidate adds: predicate as written and object as written, in order."""

    candidate: str
    line: int
    key: str
    new_class: str | None
    statements: tuple[tuple[str, str], ...]
    names: tuple[tuple[str, str, str], ...]
    evidence: tuple[str, ...]


def add_candidates(path: Path, *, to: Path | None = None) -> tuple[Path, tuple[Addition, ...]]:
    """Brings the approved candidates of a file into a folder of authority files.

    The folder is ``to``, else the project's own in a checkout. Returns the file written and
    what it gained; what the authority has already is passed over.

    Raises:
        AuthorityError: the file of candidates is not sound, or what it approves is not, beside
            the authority; nothing is changed.
        StoreError: the folder cannot be written.
    """
    folder = to or home()
    authority = _authority(folder)
    additions = read_approved(path, authority)
    target = folder / FILE
    new = [a for a in additions if a.statements or a.new_class]
    if new:
        _refuse_doubled(path, new, authority)
        old = target.read_text(encoding="utf-8") if target.exists() else _heading()
        text = old.rstrip("\n") + "\n" + "".join(f"\n{block_of(one)}" for one in new)
        _check(text, path, folder)
        folder.mkdir(parents=True, exist_ok=True)
        write_atomically(target, text.encode("utf-8"))
    return target, tuple(new)


def home() -> Path:
    """The authority's folder in a checkout of the project.

    Raises:
        AuthorityError: the package is installed: its own files are not to be changed.
    """
    folder = ontology_path() / "authority"
    if folder.parent.name == "_ontology":
        raise AuthorityError(f"the installed authority is not written to; {_CHECKOUT}")
    return folder


def _heading() -> str:
    note = (
        "# What kg harvest proposed and a person approved: names, registrations and annexes, each\n"
        "# block with the documents that print them.\n"
    )
    return terms.heading("unkg", "instrument", "unts", "skos", "dcterms", "xsd") + "\n" + note


def _authority(folder: Path, more: Sequence[Path] | None = None) -> Authority:
    """The built-in authority with the files of a folder, or with ``more`` in their place."""
    built_in = ontology_path() / "authority"
    if more is None:
        more = () if _same(folder, built_in) else own_files(folder)
    return read_authority(built_in, more=more)


def _same(one: Path, other: Path) -> bool:
    return one.resolve() == other.resolve()


def read_approved(path: Path, authority: Authority) -> list[Addition]:
    """The approved candidates of a file; every candidate is checked, approved or not.

    Raises:
        AuthorityError: the file cannot be read, is not Turtle, or a candidate is not sound; the
            text names file, line and subject.
    """
    blocks = read_blocks(path, missing="nothing was added", broken="nothing was added")
    file = _File(path, authority)
    found = [
        file.addition(
            subject, [(name, term) for name, objects in block.items() for term in objects]
        )
        for subject, block in blocks.items()
    ]
    return [addition for addition in found if addition is not None]


class _File:
    """One file of candidates, checked against the authority it is meant for."""

    def __init__(self, path: Path, authority: Authority) -> None:
        self.path = path
        self.authority = authority
        self.lines = path.read_text(encoding="utf-8").splitlines()
        self.classes = {e.kind for e in authority.instruments.values()} - {"Collective"}

    def line_of(self, subject: str) -> int:
        """The line at which a subject's block begins."""
        name = re.split("[/#]", subject)[-1]
        begun = (re.split("[:/#]", text.split(" ", 1)[0].strip("<>"))[-1] for text in self.lines)
        return next((n for n, word in enumerate(begun, 1) if word == name), 1)

    def broken(self, subject: str, reason: str) -> AuthorityError:
        line = self.line_of(subject)
        return AuthorityError(f"{self.path}:{line}: {subject}: {reason}; nothing was added")

    def addition(self, subject: str, block: list[tuple[str, Any]]) -> Addition | None:
        """What a candidate adds, None if it is not approved."""
        said: dict[str, list[Any]] = {}
        for predicate, term in block:
            said.setdefault(predicate, []).append(term)
        approved = self._own(subject, said)
        proposal = self._one(subject, said, terms.PROPOSES)
        new = proposal == "new instrument" and not self._in_already(said)
        key = self._about(subject, said, new=new)
        new_class = self._new_class(subject, said) if new else None
        if approved:
            self._refuse_taken(subject, key, said)
        statements = tuple(self._statements(subject, key, block))
        if approved and new_class and not any(p == "skos:prefLabel" for p, _ in statements):
            raise self.broken(subject, "a new instrument needs a skos:prefLabel")
        if not approved:
            return None
        return Addition(
            candidate=subject,
            line=self.line_of(subject),
            key=key,
            new_class=new_class,
            statements=statements,
            names=tuple(_names(block)),
            evidence=tuple(str(term.value) for term in said.get(terms.EVIDENCE, ())),
        )

    def _in_already(self, said: Mapping[str, Sequence[Any]]) -> bool:
        """Whether a new instrument was brought in before: the authority has it by all its names."""
        for about in said.get(terms.ABOUT, ()):
            key = str(about.value).removeprefix(terms.INSTRUMENT)
            entity = self.authority.instruments.get(key)
            have = {(n.text, n.language) for n in entity.labels} if entity else set()
            names = {(t.value, t.language) for p in terms.NAMES for t in said.get(p, ())}
            return bool(names) and names <= have
        return False

    def _own(self, subject: str, said: Mapping[str, Sequence[Any]]) -> bool:
        """Whether the candidate is approved; the words it may use are checked."""
        if terms.KIND not in {term.value for term in said.get(RDF.type, ())}:
            raise self.broken(subject, "it is no unkg:Candidate")
        unknown = sorted(set(said) - terms.OWN - set(terms.NAMES) - set(terms.STATEMENTS))
        if unknown:
            raise self.broken(subject, f"the term <{unknown[0]}> is not one candidates have")
        approved = self._one(subject, said, terms.APPROVED)
        if approved not in ("true", "false"):
            raise self.broken(subject, f"unkg:approved is {approved!r}, not true or false")
        proposal = self._one(subject, said, terms.PROPOSES)
        if proposal not in terms.PROPOSALS:
            known = ", ".join(terms.PROPOSALS)
            raise self.broken(subject, f"{proposal!r} is no kind of candidate; known: {known}")
        return approved == "true"

    def _one(self, subject: str, said: Mapping[str, Sequence[Any]], predicate: str) -> str:
        values = said.get(predicate, ())
        if len(values) != 1:
            name = predicate.removeprefix(UNKG.IRI)
            raise self.broken(subject, f"it needs one unkg:{name}, and has {len(values)}")
        return str(values[0].value)

    def _about(self, subject: str, said: Mapping[str, Sequence[Any]], *, new: bool) -> str:
        iri = self._one(subject, said, terms.ABOUT)
        key = iri.removeprefix(terms.INSTRUMENT)
        if key == iri or not re.fullmatch(r"[a-z0-9][a-z0-9-]*", key):
            raise self.broken(subject, f"<{iri}> is no instrument:SLUG")
        if new and key in self.authority.instruments:
            raise self.broken(subject, f"the authority has instrument:{key} already")
        if not new and key not in self.authority.instruments:
            raise self.broken(subject, f"the authority has no instrument:{key}")
        return key

    def _new_class(self, subject: str, said: Mapping[str, Sequence[Any]]) -> str:
        name = self._one(subject, said, terms.NEW_CLASS).removeprefix(UNKG.IRI)
        if name not in self.classes:
            known = ", ".join(sorted(self.classes))
            raise self.broken(subject, f"unkg:{name} is no kind of instrument; known: {known}")
        return name

    def _statements(
        self, subject: str, key: str, block: Sequence[tuple[str, Any]]
    ) -> Iterator[tuple[str, str]]:
        """What the authority lacks of what a candidate says, as Turtle writes it."""
        entity = self.authority.instruments.get(key)
        for predicate, term in block:
            if predicate in terms.NAMES:
                language = getattr(term, "language", None)
                if language not in available():
                    raise self.broken(subject, f"the name {term.value!r} has no known language tag")
                labels = entity.labels if entity else ()
                if (term.value, language) not in {(n.text, n.language) for n in labels}:
                    yield terms.NAMES[predicate], terms.literal(term.value, language)
            elif predicate == UNKG.registeredAs:
                yield from self._registration(subject, key, str(term.value))
            elif predicate == UNKG.annexedTo:
                yield from self._annex(subject, key, str(term.value))
            elif predicate in terms.STATEMENTS:
                yield terms.STATEMENTS[predicate], str(term)

    def _registration(self, subject: str, key: str, iri: str) -> Iterator[tuple[str, str]]:
        found = re.fullmatch(r"(\d+)-(\d+)", iri.removeprefix(terms.UNTS))
        if not found:
            raise self.broken(subject, f"<{iri}> is no unts:VOLUME-NUMBER")
        entity = self.authority.instruments.get(key)
        have = {f"{u.volume}-{u.number}" for u in entity.registered_as} if entity else set()
        if found[0] not in have:
            yield "unkg:registeredAs", f"unts:{found[0]}"

    def _refuse_taken(self, subject: str, key: str, said: Mapping[str, Sequence[Any]]) -> None:
        """A registration is one instrument's."""
        printed = {t.value.removeprefix(terms.UNTS) for t in said.get(UNKG.registeredAs, ())}
        for other, entity in self.authority.instruments.items():
            taken = printed & {f"{u.volume}-{u.number}" for u in entity.registered_as}
            if taken and other != key:
                raise self.broken(subject, f"unts:{min(taken)} is instrument:{other}'s already")

    def _annex(self, subject: str, key: str, iri: str) -> Iterator[tuple[str, str]]:
        symbol = unquote(iri.removeprefix(terms.DOCUMENT))
        try:
            canonical = parse(symbol).text == symbol and iri.startswith(terms.DOCUMENT)
        except SymbolError:
            canonical = False
        if not canonical:
            raise self.broken(subject, f"<{iri}> is no document at {terms.DOCUMENT}")
        entity = self.authority.instruments.get(key)
        if entity is None or symbol not in entity.annexed_to:
            yield "unkg:annexedTo", f"<{iri}>"


def _names(block: Sequence[tuple[str, Any]]) -> Iterator[tuple[str, str, str]]:
    for predicate, term in block:
        if predicate in terms.NAMES:
            yield terms.NAMES[predicate], term.value, term.language


def block_of(addition: Addition) -> str:
    """An addition as a block of the authority, the documents that print it above.

    Only the places are kept, not their words.
    """
    places = [text.split(": ", 1)[0] for text in addition.evidence]
    lines = [f"# {place}" for place in places[:3]] or ["# approved without evidence"]
    kind = [f"a unkg:{addition.new_class}"] if addition.new_class else []
    said = [*kind, *(f"{predicate} {term}" for predicate, term in addition.statements)]
    body = " ;\n    ".join(said)
    return "\n".join(lines) + f"\ninstrument:{addition.key} {body} .\n"


def _check(text: str, path: Path, folder: Path) -> None:
    """Reads the authority as it would be."""
    with TemporaryDirectory() as scratch:
        file = Path(scratch) / FILE
        file.write_text(text, encoding="utf-8")
        built_in = ontology_path() / "authority"
        beside = [p for p in own_files(folder) if p.name != FILE]
        more = [file] if _same(folder, built_in) else [*beside, file]
        try:
            read_authority(built_in, more=more, without=_old(folder, built_in))
        except AuthorityError as error:
            reason = str(error).replace(str(file), FILE)
            raise AuthorityError(f"{path}: would break the authority: {reason}") from error


def _old(folder: Path, built_in: Path) -> frozenset[str]:
    """The file that the new text replaces, where it lies among the built-in ones."""
    return frozenset({FILE}) if _same(folder, built_in) else frozenset()


def _refuse_doubled(path: Path, new: Sequence[Addition], authority: Authority) -> None:
    """Names that would be unclear: two preferred ones, or another instrument's.

    A new name has no dates, so it meets all others.
    """
    labels = [(k, n) for k, e in authority.instruments.items() for n in e.labels]
    clear = {(n.text, n.language): key for key, n in labels if n.kind != "short"}
    preferred = {(key, n.language) for key, n in labels if n.kind == "preferred"}
    had = {(key, n.text, n.language) for key, n in labels}
    for one in new:
        for predicate, text, language in one.names:
            if predicate == "unkg:shortName" or (one.key, text, language) in had:
                continue
            other = clear.setdefault((text, language), one.key)
            if other != one.key:
                raise _unclear(path, one, f"the name {text!r} would lead to instrument:{other} too")
            if predicate == "skos:prefLabel":
                if (one.key, language) in preferred:
                    raise _unclear(path, one, f"it would have two skos:prefLabel in {language!r}")
                preferred.add((one.key, language))


def _unclear(path: Path, one: Addition, reason: str) -> AuthorityError:
    where = f"{path}:{one.line}: {one.candidate}"
    return AuthorityError(f"{where}: {reason}; nothing was added")
