"""Lines and pages out of characters with places."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.read import content_of
from kg.read.glyphs import Glyph, in_reading_order
from kg.read.printed import Page, page_of, text_of


def line(
    text: str, y: float, *, left: float = 72.0, size: float = 10.0, made: str = ""
) -> list[Glyph]:
    """A line of characters five points wide; those of ``made`` are put in by the reader."""
    return [
        Glyph(sign, left + 5 * n, left + 5 * n + 5, y, size, sign in made)
        for n, sign in enumerate(text)
    ]


def text(*lines: list[Glyph], height: float = 792) -> str:
    return text_of([page_of([g for one in lines for g in one], height=height)])[0]


FULL = "Requests the Secretary-General to report on the reading rooms of all the villages"


def test_raised_digits_are_markers_and_lowered_ones_are_not() -> None:
    base = line("the Pact", 700)
    assert text(base, line("12", 704, left=112, size=6)) == "the Pact¹²\n"
    assert text(base, line("2", 698, left=112, size=6)) == "the Pact2\n"
    assert text(base, line("th", 704, left=112, size=6)) == "the Pactth\n"
    assert text(base, line("(3)", 704, left=112, size=6)) == "the Pact³\n"


def test_a_marker_may_open_a_line_of_notes() -> None:
    note = [*line("4", 104, size=5), *line(" Resolution 98/3.", 100, left=78, size=8)]
    assert text(note) == "⁴ Resolution 98/3.\n"


def test_a_line_end_behind_a_marker_is_none() -> None:
    end = [Glyph("\n", 117, 117, 704, 0, True)]
    after = line("and others", 700, left=120)
    assert text(line("the Pact", 700), line("3", 704, left=112, size=6), end, after) == (
        "the Pact³ and others\n"
    )


def test_a_space_that_the_reader_made_between_letters_is_none() -> None:
    word = [*line("peopl", 700), Glyph(" ", 97, 97, 700, 0, True), *line("e", 700, left=98)]
    assert text(word) == "people\n"
    apart = [*line("two", 700), Glyph(" ", 87, 87, 700, 0, True), *line("words", 700, left=91)]
    assert text(apart) == "two words\n"


def test_full_lines_go_on_and_short_ones_end() -> None:
    lines = [line(FULL, 700 - 12 * n) for n in range(4)]
    assert text(*lines, line("of the world.", 652), line("Next line", 640)) == (
        f"{FULL} {FULL} {FULL} {FULL} of the world.\nNext line\n"
    )


def test_a_hyphen_at_a_line_end_stays() -> None:
    full = f"{FULL[:-7]} Timor-"
    assert text(line(full, 700), line("Leste and others", 688)) == f"{full}Leste and others\n"


def test_a_larger_distance_is_a_paragraph() -> None:
    lines = [line(FULL, 700), line("ends here.", 688), line(FULL, 670), line("ends, too.", 658)]
    assert text(*lines) == f"{FULL} ends here.\n\n{FULL} ends, too.\n"


def test_an_item_behind_a_stop_opens_a_line() -> None:
    full = FULL[:-1] + ";"
    assert text(line(full, 700), line("(b) More", 688), line("x", 676)).startswith(
        f"{full}\n(b) More"
    )


def test_lines_are_read_top_down_however_the_file_orders_them() -> None:
    assert text(line("last", 100), line("first", 700), line("middle", 400)).split() == [
        "first", "middle", "last",
    ]  # fmt: skip


def test_columns_stay_as_the_file_orders_them() -> None:
    one = [line(word, 700 - 12 * n) for n, word in enumerate(("Austria", "Kenya", "Peru"))]
    two = [line(word, 700 - 12 * n, left=300) for n, word in enumerate(("Chile", "Fiji", "Japan"))]
    assert text(*one, *two).split() == ["Austria", "Kenya", "Peru", "Chile", "Fiji", "Japan"]


def pages(count: int) -> list[Page]:
    return [
        page_of(
            [
                *line("A/98/447", 740),
                *line(f"Paragraph {'abcd'[number]} of the report.", 690),
                *line(f"{number + 1}/{count} 43-12345", 40),
            ],
            height=792,
        )
        for number in range(count)
    ]


def test_running_heads_and_page_numbers_are_left_out() -> None:
    printed, starts = text_of(pages(3))
    assert printed.count("A/98/447") == 1
    assert "43-12345" not in printed
    assert [printed[start:].split()[0] for start in starts] == [
        "A/98/447",
        "Paragraph",
        "Paragraph",
    ]


def test_a_sentence_goes_over_a_page_unless_notes_stand_below_it() -> None:
    first, second = line(FULL, 100), line("and of all the towns.", 700)
    both = [page_of(first, height=792), page_of(second, height=792)]
    printed, starts = text_of(both)
    assert printed == f"{FULL} and of all the towns.\n"
    assert printed[starts[1] :].startswith("and of")
    note = [*line("4", 84, size=5), *line(" Resolution 98/3.", 80, left=78, size=8)]
    both[0] = page_of([*first, *note], height=792)
    assert "\n\fand of" in text_of(both)[0]


def test_a_note_that_goes_over_a_page_is_whole() -> None:
    def note(number: str, words: str, y: float) -> list[Glyph]:
        return [*line(number, y + 4, size=5), *line(words, y, left=72 + 5 * len(number), size=8)]

    rule = line("_" * 18, 130)
    first = page_of([*line(FULL, 200), *rule, *note("4", " See A/98/1 and", 100)], height=792)
    second = page_of(
        [*line("More.", 700), *rule, *note("", "A/98/2.", 112), *note("5", " Ibid.", 100)],
        height=792,
    )
    printed, starts = text_of([first, second])
    assert "⁴ See A/98/1 and A/98/2.\n" in printed or "⁴ See A/98/1 and\nA/98/2.\n" in printed
    assert printed[starts[1] :].split() == ["More.", "_" * 18, "⁵", "Ibid."]


def seen(written: str) -> list[Glyph]:
    """A line from right to left as it looks; ``|`` parts the runs, given from the right."""
    runs = written.split("|")
    visual = "".join(
        run if run.isascii() or run[0] in "٠١٢٣٤٥٦٧٨٩" else run[::-1] for run in reversed(runs)
    )
    return [Glyph(sign, 5.0 * n, 5.0 * n + 5, 700, 10) for n, sign in enumerate(visual)]


@pytest.mark.parametrize(
    "written",
    [
        "إذ تشير إلى قرارها |70/1| المؤرخ |25| أيلول",
        "انظر |A/RES/70/1|، والقرار |S/RES/2133 (2014)|، المرفق",
        "القرار |٧٠/١| المؤرخ |٢٥| أيلول",
        "القرار |3235| (د-|29|) المؤرخ",
        "الجمعية العامة،",
    ],
)
def test_lines_from_right_to_left_are_read_as_they_were_written(written: str) -> None:
    found = "".join(glyph.sign for glyph in in_reading_order(seen(written)))
    # Brackets are given as they look: the reader of a format tells which way they open.
    turned = str.maketrans("()", ")(")
    expected = written.replace("|", "")
    assert found == expected or found.translate(turned) == expected.translate(turned)


def test_an_arabic_pdf_is_read_in_the_order_it_was_written() -> None:
    font = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
    if not font.is_file():
        pytest.skip(f"no font at {font}")
    import io

    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.pdfgen.canvas import Canvas

    pdfmetrics.registerFont(TTFont("dejavu", str(font)))
    out = io.BytesIO()
    canvas = Canvas(out)
    canvas.setFont("dejavu", 12)
    written = "إذ تشير إلى قرارها |70/1| المؤرخ |25| أيلول/سبتمبر |2015| والوثيقة |A/98/447|،"
    canvas.drawString(72, 700, "".join(glyph.sign for glyph in seen(written)))
    canvas.save()
    assert content_of(out.getvalue()).text == written.replace("|", "") + "\n"
