"""One document of each kind in Arabic, from bytes to record."""

from __future__ import annotations

from kg.extract import extract
from kg.model import Paragraph, Record
from kg.read import read_bytes

REPORT = """الأمم المتحدة
A/97/512
الدورة السابعة والتسعون
البند 68 (ب) من جدول الأعمال
القراءة للجميع
تقرير اللجنة الثالثة
المقرر: السيد سمير خليل (غواتيمالا)
أولا - مقدمة
1 - نظرت اللجنة في البند في جلستيها 5 و 43، المعقودتين في 4 تشرين \
الأول/أكتوبر و 7 تشرين الثاني/نوفمبر.
ثانيا - النظر في المقترحات
ألف - مشروع القرار A/C.3/97/L.6
2 - في الجلسة 43، المعقودة في 7 تشرين الثاني/نوفمبر، قام ممثل إيطاليا، \
باسم الأرجنتين وأرمينيا، بعرض مشروع قرار \
معنون "تعزيز القراءة" (A/C.3/97/L.6).
3 - وبعد ذلك انضمت ألبانيا وبنن ولبنان وسانت لوسيا إلى مقدمي مشروع القرار.
4 - وفي الجلسة نفسها، اعتمدت اللجنة مشروع القرار A/C.3/97/L.6 (انظر الفقرة 5، مشروع القرار الأول).
ثالثا - توصيات اللجنة الثالثة
5 - توصي اللجنة الثالثة الجمعية العامة باعتماد مشاريع القرارات التالية:
مشروع القرار الأول
تعزيز القراءة
إن الجمعية العامة،
إذ تشير إلى قراريها 69/193 و 69/196 المؤرخين 18 كانون الأول/ديسمبر 2014،
وإذ تســترشد بميثاق الأمم المتحدة(1)،
1 - تطلب أيضا إلى الأمين العام أن يقدم إلى الجمعية العامة في دورتها التاسعة \
والتسعين تقريرا عن تنفيذ هذا القرار؛
٢ - تهيب بالدول الأعضاء والمنظمات الدولية أن تنفذ اتفاقية الأمم المتحدة لمكافحة الفساد(2).
(1) القرار 217 ألف (د-3).
(2) الأمم المتحدة، مجموعة المعاهدات، المجلد 2349، الرقم 42146.
"""

RESOLUTION = """القرار 2213 (2042)
الذي اتخذه مجلس الأمن في جلسته 7420، المعقودة في 27 آذار/مارس 2042
إن مجلس الأمن،
إذ يشير إلى قراره 1970 (2011) وإلى بيان رئيسه S/PRST/2014/28،
1 - يقرر أن يمدد الولاية؛
2 - يقرر أن يبقي المسألة قيد نظره.
"""


def _record(text: str) -> Record:
    return extract(read_bytes(text.encode(), name="a.ar.txt"))


def _all(record: Record) -> dict[tuple[str, str], Paragraph]:
    return {(p.kind, p.n): p for text in record.texts for p in text.paragraphs}


def test_a_committee_report_says_what_it_is() -> None:
    document = _record(REPORT).document
    assert (document.symbol, document.kind) == ("A/97/512", "committee-report")
    assert (document.session, document.agenda_item) == (97, "68 (b)")
    assert (document.committee, document.rapporteur_state) == ("Third Committee", "GTM")


def test_a_proposal_is_told_from_introduction_to_adoption() -> None:
    (proposal,) = _record(REPORT).proposals
    assert (proposal.symbol, proposal.title) == ("A/C.3/97/L.6", "تعزيز القراءة")
    assert proposal.introduced_by == "ITA"
    assert proposal.sponsors == ("ITA", "ARG", "ARM")
    assert proposal.additional_sponsors == ("ALB", "BEN", "LBN", "LCA")
    assert proposal.adopted is not None and proposal.adopted.date == "2042-11-07"
    assert proposal.recommended_as == "draft resolution I"


def test_paragraphs_have_their_verbs_citations_and_requests() -> None:
    record = _record(REPORT)
    assert [text.label for text in record.texts] == [None, "I"]
    found = _all(record)
    assert found["preambular", "1"].verb == "إذ تشير إلى"
    assert [(c.target, c.date) for c in found["preambular", "1"].citations] == [
        ("A/RES/69/193", "2014-12-18"),
        ("A/RES/69/196", "2014-12-18"),
    ]
    (charter,) = found["preambular", "2"].instruments
    assert (charter.target, charter.via) == ("un-charter", "both")
    assert [c.target for c in found["preambular", "2"].citations] == ["A/RES/217(III)A"]
    (request,) = found["operative", "1"].requests
    assert [a.target for a in request.addressees] == ["secretary-general"]
    assert request.report and request.to == "GA"
    assert request.due is not None and request.due.session == 99
    (call,) = found["operative", "2"].requests
    assert [a.name for a in call.addressees] == ["الدول الأعضاء", "المنظمات الدولية"]
    (convention,) = found["operative", "2"].instruments
    assert [(u.volume, u.number) for u in convention.unts] == [(2349, 42146)]


def test_every_quote_stands_in_the_source() -> None:
    for paragraph in _all(_record(REPORT)).values():
        for item in (*paragraph.citations, *paragraph.instruments, *paragraph.requests):
            assert REPORT[item.start : item.end] == item.quote


def test_a_security_council_resolution_names_itself() -> None:
    record = _record(RESOLUTION)
    assert record.document.symbol == "S/RES/2213(2042)"
    assert (record.document.kind, record.document.adopted) == ("resolution", "2042-03-27")
    targets = [c.target for c in _all(record)["preambular", "1"].citations]
    assert targets == ["S/RES/1970(2011)", "S/PRST/2014/28"]
