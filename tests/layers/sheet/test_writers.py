"""Words stay words, fonts come along, metadata is there, and the bytes do not change."""

from __future__ import annotations

import io
import re
import unicodedata
from xml.etree import ElementTree

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from pypdf import PdfReader

from geodata.store import Store
from layers.layer import Layer
from layers.layer_view import resolve_layer
from layers.sheet import FORMATS, layer_alt_text
from layers.sheet.writers import compact_svg

SVG = "{http://www.w3.org/2000/svg}"
URL = "https://map.example"
WORDS = ("Mật độ dân số", "Khổng Lào", "Ranh giới", "22,7", "Số liệu cần xem lại")


def svg_words(content: bytes) -> str:
    root = ElementTree.fromstring(content)
    return "\n".join("".join(text.itertext()) for text in root.iter(f"{SVG}text"))


def pdf_fonts(content: bytes) -> list[dict]:
    fonts = PdfReader(io.BytesIO(content)).pages[0]["/Resources"]["/Font"]
    found = []
    for each in fonts.values():
        font = each.get_object()
        inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
        found.append(inner)
    return found


@pytest.mark.parametrize("format", FORMATS)
def test_two_runs_give_the_same_bytes(make, format: str) -> None:
    assert make({}, format=format, dpi=96) == make({}, format=format, dpi=96, anew=True)


def test_words_of_a_pdf_are_found_and_its_fonts_embedded(make) -> None:
    content = make({}, format="pdf", public_url=URL)
    text = unicodedata.normalize("NFC", PdfReader(io.BytesIO(content)).pages[0].extract_text())
    assert all(word in text for word in WORDS)
    fonts = pdf_fonts(content)
    assert fonts
    for font in fonts:
        assert "BeVietnamPro" in font["/BaseFont"]
        assert "/FontFile2" in font["/FontDescriptor"]


def test_words_of_an_svg_are_text_in_the_font_it_carries(make) -> None:
    content = make({}, format="svg", public_url=URL)
    words = svg_words(content)
    assert all(word in words for word in WORDS)
    assert content.count(b"@font-face") == 2
    assert b"data:font/woff2;base64," in content
    assert not re.search(rb'(href|src)="https?:', content)


def test_every_format_says_what_it_shows_and_where_it_is_from(make, lai_chau_store: Store) -> None:
    layer = Layer.from_query({}, lai_chau_store)
    alt, version = layer_alt_text(layer, lai_chau_store), lai_chau_store.info.version
    assert "cao nhất" in alt
    assert "thấp nhất" in alt
    png = Image.open(io.BytesIO(make({}, dpi=96, public_url=URL)))
    assert png.text["Description"] == alt
    assert png.text["Source"].startswith(f"{URL}/?indicator=")
    assert version in png.text["Version"]
    assert "MIT" in png.text["Copyright"]
    assert png.info["dpi"] == pytest.approx((96, 96), abs=0.1)
    info = PdfReader(io.BytesIO(make({}, format="pdf", public_url=URL))).metadata
    assert info["/Subject"] == alt
    assert version in info["/Keywords"]
    assert lai_chau_store.info.reference_date.strftime("D:%Y%m%d") in info["/CreationDate"]
    svg = make({}, format="svg", public_url=URL).decode()
    root = ElementTree.fromstring(svg)
    assert root.findtext(f"{SVG}desc") == alt
    assert version in svg
    assert root.get("role") == "img"


def test_classes_and_colours_are_those_of_the_screen(make, lai_chau_store: Store) -> None:
    layer = Layer.from_query({}, lai_chau_store)
    layer_view = resolve_layer(layer, lai_chau_store)
    svg = make({}, format="svg").decode()
    words = svg_words(svg.encode())
    for row in layer_view.legend.classes:
        assert row.label in words
        assert f"fill: {row.colour}" in svg


def test_a_hostile_title_is_text_and_changes_only_its_own_sheet(make) -> None:
    before = make({}, format="svg")
    title = r"</text><script>alert(1)</script> $\frac{a}{b}$ & \u202e 統計 😀"
    svg = make({"title": title}, format="svg")
    root = ElementTree.fromstring(svg)
    assert not list(root.iter(f"{SVG}script"))
    assert "<script>alert(1)</script>" in svg_words(svg)
    assert make({}, format="svg", anew=True) == before
    text = PdfReader(io.BytesIO(make({"title": title}, format="pdf"))).pages[0].extract_text()
    assert r"$\frac{a}{b}$" in text


