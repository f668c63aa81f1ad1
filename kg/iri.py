"""The IRIs we mint: one function a kind of thing, all from one base."""

from __future__ import annotations

from urllib.parse import quote

from kg.symbol import Symbol

BASE = "https://w3id.org/unkg"


def rebase(iri: str, *, base: str = BASE) -> str:
    """The IRI moved from the default base to ``base``; any other IRI is returned unchanged.

    >>> rebase("https://w3id.org/unkg/ontology#cites", base="https://example.org/kg")
    'https://example.org/kg/ontology#cites'
    >>> rebase("https://undocs.org/A/72/440", base="https://example.org/kg")
    'https://undocs.org/A/72/440'
    """
    return base + iri[len(BASE) :] if iri.startswith(BASE + "/") else iri


def state_iri(code: str, *, base: str = BASE) -> str:
    """A state by its ISO 3166 alpha-3 code.

    >>> state_iri("GTM")
    'https://w3id.org/unkg/state/GTM'
    """
    return f"{base}/state/{quote(code, safe='')}"


def organ_iri(code: str, *, base: str = BASE) -> str:
    """An organ by its code, slashes as hyphens.

    >>> organ_iri("E/CN.15")
    'https://w3id.org/unkg/organ/E-CN.15'
    """
    return f"{base}/organ/{_flat(code)}"


def instrument_iri(slug: str, *, base: str = BASE) -> str:
    """An instrument by its slug.

    >>> instrument_iri("nelson-mandela-rules")
    'https://w3id.org/unkg/instrument/nelson-mandela-rules'
    """
    return f"{base}/instrument/{quote(slug, safe='')}"


def actor_iri(key: str, *, base: str = BASE) -> str:
    """A generic addressee by its key.

    >>> actor_iri("member-states")
    'https://w3id.org/unkg/actor/member-states'
    """
    return f"{base}/actor/{quote(key, safe='')}"


def registration_iri(volume: int, number: int, *, base: str = BASE) -> str:
    """An entry in the United Nations Treaty Series by volume and registration number.

    >>> registration_iri(2225, 39574)
    'https://w3id.org/unkg/unts/2225-39574'
    """
    return f"{base}/unts/{volume}-{number}"


def meeting_iri(organ: str, session: int | str, number: int, *, base: str = BASE) -> str:
    """A meeting by organ, session and number.

    >>> meeting_iri("A/C.3", 72, 43)
    'https://w3id.org/unkg/meeting/A-C.3-72-43'
    """
    return f"{base}/meeting/{_flat(organ)}-{quote(str(session), safe='')}-{number}"


def document_iri(symbol: str | None, *, sha256: str, base: str = BASE) -> str:
    """A document by its canonical symbol, else by the SHA-256 (hex) of its decoded text.

    >>> document_iri("A/RES/70/175", sha256="")
    'https://undocs.org/A/RES/70/175'
    >>> document_iri(None, sha256="9f86d081884c7d659a2feaa0c55ad015")
    'https://w3id.org/unkg/document/9f86d081884c7d65'
    """
    return Symbol(symbol).iri if symbol else f"{base}/document/{sha256[:16]}"


def version_iri(symbol: str | None, sha256: str, language: str, *, base: str = BASE) -> str:
    """One language version of a document; it names the graph of what was read from it.

    >>> version_iri("A/72/440", "", "zh")
    'https://undocs.org/zh/A/72/440'
    >>> version_iri(None, "9f86d081884c7d659a2feaa0c55ad015", "en")
    'https://w3id.org/unkg/document/9f86d081884c7d65/en'
    """
    if symbol:
        return Symbol(symbol).version_iri(language)
    return f"{document_iri(None, sha256=sha256, base=base)}/{language}"


def _flat(code: str) -> str:
    return quote(code.replace("/", "-"), safe="().-")
