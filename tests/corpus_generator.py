"""Write a corpus of the size and shape of the General Assembly's as N-Quads.

    python tests/corpus_generator.py --scale 1 --seed 7 -o FILE.nq

Scale 1 is 25,000 resolutions of 80 sessions (and the drafts they were), 400,000 citations,
200 states and 1.2 million sponsorships; a smaller scale shrinks all but sessions and states. The
statements are those that ``kg.triples`` writes for a document, super-classes and super-properties
included, one graph a language version. Left out, to keep the file in bounds: paragraphs that cite
nothing, and the mentions of nine drafts' sponsors in ten. The same scale and seed give the same
bytes. Texts are made up; no resolution of these numbers says these words.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from random import Random
from typing import IO

HERE = Path(__file__).resolve().parent


def corpus(scale: float, seed: int) -> Iterator[str]:
    """The N-Quads of a corpus, in runs of lines; each graph's lines stand together."""
    from corpus_blocs import drafts
    from corpus_lines import document_lines, draft_lines
    from corpus_plan import cite, resolutions

    rng = Random(seed)
    found = resolutions(scale, rng)
    cite(found, scale, rng)
    for at, this in enumerate(found):
        # What a text says is drawn anew for each version, so that its versions agree.
        for language in ("en", "fr") if at % 50 == 7 else ("en",):
            words = Random(f"{seed} {this.symbol}")
            yield from document_lines(this, language, words, next_session=this.session + 1)
    for draft in drafts(found, scale, rng):
        yield from draft_lines(draft)


def write(out: IO[str], lines: Iterable[str]) -> int:
    """Write runs of lines; the number of statements."""
    count = 0
    for run in lines:
        count += run.count("\n")
        out.write(run)
    return count


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--scale", type=float, default=1.0, help="1 is 25,000 resolutions")
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("-o", "--output", type=Path, required=True)
    options = parser.parse_args()
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    with options.output.open("w", encoding="utf-8", newline="\n", buffering=1 << 20) as out:
        count = write(out, corpus(options.scale, options.seed))
    print(f"{options.output}: {count} statements")
    return 0


if __name__ == "__main__":
    sys.exit(main())
