"""The makers of the formats that documents come in, as a fixture."""

from __future__ import annotations

from typing import Any

import pytest
from made import docx_of, html_of, pdf_of


@pytest.fixture(scope="session")
def makers() -> dict[str, Any]:
    """Formats by name, each a function from text to the bytes of a file."""
    return {"docx": docx_of, "html": html_of, "pdf": pdf_of}
