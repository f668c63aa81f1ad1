"""The sets of documents that are scored: their files, their truth, and the README's table."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import corpora
import measures

SHARED = Path(__file__).resolve().parents[2] / "shared"
CORPUS = SHARED / "corpus"


@dataclass(frozen=True, kw_only=True)
class Set:
    """Documents of one kind, and the scorer's commands for them.

    ``{}`` stands for the file of records, ``{zh}`` for those of one language; ``shown`` keeps
    only the measures whose line has it, ``kinds`` only facts of these kinds (all if empty).
    ``build`` writes the files into a folder, ``measures`` are our own.
    """

    name: str
    files: tuple[str, ...] = ()
    scores: tuple[tuple[str, ...], ...] = field(default=())
    shown: str = ""
    kinds: frozenset[str] = frozenset()
    build: Callable[[Path, Path], list[Path]] | None = None
    measures: tuple[Callable[[measures.Records], Iterator[measures.Measured]], ...] = ()


def _gold(name: str, language: str, folder: str, *, suffix: str = "txt") -> Set:
    file = f"{folder}/{name}.{language}.{suffix}"
    gold = f"gold/{name}.{language}.gold.json"
    return Set(
        name=f"gold-{language}-{name}",
        files=(file,),
        scores=(("gold", gold, "{}", "--source", file),),
    )


def _openings(language: str) -> Set:
    return Set(
        name=f"openings-{language}",
        files=(f"openings/texts/*.{language}.txt",),
        scores=(("openings", "openings/gold.jsonl", "{}"),),
        shown=f" {language} ",
    )


def _built(write: Callable[[Path, Path], Path]) -> Callable[[Path, Path], list[Path]]:
    """A builder of files from one that writes them beside their truth."""

    def build(corpus: Path, folder: Path) -> list[Path]:
        write(corpus, folder)
        return sorted(folder.glob("*.txt"))

    return build


SETS = (
    Set(
        name="report-zh",
        files=("zh/A_72_440.zh.txt",),
        scores=(("gold", "zh/A_72_440.gold.json", "{}", "--source", "zh/A_72_440.zh.txt"),),
    ),
    _gold("A_C.3_56_right-to-development_draft_453500", "en", "reports"),
    _gold("A_RES_76_175", "en", "en_fr"),
    _gold("A_HRC_RES_45_15", "en", "en_fr"),
    _gold("A_RES_76_175", "fr", "en_fr", suffix="md"),
    _gold("A_HRC_RES_45_15", "fr", "en_fr", suffix="md"),
    Set(
        name="links-en",
        files=("en_fr/*.en.txt",),
        scores=(("links", "links.csv", "{}"),),
        kinds=frozenset({"cites"}),
    ),
    Set(
        name="links-fr",
        files=("en_fr/*.fr.md",),
        scores=(("links", "links.csv", "{}"),),
        kinds=frozenset({"cites"}),
    ),
    Set(
        name="en-fr",
        files=("en_fr/*",),
        scores=(("agree", "{en}", "{fr}"),),
        kinds=frozenset({"adopted"}),
        measures=(measures.votes,),
    ),
    Set(name="zh-en", files=("zh_en/*.txt",), scores=(("agree", "{zh}", "{en}"),)),
    *(_openings(language) for language in ("fr", "es", "ru", "ar", "zh")),
    Set(
        name="sentences",
        build=measures.write_sentences,
        measures=(measures.sentences, measures.named_sentences),
        kinds=frozenset({"cites"}),
    ),
    Set(
        name="sponsors",
        build=_built(corpora.write_sponsors),
        scores=(("states", "{truth}", "{}"),),
    ),
    Set(
        name="additional-sponsors",
        build=_built(corpora.write_notes),
        scores=(("states", "{truth}", "{}"),),
    ),
    Set(
        name="scans", files=("sc_en/*.txt",), measures=(measures.scans,), kinds=frozenset({"cites"})
    ),
)

# The README's table: a row's name, and for each language the set and the measure it shows.
TABLE: tuple[tuple[str, dict[str, tuple[str, str]]], ...] = (
    (
        "paragraphs, F1 (gold)",
        {
            "en": ("gold-en-A_RES_76_175", "paragraphs"),
            "fr": ("gold-fr-A_RES_76_175", "paragraphs"),
            "zh": ("report-zh", "paragraphs"),
        },
    ),
    (
        "citations by paragraph, F1 (gold)",
        {
            "en": ("gold-en-A_RES_76_175", "citations by paragraph"),
            "fr": ("gold-fr-A_RES_76_175", "citations by paragraph"),
            "zh": ("report-zh", "citations by paragraph"),
        },
    ),
    (
        "instrument mentions, F1 (gold)",
        {
            "en": ("gold-en-A_RES_76_175", "instrument mentions"),
            "fr": ("gold-fr-A_RES_76_175", "instrument mentions"),
            "zh": ("report-zh", "instrument mentions"),
        },
    ),
    (
        "recorded votes, F1 (gold)",
        {
            "en": ("gold-en-A_HRC_RES_45_15", "recorded votes"),
            "fr": ("gold-fr-A_HRC_RES_45_15", "recorded votes"),
        },
    ),
    (
        "resolutions against hyperlinks, precision",
        {
            "en": ("links-en", "linked resolutions p"),
            "fr": ("links-fr", "linked resolutions p"),
        },
    ),
    (
        "resolutions against hyperlinks, recall",
        {
            "en": ("links-en", "linked resolutions r"),
            "fr": ("links-fr", "linked resolutions r"),
        },
    ),
    (
        "citations in excerpts, F1",
        {la: (f"openings-{la}", f"citations {la}") for la in ("fr", "es", "ru", "ar", "zh")},
    ),
    (
        "dates in excerpts",
        {la: (f"openings-{la}", f"dates {la}") for la in ("fr", "es", "ru", "ar", "zh")},
    ),
    (
        "instruments in excerpts",
        {
            la: (f"openings-{la}", f"instruments found {la}")
            for la in ("fr", "es", "ru", "ar", "zh")
        },
    ),
    (
        "citations of the union of six languages",
        {la: ("sentences", f"citations of the union {la}") for la in measures.LANGUAGES},
    ),
)
