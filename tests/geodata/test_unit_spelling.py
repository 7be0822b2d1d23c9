"""Spellings of one name meet, and no change of a tone does: as properties of the real lists."""

from __future__ import annotations

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from geodata.model import Unit
from geodata.table_import.report_records import Answers
from geodata.table_import.units import match_units
from geodata.table_import.units.spelling import spelling_of, tokens_of
from tests.table_layouts import table_layout
from tests.unit_index import TIMELINE, shipped_index

TODAY = TIMELINE[-1]
TONES = "\u0300\u0301\u0303\u0309\u0323"
NO_TONE = ""


def todays() -> list[Unit]:
    return [u for u in shipped_index().units if u.level == "commune" and u.valid_on(TODAY)]


def found(*written: str) -> list[str]:
    layout = table_layout(["name", "value"], [(name, 1) for name in written])
    return [
        row.unit_id for row in match_units(layout, shipped_index(), Answers(vintage=TODAY)).rows
    ]


def moved_tone(syllable: str, place: int) -> str:
    """The syllable with its tone mark on another of its vowels."""
    letters = unicodedata.normalize("NFD", syllable)
    tone = next((c for c in letters if c in TONES), NO_TONE)
    clusters: list[str] = []
    for char in letters:
        if unicodedata.combining(char) and char not in TONES:
            clusters[-1] += char
        elif char not in TONES:
            clusters.append(char)
    vowels = [n for n, cluster in enumerate(clusters) if cluster[0].lower() in "aeiouy"]
    if tone:
        clusters[vowels[place % len(vowels)]] += tone
    return "".join(clusters)


@st.composite
def respelled(draw: st.DrawFn) -> tuple[str, str]:
    """A unit of today and its name in another spelling with the same letters and tones."""
    unit = draw(st.sampled_from(todays()))
    text = " ".join(moved_tone(s, draw(st.integers(0, 2))) for s in unit.name.vi.split())
    word = unit.full_name.vi.split()[0]
    before = draw(st.sampled_from(["", f"{word} ", f"{word.upper()} ", f"{word[0]}. ", f"{word}:"]))
    between = draw(st.sampled_from([" ", "  ", "-", " - ", "\u00a0", " \n"]))
    form = draw(st.sampled_from(["NFC", "NFD"]))
    case = draw(st.sampled_from([str, str.upper, str.lower]))
    after = draw(st.sampled_from(["", " ", " (*)", " *", ".", "\u200b"]))
    respelt = case(text).replace(" ", between).replace("Đ", draw(st.sampled_from("ĐÐ")))
    return unit.unit_id, unicodedata.normalize(form, f"{before}{respelt}{after}")


@given(respelled())
def test_a_spelling_that_keeps_letters_and_tones_finds_its_unit(pair: tuple[str, str]) -> None:
    assert found(pair[1]) == [pair[0]]


@st.composite
def with_another_tone(draw: st.DrawFn) -> str:
    """A name of today in which one syllable has another tone."""
    syllables = draw(st.sampled_from(todays())).name.vi.split()
    place = draw(st.integers(0, len(syllables) - 1))
    letters = unicodedata.normalize("NFD", syllables[place])
    own = next((c for c in letters if c in TONES), NO_TONE)
    tone = draw(st.sampled_from([t for t in (*TONES, NO_TONE) if t != own]))
    plain = "".join(c for c in letters if c not in TONES)
    vowel = next(n for n, c in enumerate(plain) if c.lower() in "aeiouy")
    marks = vowel + 1
    while marks < len(plain) and unicodedata.combining(plain[marks]):
        marks += 1
    syllables[place] = plain[:marks] + tone + plain[marks:]
    return " ".join(syllables)


@given(with_another_tone(), st.booleans())
def test_a_change_of_one_tone_never_finds_a_unit_that_no_alias_names(
    written: str, joined: bool
) -> None:
    said = {spelling_of(tokens_of(alias)).marked for unit in todays() for alias in unit.aliases}
    if spelling_of(tokens_of(written)).marked not in said:
        text = written.replace(" ", "") if joined else written
        assert found(text, "Xã Bình Lư", "Xã Pa Ủ")[0] == ""


def test_a_tone_on_the_next_syllable_is_a_change() -> None:
    assert found("Pa Ủ", "Pả U") == ["03442-20250701", ""]


@given(st.permutations(todays()[:12] + todays()[:1]))
def test_the_order_of_rows_does_not_matter(units: list[Unit]) -> None:
    layout = table_layout(["name", "value"], [(unit.name.vi, 1) for unit in units])
    matching = match_units(layout, shipped_index(), Answers(vintage=TODAY))
    told = {(row.written, row.state, row.unit_id) for row in matching.rows}
    first = todays()[0]
    assert {row for row in told if row[2] == first.unit_id} == {
        (first.name.vi, "doubled", first.unit_id)
    }
    assert len(told) == 12
    assert {row[1] for row in told if row[2] != first.unit_id} == {"matched"}


@given(st.lists(st.sampled_from([u.name.vi for u in todays()]) | st.text(max_size=12), max_size=9))
def test_no_two_rows_are_silently_one_unit(written: list[str]) -> None:
    layout = table_layout(["name", "value"], [(name, 1) for name in written])
    matching = match_units(layout, shipped_index(), Answers())
    silent = [row.unit_id for row in matching.rows if row.state == "matched"]
    assert len(silent) == len(set(silent))
    assert len(matching.rows) == len(written)


def test_letters_of_one_sound_are_one_letter_and_others_are_not() -> None:
    def same(one: str, other: str) -> bool:
        return spelling_of(tokens_of(one)).agrees(spelling_of(tokens_of(other)))

    assert same("Ma Li Pho", "Ma Ly Pho")
    assert same("Kan Hồ", "Can Hồ")
    assert same("Quý Hòa", "Quí Hoà")
    assert same("Nghi Sơn", "Ngi Sơn")
    assert same("Ea H'Leo", "Ea H’leo")
    assert same("Phường 01", "Phường số 1")
    assert not same("Hai", "Hay")
    assert not same("Thuý", "Thúi")
    assert not same("Khun Há", "Chun Há")
    assert not same("Sơn", "Xơn")
    assert not same("Phường 1", "Phường 12")
    assert not same("Khu 1 2", "Khu 12")
