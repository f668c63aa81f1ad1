"""What is read from the corpus is as good as promised, by the scorer that judges all alike."""

from __future__ import annotations

from functools import cache

import accuracy
import pytest
from measures import LANGUAGES
from sets import CORPUS, SETS

# Of each set the measures that are promised, and how much. A measure's name alone is its F1 or
# the share that is right; with " p" or " r" behind it, its precision or recall.
PROMISED: dict[str, dict[str, float]] = {
    "report-zh": {
        "document fields": 1.0,
        "documents considered": 1.0,
        "proposals": 1.0,
        "proposal fields": 0.95,
        "sponsors with tier": 1.0,
        "statements": 1.0,
        "paragraphs": 1.0,
        "clause verbs": 0.98,
        "citations by paragraph": 0.985,
        "citation via": 0.98,
        "citation dates": 0.97,
        "instrument mentions": 0.96,
        "instrument linking (B-cubed)": 0.98,
        "requests by modality": 0.92,
        "addressees found": 0.92,
        "requests: due": 0.9,
        "requests: report": 0.9,
        "UNTS registrations": 0.97,
        "quotes found in the source": 1.0,
    },
    **{
        f"gold-en-{name}": {
            "document fields": 1.0,
            "paragraphs": 1.0,
            "clause verbs": 0.98,
            "citations by paragraph": 0.98,
            "citation via": 0.98,
            "instrument mentions": 0.92,
            "quotes found in the source": 1.0,
        }
        for name in (
            "A_C.3_56_right-to-development_draft_453500",
            "A_RES_76_175",
            "A_HRC_RES_45_15",
        )
    },
    **{
        f"gold-fr-{name}": {
            "document fields": 1.0,
            "paragraphs": 0.97,
            "citations by paragraph": 0.97,
            "instrument mentions": 0.88,
            "quotes found in the source": 1.0,
        }
        for name in ("A_RES_76_175", "A_HRC_RES_45_15")
    },
    "links-en": {"linked resolutions p": 0.92, "linked resolutions r": 0.955},
    "links-fr": {"linked resolutions p": 0.90, "linked resolutions r": 0.94},
    "en-fr": {
        "citations, A as truth": 0.95,
        "instruments, A as truth": 0.90,
        "votes that add up": 1.0,
    },
    "zh-en": {"citations, A as truth": 0.97, "instruments, A as truth": 0.90},
    **{
        f"openings-{language}": {
            f"citations {language}": 0.96,
            f"dates {language}": 0.95,
            f"instruments found {language}": 0.80,
        }
        for language in ("fr", "es", "ru", "ar", "zh")
    },
    "sentences": {f"citations of the union {la}": 0.95 for la in LANGUAGES},
    "sponsors": {"states in lists": 0.99},
    "additional-sponsors": {"states in lists": 0.99},
    "scans": {"documents with operative": 1.0, "documents with preambular": 0.9},
}
PROMISED["gold-en-A_HRC_RES_45_15"]["recorded votes"] = 1.0
PROMISED["gold-fr-A_HRC_RES_45_15"]["recorded votes"] = 1.0


@cache
def measured(name: str) -> dict[str, float]:
    return accuracy.values(next(chosen for chosen in SETS if chosen.name == name))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus at ../shared/corpus")
@pytest.mark.parametrize(
    ("name", "measure"), [(name, measure) for name, row in PROMISED.items() for measure in row]
)
def test_the_corpus_is_read_as_well_as_promised(name: str, measure: str) -> None:
    assert measured(name)[measure] >= PROMISED[name][measure]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus at ../shared/corpus")
def test_every_language_says_what_english_says() -> None:
    found = measured("sentences")
    english = found["citations of the union en"]
    for language in LANGUAGES:
        assert found[f"citations of the union {language}"] >= english - 0.03, language


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus at ../shared/corpus")
def test_the_table_in_the_readme_is_what_is_measured() -> None:
    readme = (accuracy.ROOT / "README.md").read_text(encoding="utf-8")
    assert "\n".join(accuracy.table()) in readme


@pytest.mark.skipif(not CORPUS.is_dir(), reason="needs the corpus at ../shared/corpus")
def test_every_language_names_the_instruments_that_english_names() -> None:
    found = measured("sentences")
    english = found["sentences with an instrument en"]
    for language in LANGUAGES:
        assert found[f"sentences with an instrument {language}"] >= english - 0.05, language
