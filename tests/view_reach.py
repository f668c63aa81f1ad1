"""What a page gives to eyes, keyboard and screen reader: contrast, names, order of focus."""

from __future__ import annotations

from pathlib import Path
from typing import Any

SCRIPT = Path(__file__).with_suffix(".js")
NAMED = {
    "button", "link", "textbox", "searchbox", "combobox", "checkbox", "slider", "spinbutton",
    "tab", "tabpanel", "listbox", "image", "application", "radio", "option", "heading",
}  # fmt: skip


def weak(tab: Any) -> list[list[str]]:
    """Text with too little contrast: its first words, where it stands, its ratio."""
    found: list[list[str]] = _run(tab, "weak")
    return found


def coloured(tab: Any, scheme: str) -> None:
    """Have the browser prefer ``light`` or ``dark`` colours."""
    wish = {"name": "prefers-color-scheme", "value": scheme}
    tab.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [wish]})


def unnamed(tab: Any) -> list[str]:
    """What a screen reader would announce without a name, by role, and faults of structure."""
    nodes = tab.driver.execute_cdp_cmd("Accessibility.getFullAXTree", {})["nodes"]
    roles = (
        node["role"]["value"]
        for node in nodes
        if not node.get("ignored") and not node.get("name", {}).get("value", "").strip()
    )
    return [*(role for role in roles if role in NAMED), *_run(tab, "structure")]


def walked(tab: Any, steps: int) -> list[dict[str, Any]]:
    """What the Tab key reaches from the top of the page, so many steps at most."""
    from selenium.webdriver.common.keys import Keys

    tab.run("document.activeElement?.blur(); getSelection().removeAllRanges(); scrollTo(0, 0)")
    found: list[dict[str, Any]] = []
    for _ in range(steps):
        tab.driver.switch_to.active_element.send_keys(Keys.TAB)
        at = _run(tab, "focused")
        if at is None:
            break
        found.append(at)
    return found


def _run(tab: Any, name: str) -> Any:
    return tab.run(f"{SCRIPT.read_text(encoding='utf-8')}\nreturn reach.{name}();")
