"""What finds the places of a pattern quickly finds all that the pattern itself finds."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.languages import CODES, Pattern, load_language
from kg.languages.grouped import grouped
from kg.languages.parsed import Written
from kg.languages.scanners import anchor_of, first_of, scanner_of


def _patterns(code: str) -> list[Pattern]:
    return [pattern for kind in load_language(code).patterns.values() for pattern in kind]


def _texts(code: str) -> list[str]:
    """Everything that the table gives as an example, and whole paragraphs made of it."""
    examples = [
        example.replace("«", "").replace("»", "")
        for pattern in _patterns(code)
        for example in (*pattern.examples, *pattern.counter_examples)
    ]
    joined = ["; ".join(examples[at : at + 12]) for at in range(0, len(examples), 12)]
    lines = ["\n".join(examples[at : at + 12]) for at in range(0, len(examples), 12)]
    return ["", " ", *examples[::17], *joined[::9], *lines[::17]]


@pytest.mark.parametrize("code", CODES)
def test_what_is_scanned_for_is_what_a_pattern_finds(code: str) -> None:
    texts = _texts(code)
    for pattern in _patterns(code):
        for text in (*texts, *pattern.examples, *pattern.counter_examples):
            for start in {0, min(3, len(text))}:
                plain = [found.span() for found in pattern.regex.finditer(text, start)]
                assert [found.span() for found in pattern.finditer(text, start)] == plain
                first = pattern.search(text, start)
                assert (first.span() if first else None) == (plain[0] if plain else None)


@pytest.mark.parametrize("code", CODES)
def test_grouped_alternatives_find_what_the_table_says(code: str) -> None:
    texts = _texts(code)
    for pattern in _patterns(code):
        for text in (*texts[::3], *pattern.examples):
            plain = [(m.span(), m.groupdict()) for m in pattern.regex.finditer(text)]
            assert [(m.span(), m.groupdict()) for m in pattern.quick.finditer(text)] == plain


_WORDS = st.lists(
    st.sampled_from(["ab", "a", "Ab", "b(?:a|B)", "[ab]a", "aB", "(?i:ab|b)", "", "ab?"])
)


@given(_WORDS.map("|".join), st.text("aAbB", max_size=8), st.sampled_from([0, re.IGNORECASE]))
def test_the_first_alternative_that_matches_stays_the_first(
    written: str, text: str, flags: int
) -> None:
    plain = [m.span() for m in re.compile(written, flags).finditer(text)]
    assert [m.span() for m in grouped(written, flags).finditer(text)] == plain


_WRITTEN = st.sampled_from(
    [
        r"[0-9]",
        r"[^0-9]",
        "a",
        "B",
        r"\s",
        r"[^\W\d_]",
        r"\b",
        "(?<![ab])",
        "(?=[aB])",
        "(?!a)",
        "^",
    ]
)
_COUNTED = st.tuples(_WRITTEN, st.sampled_from(["", "{0,2}", "{1,2}"])).map(
    lambda part: part[0] + (part[1] if part[0][0] not in "^(" and part[0] != r"\b" else "")
)
_SEQUENCES = st.lists(_COUNTED, min_size=1, max_size=4).map("".join)
_REGEXES = st.lists(_SEQUENCES, min_size=1, max_size=3).map(
    lambda parts: "(?:" + "|".join(parts) + ")"
)


@given(_REGEXES | _SEQUENCES, st.text("aB0 \né", max_size=12))
@settings(max_examples=400, deadline=None)
def test_any_expression_is_scanned_for_as_it_matches(written: str, text: str) -> None:
    regex = re.compile(written, re.MULTILINE)
    pattern = Pattern(
        kind="any",
        written=Written(written, re.MULTILINE),
        value=None,
        examples=(),
        counter_examples=(),
    )
    plain = [found.span() for found in regex.finditer(text)]
    assert [found.span() for found in pattern.finditer(text)] == plain


def test_first_characters_are_read_off_an_expression() -> None:
    assert first_of(re.compile(r"(?<!x)(?:ab|[0-9])\s*")) == "[0-9a]"
    assert first_of(re.compile(r"a?b?")) is None
    assert first_of(re.compile(r"(?i:ab)")) is None
    assert first_of(re.compile(r".b")) is None
    assert first_of(re.compile(r"(?:x|.)b")) is None


def test_only_what_is_rare_is_scanned_for() -> None:
    assert scanner_of(re.compile(r"(?<!x)[0-9]")) is not None
    assert scanner_of(re.compile(r"(?<!x)\w")) is None
    assert scanner_of(re.compile(r"[0-9](?!x)")) is None


def test_an_anchor_binds_every_alternative() -> None:
    assert anchor_of(re.compile(r"\A(?:a|b)")) == "text"
    assert anchor_of(re.compile("^a|^b")) == "line"
    assert anchor_of(re.compile("^a|b")) == anchor_of(re.compile("(?:^|a)b")) == ""
