"""A slip in a name is mended, whatever is spared on the way."""

import pytest

from kg.recognise.misspelt import misspelt_in
from kg.recognise.names import FULL, finder


@pytest.mark.parametrize("word", ["Convention", "Rights", "Child", "Discrimination", "against"])
def test_words_beside_a_slip_leave_out_no_name(word: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """A slip is mended only where a word beside it is the name's: the plain way finds no more."""
    known = finder("instrument", "en", kinds=FULL)
    text = (
        "Recalling the Convention on the Rights of the Child, the Convention on the Elimination"
        " of All Forms of Discrimination against Women and all Rights, Child or Womenn against it"
    )
    for at in range(len(word)):
        slip = text.replace(word, word[:at] + "q" + word[at + 1 :])
        quick = list(misspelt_in(slip, "en", known))
        with monkeypatch.context() as plain:
            plain.setattr("kg.recognise.misspelt._in_place", lambda *_: True)
            assert list(misspelt_in(slip, "en", known)) == quick
        assert quick or at > len(word) - 3
