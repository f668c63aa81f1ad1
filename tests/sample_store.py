"""The records of our own writing in a store: enough for each named query to have an answer."""

from __future__ import annotations

from dataclasses import replace

from kg.model import Adopted, DocumentData, Proposal, Record, Text, Vote
from kg.store import Store
from kg.triples import quads
from tests import sample_record


def records() -> tuple[Record, ...]:
    """A report in two languages, a resolution on it, one that recalls it, one that was voted on."""
    later = sample_record.later_resolution()
    return (
        sample_record.report(),
        sample_record.report("zh"),
        sample_record.resolution(),
        later,
        unread(later),
        voted(),
    )


def unread(record: Record) -> Record:
    """The French version of a document, of which no paragraph was read."""
    document = replace(record.document, language="fr", title="Encore les rivières")
    return replace(record, source="A_RES_99_3.fr.txt", language="fr", document=document, texts=())


def voted() -> Record:
    """A resolution that three states voted on."""
    vote = Vote(
        in_favour_total=1,
        against=2,
        abstain=1,
        in_favour=("FJI",),
        against_states=("KEN", "PER"),
        abstaining=("ITA",),
    )
    return Record(
        source="A_RES_99_4.en.txt",
        sha256="34" * 32,
        language="en",
        document=DocumentData(
            symbol="A/RES/99/4",
            symbol_from="printed",
            kind="resolution",
            organ="GA",
            committee=None,
            language="en",
            session=99,
            agenda_item=None,
            title="Ink in archives",
            adopted="2044-12-20",
        ),
        proposals=(
            Proposal(
                symbol=None,
                kind="draft-resolution",
                adopted=Adopted(meeting=None, date="2044-12-20", vote=vote),
            ),
        ),
        texts=(Text(label=None, title=None, paragraphs=()),),
    )


def fill(store: Store) -> None:
    """Put the records and what they say together into a store."""
    for record in records():
        found = list(quads(record))
        store.put(found[0].graph_name.value, found)  # type: ignore[union-attr]
    store.join()


# Each named query with parameters, how many rows it gives, and something that is among them.
SYMBOL, FIRST, SECOND = sample_record.SYMBOL, sample_record.FIRST, sample_record.SECOND
ANSWERS: list[tuple[str, dict[str, str], int, tuple[object, ...]]] = [
    ("cites", {"symbol": SYMBOL}, 14, ("A/RES/56/119", "Recalling", "2001-12-19")),
    ("cites", {"symbol": FIRST}, 8, ("uncac", "Reaffirming", "both")),
    ("cited-by", {"symbol": "A/RES/56/119"}, 5, (SYMBOL, "Rivers and their archives", "56/119")),
    ("cited-by", {"symbol": "uncac"}, 4, (SYMBOL, "both", "《反腐败公约》")),
    ("path", {"from": SYMBOL, "to": "uncac"}, 1, (1,)),
    ("path", {"from": "A/RES/99/3", "to": "A/RES/70/1"}, 1, (2, "A/RES/98/7")),
    ("sponsors", {"symbol": SYMBOL}, 9, (FIRST, "joined", "PER", "Peru", "43", "2043-11-07")),
    ("sponsors", {"symbol": SECOND}, 1, (SECOND, "submitted", "ITA")),
    ("cosponsor-pairs", {}, 6, ("FJI", "Fiji", "ITA", "Italy", 1)),
    ("cosponsor-pairs", {"state": "KEN"}, 3, ("ITA", "KEN", 1)),
    ("states-citing-instrument", {"instrument": "uncac"}, 4, ("ITA", "Italy", 2)),
    ("instruments-by-citations", {}, 1, ("uncac", 2, 2)),
    ("paragraphs-addressing", {"addressee": "secretary-general"}, 2, (SYMBOL, "request", True, 99)),
    ("reports-requested", {"symbol": SYMBOL}, 2, (99, "GA")),
    ("recommended-by-ecosoc", {}, 2, (SECOND, "E/RES/2043/15")),
    ("unresolved", {}, 4, (SYMBOL, "no number", "A/RES/70/1")),
    ("who-joined-late", {"state": "Peru"}, 2, (FIRST, "PER", "Peru")),
    ("who-joined-late", {"symbol": FIRST}, 4, ("FJI", "Fiji")),
    ("clauses", {"clause": "reaffirms"}, 1, ("uncac", 1)),
    ("clauses", {"clause": "welcomes"}, 1, ("A/RES/70/1", 2)),
    ("votes", {"state": "PER"}, 2, (FIRST, "against", "PER")),
    ("proposals", {"symbol": SYMBOL}, 2, (SECOND, "E/RES/2043/15", "II")),
    ("documents", {}, 6, (SYMBOL, "zh", 98, 7)),
    ("most-cited", {"since": "2043-12", "until": "2043"}, 2, ("A/RES/56/119", 1, "2043-12-19")),
    ("most-cited", {}, 4, ("A/RES/70/1", 2)),
    ("first-cited", {"session": "99"}, 1, ("A/RES/98/7", 1)),
    ("instruments-first-cited", {}, 1, ("uncac", "2043-11-07", FIRST, 2)),
    ("resting-on", {"symbol": "A/RES/70/1"}, 3, ("A/RES/99/3", 2, 1)),
    ("cited-together", {"symbol": "uncac"}, 3, ("A/RES/56/119", 2)),
    ("vote-results", {}, 2, ("A/RES/99/4", "Ink in archives", 1, 2, -1)),
    ("vote-results", {"symbol": FIRST}, 1, (FIRST, 2, 1)),
    ("voting-together", {"state": "PER"}, 3, ("KEN", "Kenya", 2, 1, 0)),
    ("drafts-changed", {}, 2, (FIRST, "replaces", "A/C.3/98/L.4")),
    ("not-held", {}, 3, ("A/RES/56/119", 3)),
    ("by-title", {"words": "RIVERS"}, 3, ("A/RES/99/3", "Resolution", 99, "Rivers again")),
    ("agenda-item", {"item": "107", "session": "98"}, 3, (98, SYMBOL, "档案的保管")),
    ("agenda-item", {"item": "107", "session": "97"}, 0, ()),
    ("languages-compared", {}, 1, ("A/RES/99/3", "A/RES/98/7", "en", "fr")),
    ("unresolved-by-reason", {}, 4, ("no number", "zh", 1)),
    ("sponsors-by-group", {}, 4, ("WEOG", 1, 2)),
    ("sponsors-by-group", {"since": "2044"}, 0, ()),
    ("reports-due", {"session": "99"}, 2, (SYMBOL, "Secretary-General", "GA", "zh")),
    ("statements", {"state": "PER"}, 1, (FIRST, "PER", "Peru", "after")),
    ("drafts-of-state", {"state": "KEN"}, 2, (FIRST, "submitted", "A/RES/98/7")),
]
