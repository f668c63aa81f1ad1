"""Word files as Word prints them: numbers, notes, tables, what is deleted and what is raised."""

from __future__ import annotations

import io
import zipfile

import pytest

from kg.read import content_of

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'


def word(body: str, **parts: str) -> bytes:
    """A Word file with this body; other parts by name (``footnotes``, ``numbering`` …)."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("[Content_Types].xml", "<Types/>")
        document = f"<w:document {W} {R}><w:body>{body}</w:body></w:document>"
        archive.writestr("word/document.xml", document)
        for name, content in parts.items():
            archive.writestr(f"word/{name}.xml", f"<w:{name} {W}>{content}</w:{name}>")
    return out.getvalue()


def text(body: str, **parts: str) -> str:
    return content_of(word(body, **parts)).text.replace("\n\n", "\n")


def p(*runs: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{''.join(runs)}</w:p>"


def r(words: str, properties: str = "") -> str:
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{words}</w:t></w:r>'


def listed(number: int, level: int = 0) -> str:
    return f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'


UP = '<w:vertAlign w:val="superscript"/>'
NOTES = "".join(
    f'<w:footnote w:id="{n}"><w:p><w:r><w:footnoteRef/></w:r>{r(f" Resolution {n}/1.")}</w:p>'
    "</w:footnote>"
    for n in (11, 12)
)


def note(number: int, custom: str = "") -> str:
    return f'<w:r><w:footnoteReference w:id="{number}" {custom}/></w:r>'


def test_raised_digits_are_superscripts_also_by_style() -> None:
    styles = f'<w:style w:styleId="Mark"><w:rPr>{UP}</w:rPr></w:style>'
    styles += '<w:style w:styleId="Own"><w:basedOn w:val="Mark"/></w:style>'
    body = p(r("the Pact"), r("12", UP), r(" and the Plan"), r("3", '<w:rStyle w:val="Own"/>'))
    assert text(body, styles=styles) == "the Pact¹² and the Plan³\n"


def test_notes_are_numbered_in_order_and_stand_after_the_body() -> None:
    body = p(r("One,"), note(12), r(" two,"), note(11)) + p(r("Three."))
    assert text(body, footnotes=NOTES).split("\n") == [
        "One,¹ two,²",
        "Three.",
        "¹ Resolution 12/1.",
        "² Resolution 11/1.",
        "",
    ]


def test_notes_that_start_again_stand_after_their_section() -> None:
    section = '<w:sectPr><w:footnotePr><w:numRestart w:val="eachSect"/></w:footnotePr></w:sectPr>'
    body = p(r("One,"), note(11), properties=section) + p(r("Two,"), note(12)) + section
    lines = text(body, footnotes=NOTES).split("\n")
    assert lines == ["One,¹", "¹ Resolution 11/1.", "Two,¹", "¹ Resolution 12/1.", ""]


def test_a_mark_of_the_text_is_not_counted() -> None:
    body = p(r("One"), note(11, 'w:customMarkFollows="1"'), r("*")) + p(r("Two"), note(12))
    assert text(body, footnotes=NOTES).split("\n")[:2] == ["One*", "Two¹"]


def test_numbers_are_those_that_word_prints() -> None:
    levels = "".join(
        f'<w:lvl w:ilvl="{n}"><w:numFmt w:val="{f}"/><w:lvlText w:val="{t}"/></w:lvl>'
        for n, (f, t) in enumerate(
            (("decimal", "%1."), ("lowerLetter", "(%2)"), ("lowerRoman", "(%3)"))
        )
    )
    numbering = f'<w:abstractNum w:abstractNumId="5">{levels}</w:abstractNum>'
    numbering += '<w:num w:numId="1"><w:abstractNumId w:val="5"/></w:num>'
    numbering += '<w:num w:numId="2"><w:abstractNumId w:val="5"/><w:lvlOverride w:ilvl="0">'
    numbering += '<w:startOverride w:val="1"/></w:lvlOverride></w:num>'
    styles = f'<w:style w:styleId="Op"><w:pPr>{listed(1)}</w:pPr></w:style>'
    body = (
        p(r("Requests;"), properties='<w:pStyle w:val="Op"/>')
        + p(r("first,"), properties=listed(1, 1))
        + p(r("deeper,"), properties=listed(1, 2))
        + p(r("second,"), properties=listed(1, 1))
        + p(r("Decides."), properties=listed(1))
        + p(r("Again."), properties=listed(2))
        + p(r("Plain."), properties=listed(0))
    )
    assert text(body, numbering=numbering, styles=styles).split("\n")[:-1] == [
        "1. Requests;", "(a) first,", "(i) deeper,", "(b) second,", "2. Decides.", "1. Again.",
        "Plain.",
    ]  # fmt: skip


def test_deleted_hidden_and_field_text_is_not_there() -> None:
    body = p(
        f"<w:ins>{r('kept ')}</w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del>",
        r("hidden", "<w:vanish/>"),
        '<w:r><w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText></w:r>',
        f"<w:hyperlink>{r('A/98/447')}</w:hyperlink>",
    )
    assert text(body) == "kept A/98/447\n"


def test_tables_breaks_and_signs() -> None:
    def cell(*blocks: str) -> str:
        return f"<w:tc><w:tcPr/>{''.join(blocks)}</w:tc>"

    table = f"<w:tbl><w:tr>{cell(p(r('Kenya')))}{cell(p(r('Peru')))}</w:tr>"
    table += f"<w:tr>{cell(p(r('One')), p(r('Two')))}{cell(p(r('Three')))}</w:tr></w:tbl>"
    assert text(table) == "Kenya\tPeru\nOne\nTwo\nThree\n"
    inner = f"<w:tbl><w:tr>{cell(p(r('inner')))}</w:tr></w:tbl>"
    assert text(f"<w:tbl><w:tr>{cell(inner)}{cell(p(r('x')))}</w:tr></w:tbl>") == "inner\tx\n"
    body = p("<w:r><w:t>Timor</w:t><w:noBreakHyphen/><w:t>Leste</w:t><w:br/><w:t>next</w:t></w:r>")
    assert text(body + p(r("last"))) == "Timor\u2011Leste\nnext\nlast\n"


def test_a_text_box_is_read_once() -> None:
    box = f"<w:txbxContent>{p(r('in the box'))}</w:txbxContent>"
    both = '<mc:AlternateContent xmlns:mc="m"><mc:Choice><w:drawing>'
    both += f"{box}</w:drawing></mc:Choice><mc:Fallback><w:pict>{box}</w:pict></mc:Fallback>"
    both += "</mc:AlternateContent>"
    assert text(p(r("around"), f"<w:r>{both}</w:r>")) == "around\nin the box\n"


def test_the_head_of_a_first_page_of_its_own_is_read() -> None:
    section = '<w:sectPr><w:headerReference w:type="default" r:id="r1"/>'
    section += '<w:headerReference w:type="first" r:id="r2"/><w:titlePg/></w:sectPr>'
    data = io.BytesIO(word(p(r("The General Assembly,")) + section))
    with zipfile.ZipFile(data, "a") as archive:
        archive.writestr(
            "word/_rels/document.xml.rels",
            '<Relationships><Relationship Id="r1" Type="x/header" Target="header1.xml"/>'
            '<Relationship Id="r2" Type="x/header" Target="header2.xml"/></Relationships>',
        )
        for number, words in ((1, "every page"), (2, "A/RES/98/3")):
            archive.writestr(f"word/header{number}.xml", f"<w:hdr {W}>{p(r(words))}</w:hdr>")
    assert content_of(data.getvalue()).text == "A/RES/98/3\n\nThe General Assembly,\n"


@pytest.mark.parametrize("words", ["", "   "])
def test_an_empty_file_says_so(words: str) -> None:
    from kg.errors import ReadError

    with pytest.raises(ReadError, match="empty"):
        text(p(r(words)))


def test_empty_paragraphs_are_blank_lines_where_a_file_sets_text_apart_by_them() -> None:
    lines = [p(r("Recalling the report of")), p(r("the Committee,")), p(), p(r("Decides.")), p()]
    assert content_of(word("".join(lines))).text == (
        "Recalling the report of\nthe Committee,\n\nDecides.\n"
    )
    assert (
        content_of(word("".join(lines[:2]))).text == "Recalling the report of\n\nthe Committee,\n"
    )
