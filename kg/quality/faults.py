"""The places of a corpus that contradict themselves or could not be decided."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from kg.quality.model import Check, Finding
from kg.quality.plausible import contradicts, impossible
from kg.symbol import DOCUMENT_BASE, organ_of
from kg.vocab import DCTERMS, UNKG

if TYPE_CHECKING:
    from kg.store import Reader

# What the reasons of unresolved references say, as the reader gives them.
REASONS: tuple[tuple[Check, str], ...] = (
    ("marker", "footnote marker without a footnote"),
    ("note", "footnote that no marker leads to"),
    ("state", "name no known state"),
    ("vote", " of the vote has "),
)
MARKER = "footnote marker that may be misprinted"
_BALLOT = (
    ("in favour", UNKG.inFavourTotal, UNKG.votedFor),
    ("against", UNKG.againstTotal, UNKG.votedAgainst),
    ("abstaining", UNKG.abstainTotal, UNKG.abstained),
)
# As many as an organ may ever have had; the General Assembly has 193 members.
_MEMBERS = {"SC": 15, "HRC": 47, "ECOSOC": 54}
_ASSEMBLY = 193
_MENTIONED = f"""?mention <{UNKG.mentionOf}> ?citation ; <{UNKG.quote}> ?text ;
            <{UNKG.inVersion}> ?version . ?version <{DCTERMS.language}> ?language ."""
_SOME = 200  # values in one query


def votes(store: Reader) -> Iterator[Finding]:
    """Votes whose totals and lists differ, that have too many voters, or a state twice."""
    reasons: defaultdict[str, list[str]] = defaultdict(list)
    totals: defaultdict[str, dict[str, int]] = defaultdict(dict)
    for name, total, relation in _BALLOT:
        rows = store.select(f"SELECT DISTINCT ?vote ?total {{ ?vote <{total}> ?total }}").rows
        for vote, printed in rows:
            totals[vote.value][name] = int(printed.value)
        counted = f"""SELECT ?vote (COUNT(DISTINCT ?state) AS ?n)
          {{ ?vote <{relation}> ?state }} GROUP BY ?vote"""
        for vote, number in store.select(counted).rows:
            wanted = totals[vote.value].get(name)
            if wanted is not None and wanted != int(number.value):
                reasons[vote.value].append(
                    f"{number.value} states are listed {name}, the total is {wanted}"
                )
    for vote, reason in _doubled(store):
        reasons[vote].append(reason)
    proposals = _proposals(store)
    for vote, numbers in totals.items():
        members = _MEMBERS.get(organ_of(proposals.get(vote, "")), _ASSEMBLY)
        if sum(numbers.values()) > members:
            reasons[vote].append(f"{sum(numbers.values())} votes in an organ of {members} members")
    for vote in sorted(reasons):
        document = proposals.get(vote, vote)
        for reason in reasons[vote]:
            yield Finding(check="vote", document=document, language=None, text="", reason=reason)


def _doubled(store: Reader) -> Iterator[tuple[str, str]]:
    for at, (name, _, relation) in enumerate(_BALLOT):
        for other, _, second in _BALLOT[at + 1 :]:
            sparql = f"""SELECT DISTINCT ?vote ?state {{
              ?vote <{relation}> ?state ; <{second}> ?state }}"""
            for vote, state in store.select(sparql).rows:
                code = state.value.rsplit("/", 1)[-1]
                yield vote.value, f"{code} is listed {name} and {other}"


def _proposals(store: Reader) -> dict[str, str]:
    sparql = f"""SELECT DISTINCT ?vote ?proposal
      {{ ?vote a <{UNKG.Vote}> ; <{UNKG.proposal}> ?proposal }}"""
    return {vote.value: _short(proposal.value) for vote, proposal in store.select(sparql).rows}


def _short(iri: str) -> str:
    return iri.removeprefix(DOCUMENT_BASE)


def citations(store: Reader) -> Iterator[Finding]:
    """Citations of symbols that no document can have, or that a document could not yet know."""
    sparql = f"""SELECT ?citing ?cited {{
      ?citation <{UNKG.citingWork}> ?citing ; <{UNKG.citedWork}> ?cited
      FILTER(STRSTARTS(STR(?cited), "{DOCUMENT_BASE}")) }} GROUP BY ?citing ?cited"""
    found = {}
    for citing, cited in store.select(sparql).rows:
        own, target = _short(citing.value).partition("#")[0], _short(cited.value)
        reason = impossible(target, cited_by=own)
        if reason:
            found[citing.value, cited.value] = reason
    yield from _quoted(store, "citation", found)


def dates(store: Reader) -> Iterator[Finding]:
    """Citations whose printed date contradicts the symbol that they name."""
    sparql = f"""SELECT ?citing ?cited ?date {{
      ?citation <{UNKG.citingWork}> ?citing ; <{UNKG.citedWork}> ?cited ;
        <{UNKG.citedDate}> ?date }} GROUP BY ?citing ?cited ?date"""
    found = {}
    for citing, cited, date in store.select(sparql).rows:
        if re.fullmatch(r"\d{4}-\d\d-\d\d", date.value):
            reason = contradicts(_short(cited.value), date.value)
            if reason:
                found[citing.value, cited.value] = reason
    yield from _quoted(store, "date", found)


def _quoted(store: Reader, check: Check, found: dict[tuple[str, str], str]) -> Iterator[Finding]:
    """Each citation of the pairs found, in the words of each language version."""
    words: defaultdict[tuple[str, str], list[tuple[str | None, str]]] = defaultdict(list)
    pairs = sorted(found)
    for start in range(0, len(pairs), _SOME):
        some = pairs[start : start + _SOME]
        values = " ".join(f"(<{citing}> <{cited}>)" for citing, cited in some)
        sparql = f"""SELECT DISTINCT ?citing ?cited ?language ?text {{
          VALUES (?citing ?cited) {{ {values} }}
          ?citation <{UNKG.citingWork}> ?citing ; <{UNKG.citedWork}> ?cited .
          {_MENTIONED}
        }} ORDER BY ?citing ?cited ?language ?text"""
        for citing, cited, language, text in store.select(sparql).rows:
            words[citing.value, cited.value].append((_code(language), text.value))
    for citing, cited in pairs:
        # What was imported may have no words.
        for language, text in words[citing, cited] or [(None, "")]:
            yield Finding(
                check=check,
                document=_short(citing),
                language=language,
                text=text,
                reason=f"{_short(cited)}: {found[citing, cited]}",
            )


def _code(language: Any) -> str:
    return str(language.value).rsplit("/", 1)[-1]


def check_of(reason: str) -> Check:
    """Which check a reason for leaving something unresolved belongs to.

    >>> check_of("words in a list of states that name no known state")
    'state'
    >>> check_of("no organ is named for it")
    'undecided'
    """
    return next((check for check, words in REASONS if words in reason), "undecided")


def unresolved(store: Reader, checks: Sequence[Check]) -> Iterator[Finding]:
    """The references that were seen and left undecided, of the checks wanted."""
    sparql = f"""SELECT DISTINCT ?document ?language ?start ?text ?reason {{
      ?reference a <{UNKG.UnresolvedReference}> ; <{UNKG.reason}> ?reason ;
        <{UNKG.quote}> ?text ; <{UNKG.inVersion}> ?version ; <{UNKG.start}> ?start .
      ?version <{DCTERMS.language}> ?language ; <{UNKG.versionOf}> ?document .
    }} ORDER BY ?document ?language ?start ?reason"""
    for document, language, _, text, reason in store.select(sparql).rows:
        check = check_of(reason.value)
        if check in checks:
            yield Finding(
                check=check,
                document=_short(document.value),
                language=_code(language),
                text=text.value,
                reason=reason.value,
            )


def markers(store: Reader) -> Iterator[Finding]:
    """Citations by a footnote marker that may be a misprint of another."""
    sparql = f"""SELECT DISTINCT ?citing ?language ?text {{
      ?citation <{UNKG.doubt}> "marker" ; <{UNKG.citingWork}> ?citing .
      {_MENTIONED}
    }} ORDER BY ?citing ?language ?text"""
    for citing, language, text in store.select(sparql).rows:
        yield Finding(
            check="marker",
            document=_short(citing.value),
            language=_code(language),
            text=text.value,
            reason=MARKER,
        )


def states(store: Reader) -> Iterator[Finding]:
    """Sponsors and voters that the authority does not know, as imported data may have them."""
    from kg.authority import load_authority

    known = load_authority().states
    relations = " ".join(
        f"<{term}>" for term in (UNKG.sponsor, *(relation for _, _, relation in _BALLOT))
    )
    sparql = f"""SELECT DISTINCT ?state {{
      VALUES ?relation {{ {relations} }} ?thing ?relation ?state }}"""
    for (state,) in sorted(store.select(sparql).rows, key=lambda row: str(row[0])):
        code = state.value.rsplit("/", 1)[-1]
        if code not in known:
            reason = "sponsors or votes, and is not in the authority"
            yield Finding(
                check="state", document=state.value, language=None, text=code, reason=reason
            )
