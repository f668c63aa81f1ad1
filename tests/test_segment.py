"""Page breaks, footnote blocks, lists inside paragraphs: the outline is what the UN printed."""

from __future__ import annotations

from kg.languages import load_language
from kg.outline import Outline
from kg.read import read_bytes
from kg.segment import segment

REPORT = """\
第九十届会议

议程项目 12

第三委员会的报告

一. 导言

1. 委员会已收到下列文件：

(a) 秘书长的报告(A/90/1)。

三. 第三委员会的建议

2. 第三委员会建议大会通过以下决议草案：

决议草案一

让每个村庄都有一口水井

大会，

回顾其 2015 年 9 月 25 日第 70/1 号决议，¹ 其中谈到水井与清洁饮

¹ 第 70/169 号决议。

水的关系，

深信水是公共财产，

1. 决定临时议程如下：
 1. 开幕。
 2. 水井：
 - (a) 深井；
 - (b) 浅井。
2. 请秘书长提交报告。

决议草案二 保护水井

大会，

回顾《儿童权利公约》，¹

1. 鼓励会员国修井。

¹ 联合国，《条约汇编》，第 1577 卷，第 27531 号。

3. 第三委员会还建议大会通过以下决定草案：

大会审议的有关水井的文件

大会注意到秘书长的报告。
"""


def outline_of(text: str, language: str = "zh") -> Outline:
    source = read_bytes(text.encode(), name=f"x.{language}.txt")
    return segment(source, load_language(language))


def test_sections_titles_and_labels() -> None:
    sections = [s for s in outline_of(REPORT).sections if s.kind]
    assert [(s.kind, s.label, s.title, s.opening) for s in sections] == [
        ("resolution", "I", "让每个村庄都有一口水井", "大会"),
        ("resolution", "II", "保护水井", "大会"),
        ("decision", "decision", "大会审议的有关水井的文件", "大会"),
    ]


def test_a_page_break_inside_a_word_is_mended_and_offsets_lead_back() -> None:
    part = next(s for s in outline_of(REPORT).sections if s.label == "I").segments[0]
    assert "清洁饮水的关系" in part.stretch.text
    at = part.stretch.text.index("饮水")
    start, end, pieces = part.stretch.span(at, at + 2)
    assert [REPORT[low:high] for low, high in pieces] == ["饮", "水"]
    assert REPORT[start] == "饮" and REPORT[end - 1] == "水"


def test_lists_inside_a_paragraph_belong_to_it() -> None:
    draft = next(s for s in outline_of(REPORT).sections if s.label == "I")
    kinds = [(p.kind, p.n) for p in draft.segments]
    assert kinds == [
        ("preambular", "1"),
        ("preambular", "2"),
        ("operative", "1"),
        ("operative", "2"),
    ]
    assert "浅井" in draft.segments[2].stretch.text


def test_footnote_numbers_start_again_with_each_draft() -> None:
    outline = outline_of(REPORT)
    first, second = (
        next(m for p in s.segments for m in p.stretch.markers)
        for s in outline.sections
        if s.label in ("I", "II")
    )
    notes = [outline.footnote(m.number, m.start) for m in (first, second)]
    assert [note.stretch.text for note in notes if note] == [
        "第 70/169 号决议。",
        "联合国，《条约汇编》，第 1577 卷，第 27531 号。",
    ]


def test_the_narrative_goes_on_after_a_draft() -> None:
    narrative = [
        p.n for s in outline_of(REPORT).sections for p in s.segments if p.kind == "narrative"
    ]
    assert narrative == ["1", "2", "3"]


def test_a_sentence_alone_in_a_file_is_read() -> None:
    outline = outline_of("重申其 2015 年 9 月 25 日第 70/1 号决议，\n")
    assert [p.stretch.text for s in outline.sections for p in s.segments] == [
        "重申其 2015 年 9 月 25 日第 70/1 号决议，"
    ]


def test_hard_line_breaks_are_joined() -> None:
    text = (
        "The General Assembly,\n\nRecalling its resolution 70/1 of 25 September 2015, which\n"
        "speaks of wells and of those who dig\nthem far from any town,\n"
        "Convinced that water is a common good and that nobody should walk for it all day,\n"
        "1. Invites Member States to dig wells;\n2. Requests the Secretary-General to report.\n"
    )
    part = outline_of(text, "en").sections[0]
    assert [(p.kind, p.n) for p in part.segments] == [
        ("preambular", "1"),
        ("preambular", "2"),
        ("operative", "1"),
        ("operative", "2"),
    ]
    assert "dig them far" in part.segments[0].stretch.folded


