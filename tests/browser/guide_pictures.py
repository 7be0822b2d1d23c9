"""The pictures of the guide at ``/guide``, taken by doing what it says: ``make screenshots``.

Each step goes by the labels of the catalogue, as the guide's own words do, and what a picture is
about is marked with numbers where the page has it. Nothing here knows the dataset.
"""

from __future__ import annotations

import json
import re
from io import BytesIO
from pathlib import Path

from flask import Flask
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, expect

from geodata.store import Store
from layers.formatting import format_number
from layers.layer import Layer
from portal.guide.example import GuideExample, guide_example
from portal.guide.pictures import LANGUAGES, MOST_BYTES, PICTURES
from portal.serializers.values import values_document
from portal.translations import translate
from tests.browser.visitor import Visitor, open_visitor
from tests.portal.office import WORDS, make_account

FOLDER = Path(__file__).parents[2] / "static" / "pictures"
WORDS_SHOWN = Path(__file__).parent / "shots" / "guide_words.json"
"""By picture the labels of the screen that it shows, as they were when it was taken."""
SCREEN = {"width": 1240, "height": 740}
ACCOUNT = "office"
CHAPTERS = Path(__file__).parents[2] / "portal" / "templates" / "guide"

MARKS: dict[str, tuple[str, ...]] = {
    "map": (
        *(".themes > legend", "fieldset:has(#level-list) > legend"),
        *("fieldset:has(#date-list) > legend", "fieldset:has(#period-list) > legend"),
        *("fieldset:has(#indicator-list) > legend", "#legend-title", ".table-head h2"),
    ),
    "classes": (
        "#classification-fields span",
        ".class-histogram",
        ".class-count",
        ".isolation legend",
    ),
    "compare": (
        *("label:has(#indicator) > span", "#name-left", "#name-right"),
        *("#mode-list .option:last-child span", "#changes h2"),
    ),
    "export": (
        *("[for=export-kind]", "[for=export-preset]", "[data-field=format] legend"),
        *("[for=export-title]", "#export-download"),
    ),
    "review": ("main .lead", "#asked-title", ".publishing-actions.is-sticky .muted"),
}
"""What the numbers of a picture stand beside, in their order."""

# After the words of each place, so that it hides none of them.
_PUT_MARKS = """(places) => places.forEach((place, i) => {
  const found = [...document.querySelectorAll(place)].find((one) => one.checkVisibility());
  const words = document.createRange();
  words.selectNodeContents(found);
  const drawn = found instanceof SVGElement ? found.getBoundingClientRect() : null;
  const { right, top, height } = drawn ?? words.getBoundingClientRect();
  const mark = document.createElement('b');
  mark.textContent = String(i + 1);
  Object.assign(mark.style, {
    position: 'fixed', zIndex: '9999',
    left: `${drawn ? right - 32 : right + 8}px`, top: `${top + height / 2 - 12}px`,
    width: '24px', height: '24px', borderRadius: '50%', background: '#14548c', color: '#fff',
    font: '600 14px/24px sans-serif', textAlign: 'center', boxShadow: '0 0 0 2px #fff',
  });
  (found.closest('dialog') ?? document.body).append(mark);
})"""


