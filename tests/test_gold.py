"""The Chinese report against its gold, by the scorer that judges every extractor alike."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from kg.extract import extract
from kg.read import read
from kg.record import as_line

SHARED = Path(__file__).resolve().parents[2] / "shared"
REPORT = SHARED / "corpus" / "zh" / "A_72_440.zh.txt"
WANTED = {
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
}


@pytest.fixture(scope="module")
def scores(tmp_path_factory: pytest.TempPathFactory) -> dict[str, float]:
    if not REPORT.is_file():
        pytest.skip("needs the corpus at ../shared/corpus")
    records = tmp_path_factory.mktemp("gold") / "records.jsonl"
    records.write_text(as_line(extract(read(REPORT))) + "\n", encoding="utf-8")
    gold = REPORT.with_name("A_72_440.gold.json")
    done = subprocess.run(
        [sys.executable, SHARED / "score" / "score.py", "gold", gold, records,
         "--source", REPORT, "--json"],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    rows = json.loads(done.stdout)
    return {name: row.get("acc", row.get("f1")) for name, row in rows.items()}


@pytest.mark.parametrize("measure", WANTED)
def test_the_report_is_read_as_well_as_promised(measure: str, scores: dict[str, float]) -> None:
    assert scores[measure] >= WANTED[measure]
