"""However a document's lines are broken, it has the same paragraphs and cites the same."""

from __future__ import annotations

import re
import textwrap

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.extract import extract
from kg.languages import load_language
from kg.model import Record
from kg.read import read_bytes

ENGLISH = (
    "Ninetieth session",
    "Agenda item 12 (b)",
    "Resolution adopted by the General Assembly on 18 December 2035",
    "90/12. Wells for every village in mountainous and otherwise remote regions",
    "The General Assembly,",
    "Recalling its resolutions 69/193 and 69/196 of 18 December 2014 and 70/178 of 17 December "
    "2015, in which it called for wells to be dug wherever people walk for water,",
    "Recalling also Security Council resolution 2133 (2014) of 27 January 2014 and Economic and "
    "Social Council resolution 2017/15 of 6 July 2017 on long-term planning, as well as its "
    "resolution 64/292 of 28 July 2010,",
    "Bearing in mind the situation in Timor-Leste, where counter-flood measures were taken by "
    "the Governments concerned, and that of other countries, in particular those that have no "
    "access to the sea,",
    "Convinced that water is a common good,",
    "1. Welcomes the report of the Secretary-General (A/89/125), and notes the work of the "
    "Human Rights Council in its resolution 32/3 of 30 June 2016 concerning the digging of wells;",
    "2. Requests Member States:",
    "(a) To dig wells in every village, in accordance with paragraph 7 of its resolution 68/157 "
    "of 18 December 2013;",
    "(b) To keep them clean;",
    "3. Decides to consider the matter at its ninety-second session.",
    "44th plenary meeting",
    "18 December 2035",
)
FRENCH = (
    "Quatre-vingt-dixième session",
    "Résolution adoptée par l'Assemblée générale le 18 décembre 2035",
    "90/12. Des puits pour chaque village",
    "L'Assemblée générale ,",
    "Rappelant ses résolutions 69/193 et 69/196 du 18 décembre 2014, dans lesquelles elle a "
    "demandé que des puits soient creusés partout où l'on marche pour trouver de l'eau,",
    "Convaincue que l'eau est un bien commun et que nul ne devrait marcher toute une journée "
    "pour en trouver, en particulier dans les régions de montagne,",
    "1. Se félicite du rapport du Secrétaire général, et prend note de l'action menée par les "
    "États Membres dans les régions de montagne ;",
    "2. Prie les États Membres :",
    "a) De creuser des puits dans chaque village, conformément aux recommandations faites ;",
    "b) De les tenir propres ;",
    "3. Décide d'examiner la question à sa quatre-vingt-douzième session.",
    "44 e séance plénière 18 décembre 2035",
)
CHINESE = (
    "第九十届会议",
    "2035年12月18日大会决议",
    "大会，",
    "回顾其2014年12月18日第69/193号决议和2015年12月17日第70/178号决议，其中呼吁在人们需要步行"
    "取水的任何地方打井，特别是在山区和其他偏远地区，",
    "深信水是公共财产，任何人都不应为取水而整日步行，",
    "1. 欢迎秘书长的报告(A/89/125)，并注意到会员国在山区开展的工作以及各国政府为此采取的各项措施；",
    "2. 请会员国:",
    "(a) 在每个村庄打井，并按照第68/157号决议第7段的规定保持水井清洁，使所有的人都能够使用；",
    "(b) 保持水井清洁；",
    "3. 决定在第九十二届会议上审议这一问题。",
    "第44次全体会议",
)
DOCUMENTS = {"en": ENGLISH, "fr": FRENCH, "zh": CHINESE}
FURNITURE = ("2/4", "18-16464", "A/RES/90/12", "- 3 -", "__________________")


def record_of(text: str, language: str) -> Record:
    return extract(read_bytes(text.encode(), name=f"x.{language}.txt"))


def facts(record: Record) -> list[tuple[object, ...]]:
    return [
        (text.label, p.kind, p.n, p.verb, tuple(c.target for c in p.citations))
        for text in record.texts
        for p in text.paragraphs
        if p.kind in ("preambular", "operative", "annex")
    ]


def wrapped(paragraph: str, width: int, language: str) -> str:
    if load_language(language).spaced:
        return textwrap.fill(paragraph, width, break_long_words=False, break_on_hyphens=True)
    lines = [""]
    for piece in re.findall(r"[A-Za-z0-9/().-]+ ?|.[，。；：、]?", paragraph):
        if lines[-1] and len(lines[-1]) + len(piece) > width // 2:
            lines.append("")
        lines[-1] += piece
    return "\n".join(line.strip() for line in lines)


@pytest.mark.parametrize("language", DOCUMENTS)
@settings(max_examples=25, deadline=None)
@given(width=st.integers(min_value=34, max_value=240))
def test_a_line_may_be_broken_at_any_width(language: str, width: int) -> None:
    paragraphs = DOCUMENTS[language]
    plain = facts(record_of("\n\n".join(paragraphs), language))
    assert len(plain) >= 5
    broken = "\n\n".join(wrapped(p, width, language) for p in paragraphs)
    assert facts(record_of(broken, language)) == plain


@pytest.mark.parametrize("language", DOCUMENTS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_page_furniture_may_stand_between_any_lines(language: str, data: st.DataObject) -> None:
    paragraphs = DOCUMENTS[language]
    plain = facts(record_of("\n\n".join(paragraphs), language))
    lines = "\n\n".join(wrapped(p, 80, language) for p in paragraphs).split("\n")
    start = next(i for i, line in enumerate(lines) if line.endswith((",", "，")))
    for _ in range(data.draw(st.integers(1, 3))):
        at = data.draw(st.integers(start + 1, len(lines) - 1))
        lines[at:at] = ["", data.draw(st.sampled_from(FURNITURE)), ""]
    assert facts(record_of("\n".join(lines), language)) == plain


@pytest.mark.parametrize("language", DOCUMENTS)
@settings(max_examples=25, deadline=None)
@given(width=st.integers(min_value=60, max_value=110))
def test_paragraphs_need_no_blank_lines_between_them(language: str, width: int) -> None:
    paragraphs = DOCUMENTS[language]
    plain = facts(record_of("\n\n".join(paragraphs), language))
    broken = "\n".join(wrapped(p, width, language) for p in paragraphs)
    assert facts(record_of(broken, language)) == plain


@settings(max_examples=15, deadline=None)
@given(width=st.integers(min_value=34, max_value=120))
def test_every_span_quotes_the_source(width: int) -> None:
    text = "\n\n".join(wrapped(p, width, "en") for p in ENGLISH)
    record = record_of(text, "en")
    cited = [c for t in record.texts for p in t.paragraphs for c in p.citations]
    assert cited
    for citation in cited:
        assert text[citation.start : citation.end] == citation.quote
