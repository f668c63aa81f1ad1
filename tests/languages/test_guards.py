"""What a text cannot hold is not looked for, and nothing else is left out."""

import pytest

from kg.languages import CODES, Language, load_language


def _texts(language: Language) -> list[str]:
    """The examples of a table, several in one paragraph."""
    patterns = [pattern for kind in language.patterns.values() for pattern in kind]
    examples = [
        example.replace("«", "").replace("»", "")
        for pattern in patterns
        for example in (*pattern.examples, *pattern.counter_examples)
    ]
    return ["", *(" ".join(examples[at : at + 9]) for at in range(0, len(examples), 23))]


@pytest.mark.parametrize("code", CODES)
def test_a_kind_finds_the_same_when_a_text_is_asked_about_again(code: str) -> None:
    language = load_language(code)
    for text in _texts(language):
        for kind, patterns in language.patterns.items():
            plain = [repr(match) for p in patterns for match in p.regex.finditer(text)]
            assert [repr(match) for _, match in language.matches(kind, text)] == plain


@pytest.mark.parametrize("code", CODES)
def test_what_can_open_at_a_character_is_all_that_matches_there(code: str) -> None:
    language = load_language(code)
    for text in _texts(language)[::4]:
        for kind, patterns in language.patterns.items():
            for at in range(0, len(text) + 1, 11):
                plain = next((m for p in patterns if (m := p.regex.match(text, at))), None)
                found = language.first(kind, text, at=at)
                assert repr(found and found[1]) == repr(plain)


def test_what_is_remembered_of_texts_is_bounded() -> None:
    language = load_language("en")
    for number in range(3000):
        language.matches("number", f"resolution {number}/1")
        language.first("number", chr(0x4E00 + number), at=0)
    long = "70/1 " * 10_000
    assert len(language.matches("number", long)) == 10_000
    assert len(language.guards._held) <= 512
    assert long not in language.guards._held
