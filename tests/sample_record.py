"""A small record of our own writing, in two languages: two drafts of a committee's report.

The text is written together with the record, so that every quotation stands where it says.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from kg.model import (
    Addressee,
    Adopted,
    Citation,
    DocumentData,
    Due,
    Evidence,
    InstrumentMention,
    Introduced,
    Paragraph,
    Proposal,
    Record,
    Request,
    Statement,
    StateMention,
    Text,
    Unresolved,
    Unts,
    Vote,
)

SYMBOL = "A/98/512"
FIRST = "A/C.3/98/L.4/Rev.1"
SECOND = "A/C.3/98/L.9"


@dataclass
class Writer:
    """Text that grows; ``add`` gives the offsets of what it adds."""

    text: str = ""
    marks: dict[str, tuple[int, int]] = field(default_factory=dict)

    def add(self, words: str) -> tuple[int, int]:
        start = len(self.text)
        self.text += words + "\n"
        return start, start + len(words)

    def find(self, words: str, within: tuple[int, int]) -> tuple[int, int]:
        start = self.text.index(words, *within)
        return start, start + len(words)


# What each language version says; the facts are the same.
WORDS = {
    "en": {
        "title": "Care of archives",
        "first": "Rivers and their archives",
        "second": "Lamps in reading rooms",
        "sponsors": "Italy and Kenya",
        "joined": "Subsequently, Peru and Fiji joined in sponsoring it.",
        "pp1": "Recalling its resolution 56/119 of 19 December 2001,",
        "pp2": "Reaffirming the Convention against Corruption,4 and the Guidelines on Ink,",
        "note": "4 United Nations, Treaty Series, vol. 2349, No. 42146. See resolution 58/4.",
        "op1": "Requests the Secretary-General to report to it at its ninety-ninth session;",
        "op2": "Welcomes resolution 70/1, and recalls the other one of 2099;",
        "state": "Urges Kenya to keep its lamps lit;",
        "recall": "Recalling",
        "reaffirm": "Reaffirming",
        "request": "Requests",
        "welcome": "Welcomes",
        "urge": "Urges",
        "treaty": "Convention against Corruption",
        "unknown": "Guidelines on Ink",
        "sg": "the Secretary-General",
        "lost": "the other one of 2099",
    },
    "zh": {
        "title": "档案的保管",
        "first": "河流及其档案",
        "second": "阅览室的灯",
        "sponsors": "意大利和肯尼亚",
        "joined": "后来，秘鲁和斐济加入为提案国。",
        "pp1": "回顾其2001年12月19日第56/119号决议，",
        "pp2": "重申《反腐败公约》4和《墨水准则》，",
        "note": "4 联合国，《条约汇编》，第2349卷，第42146号。见第58/4号决议。",
        "op1": "请秘书长向大会第九十九届会议提出报告；",
        "op2": "欢迎第70/1号决议，并回顾2099年的另一项；",
        "state": "敦促肯尼亚让灯长明；",
        "recall": "回顾",
        "reaffirm": "重申",
        "request": "请",
        "welcome": "欢迎",
        "urge": "敦促",
        "treaty": "《反腐败公约》",
        "unknown": "《墨水准则》",
        "sg": "秘书长",
        "lost": "2099年的另一项",
    },
}
STATES = {
    "en": {"ITA": "Italy", "KEN": "Kenya", "PER": "Peru", "FJI": "Fiji"},
    "zh": {"ITA": "意大利", "KEN": "肯尼亚", "PER": "秘鲁", "FJI": "斐济"},
}


def report(language: str = "en", *, symbol: str | None = SYMBOL) -> Record:
    """The report in English or Chinese: five citations, two instruments, five sponsors, a vote."""
    return written(language, symbol=symbol)[0]


def written(language: str = "en", *, symbol: str | None = SYMBOL) -> tuple[Record, str]:
    """The report and its text."""
    words, out = WORDS[language], Writer()
    proposals = _proposals(out, words, STATES[language])
    first = _first_text(out, words)
    second, unresolved = _second_text(out, words, STATES[language])
    record = Record(
        source=f"A_98_512.{language}.txt",
        sha256=("ab" if language == "en" else "cd") * 32,
        language=language,
        document=_document(language, words, symbol),
        documents_considered=("A/98/71",),
        proposals=proposals,
        texts=(first, second),
        unresolved=(unresolved,),
    )
    return record, out.text


def _document(language: str, words: dict[str, str], symbol: str | None) -> DocumentData:
    return DocumentData(
        symbol=symbol,
        symbol_from="option" if symbol else None,
        kind="committee-report",
        organ="GA",
        committee="Third Committee",
        language=language,
        session=98,
        agenda_item="107",
        agenda_items=("107",),
        title=words["title"],
        rapporteur="Ana Example",
        rapporteur_state="GTM",
    )


def _proposals(out: Writer, words: dict[str, str], names: dict[str, str]) -> tuple[Proposal, ...]:
    sponsors, joined = out.add(words["sponsors"]), out.add(words["joined"])
    evidence = [
        *_evidence(out, "sponsors", ("ITA", "KEN"), names, sponsors, meeting=5),
        *_evidence(out, "additional_sponsors", ("PER", "FJI"), names, joined, meeting=43),
    ]
    vote = Vote(
        in_favour_total=2,
        against=1,
        abstain=1,
        in_favour=("ITA", "KEN"),
        against_states=("PER",),
        abstaining=("FJI",),
    )
    return (
        Proposal(
            symbol=FIRST,
            kind="draft-resolution",
            title=words["first"],
            supersedes="A/C.3/98/L.4",
            introduced=Introduced(meeting=5, date="2043-10-04"),
            sponsors=("ITA", "KEN"),
            additional_sponsors=("PER", "FJI"),
            adopted=Adopted(meeting=43, date="2043-11-07", vote=vote),
            statements=(Statement(state="PER", when="after"),),
            recommended_as="draft resolution I",
            evidence=tuple(evidence),
        ),
        Proposal(
            symbol=SECOND,
            kind="draft-resolution",
            title=words["second"],
            recommended_by="E/RES/2043/15",
            sponsors=("ITA",),
            adopted=Adopted(meeting=43, date="2043-11-07"),
            recommended_as="draft resolution II",
        ),
    )


def _evidence(
    out: Writer,
    fact: str,
    codes: Sequence[str],
    names: dict[str, str],
    within: tuple[int, int],
    *,
    meeting: int,
) -> list[Evidence]:
    found = []
    for code in codes:
        start, end = out.find(names[code], within)
        quote = out.text[start:end]
        found.append(
            Evidence(fact=fact, value=code, quote=quote, start=start, end=end, meeting=meeting)
        )
    return found


def _first_text(out: Writer, words: dict[str, str]) -> Text:
    pp1, pp2, note = out.add(words["pp1"]), out.add(words["pp2"]), out.add(words["note"])
    op1 = out.add(words["op1"])
    marker = out.find("4", pp2)
    treaty = InstrumentMention(
        name=words["treaty"],
        target="uncac",
        via="both",
        unts=(Unts(volume=2349, number=42146),),
        **_quoted(out, words["treaty"], pp2),
        marker=marker,
    )
    unknown = InstrumentMention(
        name=words["unknown"], target=None, via="text", **_quoted(out, words["unknown"], pp2)
    )
    noted = _cited(out, "A/RES/58/4", "58/4", note, via="footnote", marker=marker)
    doubted = _cited(out, "A/RES/58/4", "58/4", note, via="footnote", marker=marker, doubt="marker")
    request = Request(
        verb=words["request"],
        modality="request",
        addressees=(Addressee(target="secretary-general", name=words["sg"]),),
        report=True,
        due=Due(session=99),
        **_quoted(out, words["op1"], op1),
    )
    cited = _cited(out, "A/RES/56/119", "56/119", pp1, date="2001-12-19")
    return Text(
        label="I",
        title=words["first"],
        paragraphs=(
            _paragraph("preambular", "1", words["recall"], pp1, citations=(cited,)),
            _paragraph(
                "preambular",
                "2",
                words["reaffirm"],
                pp2,
                citations=(noted,),
                instruments=(treaty, unknown),
            ),
            _paragraph("operative", "1", words["request"], op1, requests=(request,)),
            _paragraph("operative", "2", words["recall"], note, citations=(doubted,)),
        ),
    )


def _second_text(
    out: Writer, words: dict[str, str], names: dict[str, str]
) -> tuple[Text, Unresolved]:
    pp1, op2 = out.add(words["pp1"]), out.add(words["op2"])
    state = out.add(words["state"])
    start, end = out.find(names["KEN"], state)
    agenda = InstrumentMention(
        name="uncac", target="uncac", via="text", **_quoted(out, out.text[pp1[0] : pp1[1]], pp1)
    )
    text = Text(
        label="II",
        title=words["second"],
        paragraphs=(
            _paragraph(
                "preambular",
                "1",
                words["recall"],
                pp1,
                citations=(_cited(out, "A/RES/56/119", "56/119", pp1),),
                instruments=(agenda,),
            ),
            _paragraph(
                "operative",
                "1",
                words["welcome"],
                op2,
                citations=(_cited(out, "A/RES/70/1", "70/1", op2),),
            ),
            _paragraph(
                "operative",
                "2",
                words["urge"],
                state,
                states=(StateMention(target="KEN", name=names["KEN"], start=start, end=end),),
            ),
        ),
    )
    start, end = out.find(words["lost"], op2)
    lost = Unresolved(
        text=words["lost"], start=start, end=end, reason="no number", candidates=("A/RES/70/1",)
    )
    return text, lost


def _paragraph(kind, n, verb, at, **facts) -> Paragraph:  # type: ignore[no-untyped-def]
    return Paragraph(kind=kind, n=n, verb=verb, start=at[0], end=at[1], **facts)


def _cited(out, target, words, within, *, via="text", **more) -> Citation:  # type: ignore[no-untyped-def]
    return Citation(target=target, via=via, **_quoted(out, words, within), **more)


def _quoted(out: Writer, words: str, within: tuple[int, int]):  # type: ignore[no-untyped-def]
    start, end = out.find(words, within)
    return {"quote": out.text[start:end], "start": start, "end": end}


def resolution(language: str = "en") -> Record:
    """The first draft as adopted, citing one more resolution; it is on the report."""
    words, out = WORDS[language], Writer()
    pp1, op2 = out.add(words["pp1"]), out.add(words["op2"])
    return Record(
        source=f"A_RES_98_7.{language}.txt",
        sha256="ef" * 32,
        language=language,
        document=DocumentData(
            symbol="A/RES/98/7",
            symbol_from="printed",
            kind="resolution",
            organ="GA",
            committee="Third Committee",
            language=language,
            session=98,
            agenda_item="107",
            title=words["first"],
            adopted="2043-12-19",
            meeting=73,
            committee_report=SYMBOL,
        ),
        texts=(
            Text(
                label=None,
                title=None,
                paragraphs=(
                    _paragraph(
                        "preambular",
                        "1",
                        words["recall"],
                        pp1,
                        citations=(_cited(out, "A/RES/56/119", "56/119", pp1),),
                    ),
                    _paragraph(
                        "operative",
                        "1",
                        words["welcome"],
                        op2,
                        citations=(_cited(out, "A/RES/70/1", "70/1", op2),),
                    ),
                ),
            ),
        ),
    )


def later_resolution() -> Record:
    """A resolution of the next session that recalls the adopted one."""
    out = Writer()
    pp1 = out.add("Recalling its resolution 98/7,")
    cited = _cited(out, "A/RES/98/7", "98/7", pp1)
    return Record(
        source="A_RES_99_3.en.txt",
        sha256="12" * 32,
        language="en",
        document=DocumentData(
            symbol="A/RES/99/3",
            symbol_from="printed",
            kind="resolution",
            organ="GA",
            committee=None,
            language="en",
            session=99,
            agenda_item=None,
            title="Rivers again",
            adopted="2044-12-19",
        ),
        texts=(
            Text(
                label=None,
                title=None,
                paragraphs=(_paragraph("preambular", "1", "Recalling", pp1, citations=(cited,)),),
            ),
        ),
    )
