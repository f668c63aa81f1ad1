"""What a record becomes: identifiers, arcs, sponsorships, and counts that agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import pyoxigraph as ox
import pytest

from kg.model import Evidence, Proposal, Record
from kg.pipeline import extract_paths
from kg.triples import quads
from kg.triples.closure import supers
from kg.triples.proceedings import part_label
from kg.vocab import CITO, DCTERMS, ELI, OA, PROV, RDF, UNKG
from tests import sample_record
from tests.sample_record import FIRST, SECOND, SYMBOL

DOCUMENT = f"https://undocs.org/{SYMBOL}"
PART = f"{DOCUMENT}#draft-I"
DRAFT = f"https://undocs.org/{FIRST}"
UNCAC = "https://w3id.org/unkg/instrument/uncac"


def facts(record: Record, **options: object) -> set[tuple[str, str, str]]:
    found = quads(record, **options)  # type: ignore[arg-type]
    return {(q.subject.value, q.predicate.value, q.object.value) for q in found}


def objects(found: Iterable[tuple[str, str, str]], subject: str, predicate: str) -> set[str]:
    return {o for s, p, o in found if s == subject and p == predicate}


def of_class(found: Iterable[tuple[str, str, str]], name: str) -> set[str]:
    return {s for s, p, o in found if p == RDF.type and o == name}


def expected_counts(record: Record) -> tuple[int, int, int]:
    paragraphs = [p for text in record.texts for p in text.paragraphs]
    cited = sum(len(p.citations) for p in paragraphs)
    named = sum(i.target is not None for p in paragraphs for i in p.instruments)
    sponsors = sum(
        len(p.sponsors) + len(p.additional_sponsors) + len(p.withdrawn_sponsors)
        for p in record.proposals
    )
    return cited + named, sponsors, sum(len(p.requests) for p in paragraphs)


def counts(record: Record) -> tuple[int, ...]:
    found = facts(record)
    return tuple(len(of_class(found, c)) for c in (UNKG.Citation, UNKG.Sponsorship, UNKG.Request))


def test_the_graph_is_the_version_and_has_no_blank_nodes() -> None:
    found = list(quads(sample_record.report()))
    assert {q.graph_name.value for q in found} == {f"https://undocs.org/en/{SYMBOL}"}
    assert not any(isinstance(t, ox.BlankNode) for q in found for t in (q.subject, q.object))
    assert len(found) == len(set(found))


@pytest.mark.parametrize("language", ["en", "zh"])
def test_counts_agree_with_the_record(language: str) -> None:
    record = sample_record.report(language)
    assert counts(record) == expected_counts(record) == (7, 5, 1)


def test_counts_agree_on_a_real_report(corpus: Path) -> None:
    (outcome,) = extract_paths([corpus / "zh" / "A_72_440.zh.txt"], symbol="A/72/440")
    assert outcome.record is not None
    assert counts(outcome.record) == expected_counts(outcome.record)


def test_two_languages_state_the_same_work() -> None:
    """Everything that is no words, no place in a text and no file is the same in both."""
    of_version = {
        UNKG.clauseVerb, UNKG.addresseeName, UNKG.candidate, UNKG.inVersion, DCTERMS.title,
    }  # fmt: skip

    def work(language: str) -> set[tuple[str, str, str]]:
        return {
            (s, p, o)
            for s, p, o in facts(sample_record.report(language))
            if "char=" not in s and "char=" not in o and p not in of_version
            and f"/{language}/" not in s and "/file/" not in s and "/software/" not in s
        }  # fmt: skip

    assert work("en") == work("zh")
    assert len(work("en")) > 200


def test_a_citation_has_its_node_and_arcs_from_part_and_draft() -> None:
    found = facts(sample_record.report())
    target = "https://undocs.org/A/RES/56/119"
    citation = f"{PART}-pp1-cites-A-RES-56-119"
    assert citation in of_class(found, UNKG.Citation)
    assert objects(found, citation, UNKG.citingWork) == {PART}
    assert objects(found, citation, UNKG.citingParagraph) == {f"{PART}-pp1"}
    assert objects(found, citation, UNKG.citedWork) == {target}
    assert objects(found, citation, UNKG.citedDate) == {"2001-12-19"}
    for work in (PART, DRAFT):
        for arc in (UNKG.recalls, UNKG.cites, CITO.cites, ELI.cites, DCTERMS.references):
            assert (work, arc, target) in found
    assert (DOCUMENT, UNKG.cites, target) not in found


def test_an_instrument_is_cited_by_its_clause_and_carries_its_registration() -> None:
    found = facts(sample_record.report())
    citation = f"{PART}-pp2-cites-uncac"
    assert (PART, UNKG.reaffirms, UNCAC) in found
    (registration,) = objects(found, citation, UNKG.printedRegistration)
    assert objects(found, registration, UNKG.volume) == {"2349"}
    assert UNCAC in of_class(found, UNKG.Treaty) & of_class(found, UNKG.Instrument)


def test_a_footnote_cites_plainly_and_a_doubted_citation_not_at_all() -> None:
    target = "https://undocs.org/A/RES/58/4"
    record = sample_record.report()
    found = facts(record)
    assert (PART, UNKG.cites, target) in found
    assert (PART, UNKG.reaffirms, target) not in found and (PART, UNKG.recalls, target) not in found
    first, second = record.texts
    doubted = replace(first, paragraphs=first.paragraphs[3:])
    alone = facts(replace(record, texts=(doubted, second)))
    citation = f"{PART}-op2-cites-A-RES-58-4"
    assert objects(alone, citation, UNKG.doubt) == {"marker"}
    assert not {s for s, p, o in alone if o == target and p in (UNKG.cites, CITO.cites)}


def test_a_mention_quotes_its_place() -> None:
    record, text = sample_record.written()
    found = facts(record)
    mentions = of_class(found, UNKG.Mention)
    assert mentions and mentions <= of_class(found, OA.Annotation)
    for mention in mentions:
        (start,), (end,) = objects(found, mention, UNKG.start), objects(found, mention, UNKG.end)
        (quote,) = objects(found, mention, UNKG.quote)
        assert text[int(start) : int(end)] == quote
        assert mention == f"https://undocs.org/en/{SYMBOL}#char={start},{end}"


def test_the_text_gives_paragraphs_their_words() -> None:
    record, text = sample_record.written("zh")
    found = facts(record, text=text)
    (passage,) = {s for s, p, o in found if p == UNKG.passageOf and o == f"{PART}-pp1"}
    assert sample_record.WORDS["zh"]["pp1"] in objects(found, passage, UNKG.quote)


def test_the_version_keeps_the_whole_text_unless_it_is_too_long(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    record, text = sample_record.written("zh")
    version = f"https://undocs.org/zh/{SYMBOL}"
    odd = f'\ufeff{text}\f\x01\u2028\U0001f30d\t"\\'
    written = sorted(f"{quad} .\n" for quad in quads(record, text=odd))
    again = ox.parse("".join(written), format=ox.RdfFormat.N_QUADS)
    assert [q.object.value for q in again if q.predicate.value == UNKG.text] == [odd]
    assert not objects(facts(record), version, UNKG.text)
    monkeypatch.setattr("kg.triples.document.MAX_TEXT", len(text) - 1)
    assert not objects(facts(record, text=text), version, UNKG.text)


def test_a_sentence_on_a_draft_says_which_property_it_states() -> None:
    record = sample_record.report()
    adopted = Evidence(fact="adopted", value=None, quote="adopted", start=9, end=16, meeting=43)
    first, *others = record.proposals
    first = replace(first, evidence=(*first.evidence, adopted))
    found = facts(replace(record, proposals=(first, *others)))
    passage = f"https://undocs.org/en/{SYMBOL}#char=9,16"
    assert objects(found, passage, UNKG.statedProperty) == {UNKG.adoptedAt}
    assert objects(found, passage, UNKG.mentionOf) == {DRAFT}
    assert len({s for s, p, _ in found if p == UNKG.statedProperty}) == 1


def test_sponsors_have_tier_order_meeting_and_words() -> None:
    found = facts(sample_record.report())
    peru = f"{DRAFT}#sponsor-PER"
    state = "https://w3id.org/unkg/state/PER"
    assert objects(found, peru, UNKG.tier) == {"joined"}
    assert objects(found, peru, UNKG.position) == {"1"}
    assert objects(found, peru, UNKG.atMeeting) == {"https://w3id.org/unkg/meeting/A-C.3-98-43"}
    assert (DRAFT, UNKG.joinedBy, state) in found and (DRAFT, UNKG.hasSponsor, state) in found
    assert (DRAFT, UNKG.sponsoredBy, state) not in found
    (mention,) = {s for s, p, o in found if p == UNKG.mentionOf and o == peru}
    assert objects(found, mention, UNKG.quote) == {"Peru"}


def test_who_withdrew_keeps_both_nodes_and_no_arc() -> None:
    record = sample_record.report()
    changed = replace(record.proposals[0], withdrawn_sponsors=("KEN",))
    record = replace(record, proposals=(changed, *record.proposals[1:]))
    found = facts(record)
    assert counts(record) == expected_counts(record)
    assert objects(found, f"{DRAFT}#sponsor-KEN", UNKG.tier) == {"submitted"}
    assert objects(found, f"{DRAFT}#sponsor-KEN-withdrawn", UNKG.tier) == {"withdrawn"}
    kenya = "https://w3id.org/unkg/state/KEN"
    assert (DRAFT, UNKG.withdrawnBy, kenya) in found
    assert (DRAFT, UNKG.hasSponsor, kenya) not in found


def test_the_procedure_of_a_draft() -> None:
    found = facts(sample_record.report())
    assert (DOCUMENT, UNKG.contains, PART) in found
    assert (DRAFT, UNKG.recommendedAs, PART) in found
    assert (DRAFT, UNKG.supersedes, "https://undocs.org/A/C.3/98/L.4") in found
    second = f"https://undocs.org/{SECOND}"
    assert (second, UNKG.recommendedBy, "https://undocs.org/E/RES/2043/15") in found
    meeting = "https://w3id.org/unkg/meeting/A-C.3-98-43"
    assert (DRAFT, UNKG.adoptedAt, meeting) in found
    assert objects(found, meeting, DCTERMS.date) == {"2043-11-07"}
    vote = f"{DRAFT}#vote"
    assert objects(found, vote, UNKG.votedAgainst) == {"https://w3id.org/unkg/state/PER"}
    assert objects(found, vote, UNKG.inFavourTotal) == {"2"}
    assert of_class(found, UNKG.Statement) == {f"{DRAFT}#statement-PER"}


def test_a_request_says_who_what_and_by_when() -> None:
    found = facts(sample_record.report())
    (request,) = of_class(found, UNKG.Request)
    assert request == f"{PART}-op1-request-1"
    assert objects(found, request, UNKG.report) == {"true"}
    assert objects(found, request, UNKG.dueSession) == {"99"}
    assert objects(found, request, UNKG.dueOrgan) == {"https://w3id.org/unkg/organ/GA"}
    (addressee,) = objects(found, request, UNKG.addressee)
    assert addressee.endswith("/secretary-general")


def test_what_is_not_known_is_kept_with_its_reason() -> None:
    found = facts(sample_record.report())
    reasons = {o for s, p, o in found if p == UNKG.reason}
    assert reasons == {"no number", "the instrument is not in the authority"}
    assert {o for _, p, o in found if p == UNKG.candidate} == {"A/RES/70/1"}


def test_provenance_names_file_and_software_and_no_time() -> None:
    record = sample_record.report()
    found = facts(record)
    version = f"https://undocs.org/en/{SYMBOL}"
    assert objects(found, version, DCTERMS.source) == {record.source}
    assert objects(found, version, UNKG.sha256) == {record.sha256}
    assert objects(found, version, DCTERMS.language) == {"en"}
    (software,) = objects(found, version, PROV.wasAttributedTo)
    assert software in of_class(found, PROV.SoftwareAgent)
    assert not {p for _, p, _ in found if "generatedAt" in p or "created" in p}


def test_a_resolution_is_its_own_text() -> None:
    found = facts(sample_record.resolution())
    this = "https://undocs.org/A/RES/98/7"
    assert (this, UNKG.onReport, DOCUMENT) in found
    assert (this, UNKG.recalls, "https://undocs.org/A/RES/56/119") in found
    assert (this, UNKG.adoptedAt, "https://w3id.org/unkg/meeting/GA-98-73") in found
    assert f"{this}#pp1" in of_class(found, UNKG.PreambularParagraph)
    assert not of_class(found, UNKG.Part)


def test_a_draft_without_symbol_is_its_part_or_the_document() -> None:
    record = sample_record.report()
    nameless = replace(record.proposals[0], symbol=None)
    found = facts(replace(record, proposals=(nameless,)))
    assert f"{PART}-sponsor-ITA" in of_class(found, UNKG.Sponsorship)
    assert PART in of_class(found, UNKG.DraftResolution)
    adopted = sample_record.resolution()
    vote = replace(nameless, recommended_as=None)
    found = facts(replace(adopted, proposals=(vote,)))
    this = "https://undocs.org/A/RES/98/7"
    assert (this, UNKG.hasVote, f"{this}#vote") in found
    assert this not in of_class(found, UNKG.DraftResolution)


def test_a_document_without_symbol_goes_by_its_text() -> None:
    found = list(quads(sample_record.report(symbol=None)))
    this = f"https://w3id.org/unkg/document/{'ab' * 8}"
    assert {q.graph_name.value for q in found} == {f"{this}/en"}
    assert f"{this}#draft-I-pp1" in {q.subject.value for q in found}


def test_another_base_moves_what_is_minted_and_not_the_terms() -> None:
    found = facts(sample_record.report(), base="https://example.org/kg")
    assert (PART, UNKG.cites, "https://example.org/kg/instrument/uncac") in found
    minted = {t for s, _, o in found for t in (s, o) if t.startswith("https://w3id.org/unkg/")}
    assert {t for t in minted if not t.startswith(UNKG.IRI)} == set()


def test_two_paragraphs_with_one_number_stay_two() -> None:
    record = sample_record.report()
    first = record.texts[0]
    again = replace(first, paragraphs=(*first.paragraphs, first.paragraphs[0]))
    twice = replace(record, texts=(again, record.texts[1]))
    assert counts(twice) == expected_counts(twice)
    assert f"{PART}-pp1.2" in of_class(facts(twice), UNKG.PreambularParagraph)


def test_the_clause_table_is_an_argument() -> None:
    found = facts(sample_record.report(), clause_of=lambda verb, language: None)
    assert (PART, UNKG.cites, UNCAC) in found
    assert (PART, UNKG.reaffirms, UNCAC) not in found


def test_every_super_property_is_written_out() -> None:
    found = facts(sample_record.report())
    above = supers()
    unsaid = {UNKG.quote, UNKG.start, UNKG.end}
    for subject, predicate, value in found:
        if predicate not in unsaid:
            for name in above.get(predicate, ()):
                assert (subject, name, value) in found


@pytest.mark.parametrize(
    ("recommended", "labels", "label"),
    [
        ("draft resolution IV", {"IV"}, "IV"),
        ("draft resolution", {"resolution"}, "resolution"),
        ("draft decision", {"decision"}, "decision"),
        ("draft decision II", {"decision I", "decision II"}, "decision II"),
        (None, {"I"}, None),
    ],
)
def test_a_recommendation_names_its_part(
    recommended: str | None, labels: set[str | None], label: str | None
) -> None:
    assert part_label(recommended, labels) == label


def test_hostile_words_stay_words() -> None:
    hostile = '</script>"\\\n\u202e<>{}'
    record = sample_record.report()
    draft = Proposal(symbol=None, kind="draft-decision", title=hostile, on_behalf_of=(hostile,))
    found = list(quads(replace(record, proposals=(draft,))))
    assert hostile in {q.object.value for q in found}
    assert set(
        ox.parse(ox.serialize(found, format=ox.RdfFormat.N_QUADS), ox.RdfFormat.N_QUADS)
    ) == set(found)
