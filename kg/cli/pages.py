"""Commands that write files: demo, view, export."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Direction = Annotated[
    Literal["cites", "cited-by"],
    typer.Option("--direction", help="What it cites, or what cites it."),
]
Depth = Annotated[int, typer.Option("--depth", min=1, max=20, help="Steps to follow.")]
PageLanguage = Annotated[
    str, typer.Option("--language", metavar="CODE", help="Language of the page's own words.")
]

view = typer.Typer(
    help="Write an interactive page: one file, works offline.",
    no_args_is_help=True,
    rich_markup_mode=None,
)


def demo() -> None:
    """Build the sample reports, show a chain and a table, write a page."""


def export() -> None:
    """Write the graph for other tools."""
