"""What the portal takes, shows and remembers exactly at its limits."""

from __future__ import annotations

import datetime as dt
import os
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace as Some

import pytest

from geodata.errors import FileFault, InvalidInput, PortalError
from geodata.i18n import Text
from geodata.locale_numbers import plain_integer
from portal.accounts import secret_key
from portal.caching.file_cache import FileCache
from portal.caching.response_cache import MIN_BYTES, ResponseBody, ResponseCache
from portal.cli import saved_readings
from portal.cli.ledger_lines import MOST_CELLS, _first
from portal.cli.vector_commands import _destination
from portal.cli.wsgi_server import Channel, _allowed
from portal.docs.api_page import SHOWN_TEXT, shortened
from portal.export.logo import MAX_LOGO_PIXELS, MIN_SIDE, _check_size
from portal.export.page_selection import MAX_PAGES, check_page_count
from portal.export.sheet_files import MAX_PIXELS, _check_pixels
from portal.pages.about import _deviation_sentence
from portal.parameters import types
from portal.publishing.answer_forms import _row_number, _table
from portal.publishing.file_names import MOST_SHOWN, shown_file_name
from portal.serializers.comparison import _directions
from portal.serializers.paged_lists import paginate
from portal.serializers.search import _match_rank
from portal.serializers.unit_profile import _TITLE, _shorten_title
from portal.serializers.unit_recast import _is_informative
from portal.serializers.unit_theme import _lies_within
from portal.short_urls import client_quota, codes
from portal.webmap.comparison_context import _several


def taken(read: Callable[[str], object], text: str) -> bool:
    try:
        read(text)
    except InvalidInput:
        return False
    return True


@pytest.mark.parametrize(
    ("text", "number"),
    [("0", 0), ("007", 7), ("9" * 9, 999_999_999), ("9" * 10, None), ("", None), ("-1", None),
     ("1.5", None), ("²", None), ("٣", None)],
)  # fmt: skip
def test_a_whole_number_is_up_to_nine_plain_digits(text: str, number: int | None) -> None:
    assert plain_integer(text) == number


def test_fewer_digits_may_be_asked_for() -> None:
    assert plain_integer("1234567", 7) == 1_234_567
    assert plain_integer("12345678", 7) is None


@pytest.mark.parametrize(
    ("read", "most", "beyond"),
    [
        (types._text, "x" * types.MAX_TEXT, "x" * (types.MAX_TEXT + 1)),
        (types._integer(2, 5), "5", "6"),
        (types._integer(2, 5), "2", "1"),
        (types._single_line(4), "abcd", "abcde"),
        (types._number(0.5, 9.5), "9.5", "9.6"),
        (types._number(0.5, 9.5), "0.5", "0.4"),
        (types._number(0.5, 9.5), "1.000000", "1.0000000"),
        (types.id_list(1, 2, 10), "a,b", "a,b,c"),
        (types.id_list(2, 3, 10), "a,b", "a"),
        (types.id_list(1, 2, 5), "abcde", "abcdef"),
        (types._degrees(90), "90", "90.1"),
        (types._degrees(90), "-90", "-90.1"),
        (types._bbox, "-180,-85,-170,-80", "-180.1,-85,-170,-80"),
        (types._bbox, "-180,-85,-170,-80", "-180,-85.1,-170,-80"),
        (types._bbox, "170,80,180,85", "170,80,180.1,85"),
        (types._bbox, "170,80,180,85", "170,80,180,85.1"),
        (types._bbox, "100,0,140,40", "100,0,140.5,40"),
        (types._bbox, "100,0,140,40", "100,0,140,40.5"),
        (types._bbox, "0,0,0.005,0.005", "0,0,0.004,0.005"),
    ],
)
def test_a_parameter_is_taken_at_its_limit_and_refused_beyond(read, most, beyond) -> None:
    assert taken(read, most)
    assert not taken(read, beyond)


@pytest.mark.parametrize(
    ("first", "last", "header"),
    [("2", "3", (2, 3)), ("2", "2", (2,)), ("2", "", (2,)), ("3", "2", None)],
)
def test_a_header_reaches_from_its_first_row_to_its_last(first, last, header) -> None:
    faults: list[InvalidInput] = []
    fields = {"header_first": first, "header_last": last, "first_row": "5", "last_row": "9"}
    found = _table(fields, None, faults)
    assert (found.header_rows, found.first_row, found.last_row) == (header, 5, 9)
    assert not faults


