"""The pictures of the README and of the guide, taken of the portal: ``make screenshots``."""

from __future__ import annotations

import tempfile
import threading
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright
from waitress import create_server

from portal.app import create_app
from tests.browser.guide_pictures import take_guide
from tests.browser.visitor import PHONE, WIDE, launch_chromium, open_visitor

SHOTS = Path(__file__).parent / "shots"
BINH_LU = "03390-20250701"
PICTURES = {
    "map-wide": (f"/?indicator=population_density&unit={BINH_LU}", {"viewport": WIDE}),
    "map-phone": (
        "/",
        {"viewport": PHONE, "has_touch": True, "is_mobile": True, "device_scale_factor": 2},
    ),
}


def take(browser: Browser, address: str) -> None:
    """Write every picture of `PICTURES` into ``shots/``."""
    SHOTS.mkdir(exist_ok=True)
    for name, (path, options) in PICTURES.items():
        one = open_visitor(browser, address, path, **options)
        page = one.page
        # Names and marks are set last.
        page.locator(".doubt-mark").first.wait_for(state="attached")
        one.wait_until_idle()
        page.screenshot(path=SHOTS / f"{name}.png")
        page.context.close()
        print(SHOTS / f"{name}.png")


def main() -> None:
    """Start the portal in a folder of its own, take the pictures, stop it."""
    with tempfile.TemporaryDirectory() as instance, sync_playwright() as playwright:
        app = create_app({"PORTAL_INSTANCE": instance})
        server = create_server(app, host="127.0.0.1", port=0)
        threading.Thread(target=server.run, daemon=True).start()
        browser = launch_chromium(playwright)
        address = f"http://127.0.0.1:{server.effective_port}"
        take(browser, address)
        take_guide(browser, address, app)
        browser.close()
        server.close()


if __name__ == "__main__":
    main()