def kinds_of(text: str, language: str = "en") -> list[tuple[str, str]]:
    return [(p.kind, p.n) for s in outline_of(text, language).sections for p in s.segments]


OPENING = "The General Assembly,\n\nRecalling its resolution 70/1,\n\n"


def test_a_text_without_numbers_decides_where_commas_end() -> None:
    text = OPENING + "Convinced of it,\n\nDecides to dig;\n\nInvites all to dig.\n\n"
    assert kinds_of(text + "Report of the Committee on Wells, chap. I.\n") == [
        ("preambular", "1"),
        ("preambular", "2"),
        ("operative", "1"),
        ("operative", "2"),
        ("other", "1"),
    ]


def test_an_opening_that_is_no_known_verb_is_a_paragraph_by_its_comma() -> None:
    text = "The General Assembly,\n\nIn pursuance of its mandate,\n\n1. Decides to dig.\n"
    assert kinds_of(text) == [("preambular", "1"), ("operative", "1")]


def test_paragraphs_of_an_annex_are_not_operative() -> None:
    text = OPENING + "1. Adopts the rules.\n\nAnnex\n\nRules of wells\n\n1. Dig.\n\n2. Drink.\n"
    assert [kind for kind, _ in kinds_of(text)] == ["preambular", "operative"] + ["annex"] * 3


def test_headings_group_operative_paragraphs() -> None:
    text = OPENING + "Wells\n\n1. Decides to dig;\n\nSprings\n\n2. Decides to look.\n"
    assert kinds_of(text) == [
        ("preambular", "1"),
        ("heading", "1"),
        ("operative", "1"),
        ("heading", "2"),
        ("operative", "2"),
    ]


def test_parts_of_one_resolution_start_their_numbers_again() -> None:
    part = "The General Assembly,\n\nRecalling wells,\n\n1. Decides to dig;\n\n2. Invites all.\n\n"
    sections = outline_of(
        f"90/1. Wells\n\nA\n\nWells\n\n{part}B\n\nSprings\n\n{part}", "en"
    ).sections
    assert [[p.n for p in s.segments if p.kind == "operative"] for s in sections] == [
        ["1", "2"],
        ["1", "2"],
    ]


def test_a_number_that_conversion_lost_is_counted() -> None:
    text = (
        OPENING
        + "Decides to dig;\n\n2. Invites all;\n\n3. Requests a report;\n\nDecides to go on.\n\n"
    )
    assert kinds_of(text + "44th plenary meeting\n") == [
        ("preambular", "1"),
        ("operative", "1"),
        ("operative", "2"),
        ("operative", "3"),
        ("operative", "4"),
        ("other", "1"),
    ]


def test_a_number_run_on_to_the_paragraph_before_it_starts_its_own() -> None:
    text = OPENING + "1. Decides to dig; 2. Invites all to dig wells;\n\n3. Requests a report.\n"
    assert [n for kind, n in kinds_of(text) if kind == "operative"] == ["1", "2", "3"]


def test_front_matter_among_the_paragraphs_goes_to_the_front() -> None:
    text = OPENING + "Distr.: General\n\nConvinced of it,\n\n1. Decides to dig.\n"
    outline = outline_of(text, "en")
    assert "Distr.: General" in [line.text for line in outline.front]
    assert len(outline.sections[0].segments) == 3


def test_footnotes_of_the_eighties_and_at_the_end() -> None:
    text = (
        OPENING.replace("70/1,", "70/1, 1/")
        + "1. Decides to dig. 2/\n\n____\n\n1/ A/90/1.\n\n2/ See A/90/2.\n"
    )
    assert [note.number for note in outline_of(text, "en").footnotes] == [1, 2]
    ended = OPENING + "1. Decides to dig.\n\nNotes\n\n1. See A/90/1.\n\n2. A/90/2.\n"
    assert [note.number for note in outline_of(ended, "en").footnotes] == [1, 2]


def test_mark_up_of_conversion_is_no_text() -> None:
    text = (
        "## **The General Assembly** ,\n\n**Recalling** its resolution 70/1,\n\n"
        "**1.** *Decides* to dig.\n"
    )
    section = outline_of(text, "en").sections[0]
    assert [p.stretch.text for p in section.segments] == [
        "Recalling its resolution 70/1,",
        "1. Decides to dig.",
    ]
