"""A browser for the tests of pages: Chromium without a window and without a way out."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any


class Tab:
    """A page opened in a browser that reaches no host: what it logged and what it asked for."""

    def __init__(self, driver: Any, folder: Path) -> None:
        self.driver = driver
        self.folder = folder

    def show(self, html: str, address: str = "") -> None:
        """Write the page, open it and wait until it says that it is drawn."""
        self.write(html)
        self.open(address)

    def write(self, html: str) -> None:
        """Write the page."""
        (self.folder / "page.html").write_text(html, encoding="utf-8", newline="\n")

    def open(self, address: str = "") -> None:
        """Open the page written last and wait until it says that it is drawn."""
        from selenium.webdriver.support.ui import WebDriverWait

        path = self.folder / "page.html"
        self.driver.get("about:blank")
        self.driver.get_log("browser")
        self.driver.get_log("performance")
        self.driver.get(path.as_uri() + address)
        WebDriverWait(self.driver, 30).until(lambda _: self.mark("drawn"))

    def run(self, script: str, *values: Any) -> Any:
        """What a script gives in the page."""
        return self.driver.execute_script(script, *values)

    def mark(self, name: str) -> str | None:
        """A data attribute of the root element."""
        return self.driver.execute_script(
            "return document.documentElement.dataset[arguments[0]] ?? null", name
        )

    def find(self, selector: str) -> Any:
        """The one element; its text is what a reader sees."""
        return self.driver.find_element("css selector", selector)

    def all(self, selector: str) -> list[Any]:
        """All elements in page order."""
        return self.driver.find_elements("css selector", selector)

    def click_at(self, point: dict[str, float]) -> None:
        """Click a point given in the picture's own units."""
        from selenium.webdriver.common.action_chains import ActionChains

        at = self.run("return picture.toScreen(arguments[0])", point)
        size = self.find("#picture").size
        right, down = at["x"] - size["width"] / 2, at["y"] - size["height"] / 2
        move = ActionChains(self.driver).move_to_element_with_offset
        # vis waits a moment for a second tap before it speaks of a click.
        move(self.find("#picture"), round(right), round(down)).click().pause(0.5).perform()

    def complaints(self) -> list[str]:
        """What the console has, refusals of the page's policy among them.

        Left out is what Chromium says of its own speed when it draws WebGL without a card.
        """
        messages = [entry["message"] for entry in self.driver.get_log("browser")]
        return [each for each in messages if "GL Driver Message (OpenGL, Performance" not in each]

    def requests(self) -> list[str]:
        """Addresses asked for beside the page itself."""
        events = [json.loads(e["message"])["message"] for e in self.driver.get_log("performance")]
        asked = [e["params"] for e in events if e["method"] == "Network.requestWillBeSent"]
        urls = [params["request"]["url"] for params in asked]
        own = (self.folder / "page.html").as_uri()
        # A picture being saved passes through an address of the page's own memory.
        return [url for url in urls if url.partition("#")[0] != own and url[:5] != "blob:"]

    def settled(self, name: str, value: str) -> None:
        """Wait until a data attribute of the root element has a value."""
        from selenium.webdriver.support.ui import WebDriverWait

        WebDriverWait(self.driver, 10).until(lambda _: self.mark(name) == value)

    def saved(self, selector: str, ending: str) -> Path:
        """The file that a button saves."""
        from selenium.webdriver.support.ui import WebDriverWait

        where = {"behavior": "allow", "downloadPath": str(self.folder)}
        self.driver.execute_cdp_cmd("Browser.setDownloadBehavior", where)
        self.find(selector).click()
        here = self.folder.glob
        WebDriverWait(self.driver, 10).until(lambda _: list(here(f"*.{ending}")))
        return next(here(f"*.{ending}"))


def chromium(profile: Path, *, webgl: bool = True) -> Any:
    """A running browser that reaches no host; ``webgl`` False as on a machine without it.

    Raises:
        FileNotFoundError: there is no chromium or no chromedriver.
    """
    browser = shutil.which("chromium") or shutil.which("google-chrome") or shutil.which("chrome")
    server = shutil.which("chromedriver")
    if not browser or not server:
        raise FileNotFoundError("needs chromium and chromedriver on the PATH")
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    options = webdriver.ChromeOptions()
    options.binary_location = browser
    for flag in (
        "--headless=new",
        "--no-sandbox",
        "--disable-gpu",
        # Without a graphics card Chromium draws WebGL itself, and complains unless told to.
        *(["--enable-unsafe-swiftshader"] if webgl else ["--disable-webgl", "--disable-3d-apis"]),
        "--disable-dev-shm-usage",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--no-first-run",
        "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
        "--window-size=1400,900",
        f"--user-data-dir={profile}",
    ):
        options.add_argument(flag)
    options.set_capability("goog:loggingPrefs", {"browser": "ALL", "performance": "ALL"})
    return webdriver.Chrome(options=options, service=Service(executable_path=server))