class PictureTaker:
    """Takes the pictures of one language.

    Parameters
    ----------
    browser
        Chromium.
    address
        Where the portal answers.
    store
        What it serves.
    language
        Of the pages.
    """

    def __init__(self, browser: Browser, address: str, store: Store, language: str) -> None:
        self.browser, self.address, self.language = browser, address, language
        self.example: GuideExample = guide_example(store, language)
        self.pages = self.example.addresses(language)
        self.store = store
        self.period = guide_example(store, "vi").period.removeprefix("ngày ")
        self.shown: dict[str, dict[str, str]] = {}

    def say(self, label: str, **values: object) -> str:
        """The words of a label of the screen."""
        return translate(label, self.language, **values)

    def visit(self, page: str, *, wait: bool = True, **options: object) -> Visitor:
        """Open one of the pages of the example."""
        here = open_visitor(
            self.browser, self.address, self.pages[page], viewport=SCREEN, wait=wait, **options
        )
        here.wait_until_idle()
        return here

    def take(self, name: str, page: Page, within: Locator | None = None) -> None:
        """Mark what the picture is about and write it, small enough for a slow line."""
        if within:
            within.scroll_into_view_if_needed()
        page.evaluate("pageIdle()")
        marks = MARKS.get(name, ())
        assert len(marks) == PICTURES[name].marks
        page.evaluate(_PUT_MARKS, list(marks))
        shot = within.screenshot() if within else page.screenshot()
        target = FOLDER / PICTURES[name].asset(self.language)
        target.write_bytes(_small(shot))
        text = (within or page.locator("body")).inner_text()
        self.shown[f"{name}.{self.language}"] = _labels_in(text, self.language)
        print(target, target.stat().st_size)

    def take_reading(self) -> None:
        """What every reader sees."""
        here = self.visit("map")
        here.page.locator(".doubt-mark").first.wait_for(state="attached")
        self.take("map", here.page)
        here.page.context.close()
        self._controls()
        here = self.visit("card")
        self.take("card", here.page, here.page.locator("#card"))
        here.page.context.close()
        here = self.visit("indicator", wait=False)
        self.take("indicator", here.page)
        here.page.context.close()
        here = self.visit("compare")
        self.take("compare", here.page)
        here.page.context.close()
        here = self.visit("map")
        here.page.get_by_role("button", name=self.say("export.open")).click()
        expect(here.page.locator("#export-preview")).to_be_visible()
        self.take("export", here.page, here.page.locator("#export-panel"))
        here.page.context.close()

    def _controls(self) -> None:
        """The panels within the choices beside the map."""
        here = self.visit("map")
        page = here.page
        page.set_viewport_size({**SCREEN, "height": 1500})
        page.get_by_text(self.say("choose.drawing"), exact=True).click()
        expect(page.locator(".class-rows input").first).to_be_visible()
        self.take("classes", page, page.locator("details.drawing"))
        page.context.close()
        here = self.visit("map")
        page = here.page
        page.set_viewport_size({**SCREEN, "height": 1500})
        page.get_by_text(self.say("filter.title"), exact=True).click()
        page.get_by_role("button", name=self.say("filter.add")).click()
        value = page.locator(".filter-rows input").first
        value.fill(self._middle())
        value.press("Enter")
        expect(page.locator(".filter-result")).not_to_be_empty()
        self.take("filter", page, page.locator("#filter"))
        page.context.close()

    def _middle(self) -> str:
        """About half of the units have more than this."""
        values = sorted(value for _, value in self._figures())
        return format_number(values[len(values) // 2], 0, self.language)

    def _figures(self) -> list[tuple[str, float]]:
        """Units of the map that opens first, with their figures that nobody doubts."""
        values = values_document(self.store, Layer.from_query({}, self.store))
        sound = {key: cell for key, cell in values["units"].items() if cell[0] is not None}
        return [
            (self.store.unit(key).full_name.vi, cell[0])
            for key, cell in sound.items()
            if not cell[3]
        ]

    def take_office(self) -> None:
        """What those see who publish: the figures of the map are handed in as a table."""
        here = self.visit("office", wait=False)
        page = here.page
        page.get_by_label(self.say("account.name")).fill(ACCOUNT)
        page.get_by_label(self.say("account.password")).fill(WORDS)
        page.get_by_role("button", name=self.say("account.sign_in")).click()
        page.get_by_role("link", name=self.say("publishing.new")).click()
        page.get_by_label(self.say("publishing.pasted")).fill(self._table())
        self.take("table", page, page.locator("main"))
        page.get_by_role("button", name=self.say("publishing.hand_in")).click()
        page.locator(".publishing-actions.is-sticky").wait_for()
        page.set_viewport_size({**SCREEN, "height": 900})
        self.take("review", page)
        page.get_by_label(self.say("publishing.period"), exact=True).first.fill(self.period)
        reason = page.get_by_placeholder(self.say("publishing.reason"))
        reason.first.fill(self.say("publishing.reason_as_document"))
        page.get_by_role("button", name=self.say("publishing.save_and_preview")).click()
        page.locator(".preview-map").wait_for()
        self.take("preview", page)
        self._answer(page)
        page.context.close()

    def _table(self) -> str:
        """A table as an office has it, in Vietnamese for every reader."""
        values = values_document(self.store, Layer.from_query({}, self.store))
        measure = values["indicator"]["measure_unit"]["symbol"]
        title = guide_example(self.store, "vi")
        decimals = values["indicator"]["decimals"]
        rows = [
            f"{name}\t{format_number(value, decimals, 'vi')}" for name, value in self._figures()
        ]
        head = f"Đơn vị\t{title.indicator} ({measure})"
        return "\n".join((f"Biểu số 01: {title.indicator}, {title.period}", head, *rows))

    def _answer(self, page: Page) -> None:
        """A reader reports an error; the office opens it."""
        page.goto(self.address + self.pages["report"])
        text = {
            "vi": "Số này khác với Niên giám thống kê của tỉnh, trang 25; đề nghị đối chiếu.",
            "en": "The yearbook of the province has another figure on page 25; please compare.",
        }
        page.get_by_label(self.say("report.field")).fill(text[self.language])
        page.get_by_role("button", name=self.say("report.send")).click()
        page.goto(self.address + self.pages["reports"])
        page.locator("article h2 a").first.click()
        page.get_by_label(self.say("reports.answer")).wait_for()
        self.take("answer", page, page.locator("main"))


def _small(shot: bytes) -> bytes:
    """A picture as WebP of at most `MOST_BYTES`: in full size if it then looks well, or smaller."""
    picture = Image.open(BytesIO(shot)).convert("RGB")
    for width in (1240, 1080, 960, 880):
        scaled = picture.copy()
        scaled.thumbnail((width, 4 * width), Image.Resampling.LANCZOS)
        for quality in (80, 72, 64, 56):
            packed = BytesIO()
            scaled.save(packed, "WEBP", quality=quality, method=6)
            if packed.tell() <= MOST_BYTES:
                return packed.getvalue()
    raise ValueError(f"{picture.size} does not fit into {MOST_BYTES} bytes")


def labels_named() -> set[str]:
    """Keys of the labels that the chapters name."""
    texts = [path.read_text(encoding="utf-8") for path in CHAPTERS.rglob("*.html")]
    return {key for text in texts for key in re.findall(r'guide\.ui\("([a-z_0-9.]+)"\)', text)}


def _labels_in(text: str, language: str) -> dict[str, str]:
    """Of `labels_named` those that stand in a line of their own, by key."""
    lines = {line.strip() for line in text.splitlines()}
    found = {key: translate(key, language) for key in sorted(labels_named())}
    return {key: words for key, words in found.items() if words in lines}


def take_guide(browser: Browser, address: str, app: Flask) -> None:
    """Take every picture in every language of an app that answers at an address."""
    FOLDER.mkdir(exist_ok=True)
    store = app.extensions["portal"].store
    make_account(app, ACCOUNT, role="administrator")
    shown: dict[str, dict[str, str]] = {}
    for language in LANGUAGES:
        taker = PictureTaker(browser, address, store, language)
        taker.take_reading()
        taker.take_office()
        shown |= taker.shown
    text = json.dumps(shown, ensure_ascii=False, indent=1, sort_keys=True)
    WORDS_SHOWN.write_text(text + "\n", encoding="utf-8")
