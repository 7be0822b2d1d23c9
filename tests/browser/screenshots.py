"""Takes the README's pictures of the running portal: ``python -m tests.browser.screenshots``."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path
from typing import NamedTuple

from playwright.sync_api import Browser, sync_playwright
from waitress import create_server

from portal.app import create_app
from tests.browser.browsing import PHONE, WIDE, find_chromium

SHOTS = Path(__file__).parent / "shots"


class Shot(NamedTuple):
    """One picture: its file name, the address and the size of the window."""

    name: str
    path: str
    size: dict[str, int]


PICTURES = (
    Shot("map-wide.png", "/?unit=03390-20250701", WIDE),
    Shot("map-phone.png", "/", PHONE),
)


def take(browser: Browser, address: str, shot: Shot) -> Path:
    """Open one address and keep what it shows once everything is drawn."""
    page = browser.new_page(viewport=shot.size)  # type: ignore[arg-type]
    page.goto(address + shot.path, wait_until="networkidle")
    page.wait_for_selector(".leaflet-overlay-pane path")
    target = SHOTS / shot.name
    page.screenshot(path=target)
    page.close()
    return target


def main() -> None:
    """Serve the shipped dataset on a free port and take every picture."""
    SHOTS.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        server = create_server(
            create_app({"PORTAL_INSTANCE": Path(instance)}), host="127.0.0.1", port=0
        )
        threading.Thread(target=server.run, daemon=True).start()
        browser = playwright.chromium.launch(
            executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for shot in PICTURES:
            print(take(browser, f"http://127.0.0.1:{server.effective_port}", shot))
        browser.close()
        server.close()


if __name__ == "__main__":
    main()