def test_what_a_reader_writes_stands_on_the_sheet(make) -> None:
    words = svg_words(make({}, format="svg", office="UBND xã Bình Lư", note="Dùng cho kỳ họp."))
    assert "UBND xã Bình Lư" in words
    assert "Dùng cho kỳ họp." in words


def test_black_and_white_has_no_colour(make) -> None:
    picture = Image.open(io.BytesIO(make({}, dpi=96, bw=True))).convert("RGB")
    pixels = np.asarray(picture, dtype=int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() < 40


def test_an_a4_sheet_as_svg_is_small_enough_to_mail(make) -> None:
    assert len(make({}, format="svg", public_url=URL)) < 320_000


@given(st.lists(st.tuples(st.floats(-500, 900), st.floats(-500, 900)), min_size=2, max_size=40))
def test_a_path_made_short_stays_where_it_was(points: list[tuple[float, float]]) -> None:
    path = "M " + " \nL ".join(f"{x:.6f} {y:.6f}" for x, y in points) + " \nz"
    short = re.search(r'd="([^"]*)"', compact_svg(f'<path d="{path}"/>'))[1]
    first, *steps = re.findall(r"-?\d*\.?\d+ ?-?\d*\.?\d+", short)
    places = [np.array([float(n) for n in re.findall(r"-?\d*\.?\d+", first)])]
    for step in steps:
        places.append(places[-1] + [float(n) for n in re.findall(r"-?\d*\.?\d+", step)])
    for point in points:
        assert min(np.abs(place - point).max() for place in places) < 0.25


def test_a_step_of_a_fifth_of_a_point_is_kept_and_a_shorter_one_left_out() -> None:
    """Either way along either axis; what is left out counts in the next step."""
    path = "M 10 10 \nL 10.2 10 \nL 10.2 9.8 \nL 10.39 9.99 \nL 10.39 10 \nL 10 9.99 \nz"
    short = compact_svg(f'<path d="{path}"/>')
    assert short == '<path d="M10 10l.2 0 0-.2 .19 .2-.39-.01z"/>'


def test_a_sheet_shows_where_the_province_lies_with_the_archipelagos(make) -> None:
    words = svg_words(make({}, format="svg"))
    assert "Hoàng Sa" in words
    assert "Trường Sa" in words


def test_the_small_map_of_the_country_is_credited_where_it_is_drawn(
    make, lai_chau_store: Store
) -> None:
    (source,) = lai_chau_store.surroundings()["source_id"].unique()
    large, small = make({}, dpi=96), make({}, dpi=96, width=60, height=90)
    assert f"{source}: " in Image.open(io.BytesIO(large)).text["Copyright"]
    assert f"{source}: " not in Image.open(io.BytesIO(small)).text["Copyright"]


def test_an_address_is_printed_with_its_host_or_as_a_short_one(make) -> None:
    assert "indicator=" not in svg_words(make({}, format="svg"))
    assert "https://map.example/?indicator=" in svg_words(
        make({}, format="svg", public_url="https://map.example")
    )
    short = svg_words(make({}, format="svg", address="/s/abcd"))
    assert "/s/abcd" in short
    assert "indicator=" not in short


@pytest.mark.parametrize("bw", [False, True])
def test_a_large_picture_is_the_same_drawn_strip_by_strip(make, monkeypatch, bw: bool) -> None:
    whole = np.asarray(Image.open(io.BytesIO(make({}, dpi=96, bw=bw))), dtype=int)
    monkeypatch.setattr("layers.sheet.writers._STRIP_PIXELS", 300_000)
    strips = np.asarray(Image.open(io.BytesIO(make({}, dpi=96, bw=bw, anew=True))), dtype=int)
    assert whole.shape == strips.shape
    difference = np.abs(whole - strips)
    assert difference.max() < 40
    assert (difference > 0).mean() < 1e-3