@pytest.mark.parametrize(
    ("text", "row"), [("1", 1), ("0", None), ("9999999", 9_999_999), ("10000000", None)]
)
def test_rows_are_counted_from_one_in_up_to_seven_digits(text: str, row: int | None) -> None:
    faults: list[InvalidInput] = []
    assert _row_number({"first_row": text}, "first_row", faults) == row
    assert bool(faults) is (row is None)


@pytest.mark.parametrize(("length", "valid"), [(32, True), (31, False)])
def test_a_secret_key_has_at_least_32_characters(tmp_path: Path, length: int, valid: bool) -> None:
    path = tmp_path / "key"
    path.write_text("k" * length, encoding="ascii")
    path.chmod(0o600)
    if valid:
        assert secret_key._read(path) == "k" * length
    else:
        with pytest.raises(FileFault):
            secret_key._read(path)


def test_files_are_removed_that_are_older_than_allowed_or_beyond_the_size(
    tmp_path, monkeypatch
) -> None:
    cache = FileCache(tmp_path, max_bytes=10, max_age=100)
    monkeypatch.setattr("portal.caching.file_cache.time.time", lambda: 1000.0)
    for name, size, day in (("new", 4, 1000), ("at-both", 6, 900), ("old", 0, 899)):
        (tmp_path / name).write_bytes(b"x" * size)
        os.utime(tmp_path / name, (day, day))
    cache.prune()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["at-both", "new"]
    (tmp_path / "newer").write_bytes(b"x")
    os.utime(tmp_path / "newer", (1000, 1000))
    cache.prune("new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "newer"]


def body(size: int) -> ResponseBody:
    return ResponseBody(b"x" * size, "text/plain")


def test_an_answer_is_compressed_from_its_least_size() -> None:
    assert body(MIN_BYTES).worth_compressing
    assert not body(MIN_BYTES - 1).worth_compressing


def test_an_answer_of_an_eighth_of_the_cache_is_kept() -> None:
    cache = ResponseCache(8 * body(100).size)
    cache.put("most", body(100))
    cache.put("more", body(101))
    assert cache.get("most") is not None
    assert cache.get("more") is None


def test_the_cache_is_filled_to_its_size_before_the_oldest_goes() -> None:
    cache = ResponseCache(9 * (body(100).size + 1))
    for name in "abcdefghi":
        cache.put(name, body(100))
    assert all(cache.get(name) is not None for name in "abcdefghi")
    cache.put("j", body(0))
    assert cache.get("a") is None
    assert cache.get("b") is not None


def test_a_list_is_told_to_its_limit_and_then_counted() -> None:
    lines = [Text(f"{n}") for n in range(MOST_CELLS)]
    assert list(_first(lines)) == lines
    (*told, rest) = _first([*lines, Text("x"), Text("y")])
    assert told == lines
    assert rest["en"] == "and 2 more"


def test_a_small_text_may_be_as_large_as_the_largest(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(saved_readings, "_LARGEST", 4)
    (tmp_path / "a").write_text("abcd", encoding="utf-8")
    assert saved_readings.small_text(tmp_path / "a") == "abcd"
    (tmp_path / "a").write_text("abcde", encoding="utf-8")
    with pytest.raises(FileFault):
        saved_readings.small_text(tmp_path / "a")


@pytest.mark.parametrize(
    ("place", "valid"),
    [
        ("180,90", True),
        ("-180,-90", True),
        ("180.1,90", False),
        ("180,90.1", False),
        ("1,2,3", False),
    ],
)
def test_a_way_may_lead_to_the_edge_of_the_globe(place: str, valid: bool) -> None:
    said = {"to": (), "to_place": place, "to_name": ("a", "b")}
    assert taken(lambda _: _destination(said), "") is valid


@pytest.mark.parametrize(("files", "connections"), [(None, 100), (232, 100), (231, 100), (100, 16)])
def test_connections_are_as_many_as_open_files_allow(monkeypatch, files, connections) -> None:
    path = "portal.cli.wsgi_server."
    monkeypatch.setattr(f"{path}_RESERVED_FILES", 32)
    monkeypatch.setattr(f"{path}_FILES_OF_A_CONNECTION", 2)
    monkeypatch.setattr(f"{path}_raised_limit", lambda _: files)
    assert _allowed(100) == (99 if files == 231 else 34 if files == 100 else connections)


def test_a_value_is_shortened_in_its_lists_of_units_and_its_long_texts() -> None:
    assert shortened({"00001": 1}) == {"00001": 1}
    assert shortened({"00001": 1, "00002": 2}) == {"00001": 1}
    assert shortened({"00001": 1, "name": 2}) == {"00001": 1, "name": 2}
    assert shortened("x" * SHOWN_TEXT) == "x" * SHOWN_TEXT
    assert shortened("x" * (SHOWN_TEXT + 1)) == "x" * SHOWN_TEXT + " …"
    assert shortened([1, 2, None]) == [1, 2, None]
    assert shortened([{"a": 1}, {"a": 2}]) == [{"a": 1}]


@pytest.mark.parametrize(
    ("size", "valid"),
    [((MIN_SIDE, MIN_SIDE), True), ((MIN_SIDE - 1, 50), False), ((50, MIN_SIDE - 1), False),
     ((2000, MAX_LOGO_PIXELS // 2000), True), ((2000, MAX_LOGO_PIXELS // 2000 + 1), False)],
)  # fmt: skip
def test_a_logo_has_a_least_side_and_a_largest_area(size: tuple[int, int], valid: bool) -> None:
    assert taken(lambda _: _check_size(*size), "") is valid or not valid
    if not valid:
        with pytest.raises(PortalError):
            _check_size(*size)


def test_a_document_has_as_many_pages_as_allowed() -> None:
    layers = [Some()] * MAX_PAGES
    assert check_page_count(layers, "units") is layers
    with pytest.raises(PortalError):
        check_page_count([*layers, Some()], "units")


@pytest.mark.parametrize(("width", "made"), [("png", True), ("png+", False), ("svg+", True)])
def test_a_picture_has_as_many_pixels_as_allowed(width: str, made: bool) -> None:
    side = MAX_PIXELS // 1000 + width.endswith("+")
    options = Some(format=width.rstrip("+"), pixels=lambda: (side, 1000))
    if made:
        _check_pixels(options)
    else:
        with pytest.raises(PortalError):
            _check_pixels(options)


def test_a_long_name_of_a_file_keeps_its_begin_and_its_end() -> None:
    name = "a" * (MOST_SHOWN - 5) + ".xlsx"
    assert shown_file_name(name, "vi") == name
    long = shown_file_name(f"a{name}", "vi")
    assert (len(long), long[0], long[-5:]) == (MOST_SHOWN, "a", ".xlsx")
    assert "…" in long


def test_a_long_title_ends_after_a_word() -> None:
    title = "ab " * 18 + "ab"
    assert len(title) == _TITLE
    assert _shorten_title(title) == title
    assert _shorten_title(f"{title}c d") == ("ab " * 18).strip() + "…"


def change(difference: float | None, doubtful: bool = False) -> Some:
    return Some(difference=difference, doubtful=doubtful)


def test_what_stayed_has_neither_risen_nor_fallen() -> None:
    changes = [change(1.0), change(0.0), change(0.0), change(-1.0), change(-2.0), change(-3.0),
               change(None), change(9.0, doubtful=True)]  # fmt: skip
    assert _directions(changes) == {"up": 1, "down": 3, "same": 2, "unknown": 1, "doubtful": 1}


def test_a_page_leads_on_only_where_something_follows() -> None:
    assert paginate([1, 2, 3], {"offset": 0, "limit": 2}) == ([1, 2], 2)
    assert paginate([1, 2, 3, 4], {"offset": 2, "limit": 2}) == ([3, 4], None)


@pytest.mark.parametrize(
    ("typed", "rank"),
    [("hộ nghèo", 0), ("nghèo", 1), ("ngheo", 2), ("ngh", 3), ("heo", 4), ("rừng", 5)],
)
def test_names_are_ranked_by_how_well_they_hold_what_was_typed(typed: str, rank: int) -> None:
    assert _match_rank(typed, "Hộ nghèo") == rank


@pytest.mark.parametrize(
    ("period", "whole", "within"),
    [("2025", "2025", True), ("2025-H1", "2025", True), ("2025-H2", "2025", True),
     ("2025", "2025-H1", False), ("2024", "2025", False), ("2026-Q1", "2025", False)],
)  # fmt: skip
def test_a_period_lies_within_itself_and_its_parts_within_it(period, whole, within) -> None:
    assert _lies_within(period, whole) is within


DAY = dt.date(2025, 7, 1)


@pytest.mark.parametrize(
    ("record", "step", "informative"),
    [
        ({"status": "estimated", "value": 1.0, "coverage": 0.5}, DAY, True),
        ({"status": "estimated", "value": 1.0, "coverage": 0.4}, DAY, False),
        ({"status": "estimated", "value": 1.0, "coverage": None}, DAY, False),
        ({"status": "unknown", "value": None}, dt.date(2025, 6, 30), True),
        ({"status": "unknown", "value": None}, DAY, False),
        ({"status": "published", "value": 1.0, "coverage": 1.0}, DAY, False),
    ],
)
def test_a_recast_figure_tells_from_its_least_coverage_on(record, step, informative) -> None:
    row, unit = Some(level="commune", step_date=step), Some(level="commune", valid_from=DAY)
    assert _is_informative(Some(**record), row, unit, 0.5) is informative


def test_a_client_may_have_more_when_the_first_is_older_than_the_stretch() -> None:
    now = [0.0]
    quota = client_quota.ClientQuota(2, 60, clock=lambda: now[0])
    assert [quota.take("a"), quota.take("a"), quota.take("a")] == [True, True, False]
    now[0] = 60.0
    assert not quota.take("a")
    now[0] = 60.5
    assert quota.take("a")


def test_of_too_many_clients_the_one_longest_away_is_forgotten(monkeypatch) -> None:
    monkeypatch.setattr(client_quota, "_MAX_CLIENTS", 2)
    quota = client_quota.ClientQuota(1, 60, clock=lambda: 0.0)
    assert [quota.take(client) for client in "abab"] == [True, True, False, False]
    assert quota.take("c")
    assert not quota.take("b")


@pytest.mark.parametrize("text", ["0123456z", "ABCD-EFGH", " 00000000 "])
def test_a_code_may_hold_every_letter_of_its_alphabet(text: str) -> None:
    assert len(codes.read_code(text)) == codes.LENGTH
    assert codes.read_code(codes._ALPHABET[:8]) == codes._ALPHABET[:8]
    assert codes.read_code("0123456_") == ""
    assert codes.read_code("0123456") == ""


@pytest.mark.parametrize(("known", "several"), [((1, 1), False), ((1, 2), True), ((0,), False)])
def test_several_units_are_more_than_one(known: tuple[int, ...], several: bool) -> None:
    assert _several({"layers": [{"with_value": each} for each in known]}) is several


@pytest.mark.parametrize(
    ("deviations", "key", "over"),
    [([60.0, 12.0], "truth_deviation", 0), ([61.0, 12.0], "truth_deviation_over", 1)],
)
def test_lines_that_stray_beyond_the_stated_limit_are_counted(
    tmp_path: Path, monkeypatch, deviations: list[float], key: str, over: int
) -> None:
    (tmp_path / "inputs").mkdir()
    recipe = tmp_path / "inputs" / "territory.toml"
    recipe.write_text("[limits]\ndeviation_m = 60\n", encoding="utf-8")
    path = "portal.pages.about."
    monkeypatch.setattr(f"{path}app_state", lambda: Some(settings=Some(dataset=tmp_path)))
    monkeypatch.setattr(f"{path}translate", lambda name, _, **values: (name, values))
    name, values = _deviation_sentence(deviations, "vi")
    assert name == f"about.{key}"
    assert values == {"most": f"{max(deviations):.0f}", "limit": "60", "n": over}
    recipe.unlink()
    assert _deviation_sentence(deviations, "vi")[0] == "about.truth_deviation_bare"


@pytest.mark.parametrize(
    ("started", "active", "waits", "more", "late"),
    [
        (90.0, 100.0, True, 0, False),
        (89.5, 100.0, False, 0, True),
        (89.5, 100.0, False, 5, False),
        (None, 70.0, True, 0, False),
        (None, 69.5, True, 0, True),
        (None, 0.0, False, 0, False),
    ],
)
def test_a_connection_is_late_beyond_its_time(started, active, waits, more, late: bool) -> None:
    channel = Some(
        request=Some(more_seconds=more), request_started=started, last_activity=active,
        waits_for_the_client=waits, total_outbufs_len=0,
    )  # fmt: skip
    assert Channel.is_late(channel, 100.0, idle_seconds=30, request_seconds=10) is late
    channel.total_outbufs_len = 1
    assert Channel.is_late(channel, 100.0, 30, 10) is (late or active < 70)
