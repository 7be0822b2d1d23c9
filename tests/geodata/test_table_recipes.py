"""Answers and recipes: what was said about one table is said about the next of its shape."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geodata.catalogue import Catalogue, read_catalogue
from geodata.dataset import Dataset, default_dataset_folder
from geodata.errors import FileFault
from geodata.readers.pasted import PASTED
from geodata.table_import.answers_json import answers_document, answers_of, read_answers
from geodata.table_import.column_records import COLUMN_USES, ColumnMeaning, TableSource
from geodata.table_import.columns import new_indicator
from geodata.table_import.header_keys import header_keys, without_times
from geodata.table_import.known_facts import DatasetFacts
from geodata.table_import.layout_records import TableLayout, TableRange
from geodata.table_import.prepare import TableReading, prepare_table
from geodata.table_import.recipe import Recipe, apply_recipe, best_fit, recipe_of
from geodata.table_import.recipe_json import read_recipe, recipe_document
from geodata.table_import.report_records import Answers, ImportReport
from tests.geodata.test_new_indicators import MOTORCYCLES
from tests.table_columns import columns_of, figures_of
from tests.table_layouts import all_matched, table_layout, value_table

FOREST = "Trồng rừng mới (ha)"


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return read_catalogue(default_dataset_folder())


def report(catalogue: Catalogue, layout: TableLayout, answers: Answers) -> ImportReport:
    meanings, findings = columns_of(catalogue, layout, answers)
    return ImportReport(
        layout.file, "", layout, all_matched(layout), meanings, (), (), findings, answers
    )


def form(year: int, *more: tuple[str, ...]) -> TableLayout:
    """The form of a year; a clerk has to say what its first columns are."""
    paths = [(FOREST, f"KH {year}"), (FOREST, f"TH 6T {year - 1}"), (FOREST, f"TH 6T {year}"),
             ("Dân số (người)",)]  # fmt: skip
    return value_table([*paths, *more], title=(f"SỐ LIỆU NĂM {year}",))


def said(*layouts: TableLayout) -> Answers:
    paths = [c.path for layout in layouts for c in layout.columns if c.path[0] == FOREST]
    meaning = ColumnMeaning(0, (), "value", "afforestation_area", status="")
    return Answers(
        columns=dict.fromkeys(paths, meaning),
        units={"|xãcũ": "unit-9"},
        notation="vietnamese",
        vintage=dt.date(2025, 7, 1),
        source=TableSource("Báo cáo trồng rừng", "12/BC-UBND", "UBND", "2026-07-15", "Lai Châu"),
        confirmed={"X01": "đã hỏi lại"},
    )


@pytest.mark.parametrize(
    ("heading", "known"),
    [
        ("KH 2026", "kh #"),
        ("TH 6T 2025", "th #t #"),
        ("6 tháng đầu năm 2026", "# tháng đầu năm #"),
        ("Quý IV/2025", "quý #/#"),
        ("Tháng 6 năm 2026", "tháng # năm #"),
        ("Đến 30/6/2026", "đến #"),
        ("Giai đoạn 2021-2025", "giai đoạn #"),
        ("Trẻ dưới 5 tuổi", "trẻ dưới 5 tuổi"),
        ("Sản phẩm OCOP 3 sao", "sản phẩm ocop 3 sao"),
    ],
)
def test_times_are_taken_out_of_a_header_and_other_numbers_stay(heading: str, known: str) -> None:
    assert without_times(heading) == known


def test_headers_that_differ_in_their_year_alone_are_told_apart_by_it() -> None:
    this, swapped = (
        value_table([("TH 2025",), ("TH 2026",)]),
        value_table([("TH 2027",), ("TH 2026",)]),
    )
    assert [header_keys(this)[n] for n in (2, 3)] == [("th #", 1), ("th #", 2)]
    assert [header_keys(swapped)[n] for n in (2, 3)] == [("th #", 2), ("th #", 1)]


def test_next_years_form_goes_in_without_a_question(catalogue: Catalogue) -> None:
    first = form(2026)
    recipe = recipe_of(report(catalogue, first, said(first)), "Trồng rừng")
    fit = apply_recipe(recipe, form(2027))
    assert (fit.exact, fit.findings) == (True, ())
    meanings, findings = columns_of(catalogue, form(2027), fit.answers)
    assert not findings
    assert [(each.indicator, each.period, each.status) for each in meanings] == [
        ("afforestation_area", "2027", "plan"),
        ("afforestation_area", "2026-H1", "actual"),
        ("afforestation_area", "2027-H1", "actual"),
        ("population", "2027", "actual"),
    ]


def test_a_recipe_leaves_behind_what_belongs_to_one_table(catalogue: Catalogue) -> None:
    first = form(2026)
    kept = recipe_of(report(catalogue, first, said(first)), "Trồng rừng").answers
    assert kept.source == TableSource(title="Báo cáo trồng rừng", issuer="UBND", place="Lai Châu")
    assert (kept.confirmed, kept.table, kept.sheet) == ({}, TableRange(), "")
    assert (kept.units, kept.notation, kept.vintage) == (
        {"|xãcũ": "unit-9"}, "vietnamese", dt.date(2025, 7, 1)
    )  # fmt: skip


def test_a_title_with_its_year_does_not_name_the_next_document(catalogue: Catalogue) -> None:
    first = form(2026)
    answers = replace(said(first), source=TableSource("Báo cáo năm 2026", issuer="UBND"))
    kept = recipe_of(report(catalogue, first, answers), "x").answers
    assert kept.source == TableSource(issuer="UBND")


def test_missing_and_new_columns_are_listed_and_asked_about(catalogue: Catalogue) -> None:
    first = form(2026)
    recipe = recipe_of(report(catalogue, first, said(first)), "Trồng rừng")
    more = form(2027, ("Số hộ",))
    fit = apply_recipe(recipe, more)
    assert (fit.fits, fit.exact) == (True, False)
    assert [(each.code, each.value) for each in fit.findings] == [("H06", "Số hộ")]
    back = recipe_of(report(catalogue, more, said(more)), "Trồng rừng")
    lacking = apply_recipe(back, first)
    assert [(each.code, each.value) for each in lacking.findings] == [("H05", "số hộ")]


def test_a_column_chosen_in_place_of_a_missing_one_settles_it(catalogue: Catalogue) -> None:
    more = form(2027, ("Số hộ",))
    recipe = recipe_of(report(catalogue, more, said(more)), "Trồng rừng")
    renamed = form(2028, ("Hộ dân cư của xã",))
    chosen = ColumnMeaning(0, (), "value", "households")
    fit = apply_recipe(recipe, renamed, Answers(columns={("Hộ dân cư của xã",): chosen}))
    assert (fit.exact, fit.fits, fit.findings) == (False, True, ())
    assert fit.answers.columns["Hộ dân cư của xã",] == chosen


def test_what_a_person_says_of_a_table_goes_before_the_recipe(catalogue: Catalogue) -> None:
    first = form(2026)
    recipe = recipe_of(report(catalogue, first, said(first)), "Trồng rừng")
    path = (FOREST, "KH 2027")
    other = ColumnMeaning(0, path, "skip")
    fit = apply_recipe(recipe, form(2027), Answers(columns={path: other}, notation="english"))
    assert (fit.answers.columns[path], fit.answers.notation) == (other, "english")


def test_the_best_of_several_recipes_is_taken_and_none_that_is_far_off(
    catalogue: Catalogue,
) -> None:
    first = form(2026)
    old = recipe_of(report(catalogue, first, said(first)), "Trồng rừng", 1)
    new, other = replace(old, version=2), Recipe("Khác", 1, frozenset({("a", 1), ("b", 1)}))
    fit = best_fit([other, old, new], form(2027))
    assert fit is not None
    assert (fit.recipe.name, fit.recipe.version) == ("Trồng rừng", 2)
    assert best_fit([other], form(2027)) is None


def test_a_unit_of_measure_that_stands_above_the_table_is_read_anew(catalogue: Catalogue) -> None:
    def revenue(unit: str) -> TableLayout:
        title = ("NĂM 2026", f"Đơn vị tính: {unit}")
        return value_table([("Doanh thu du lịch",)], [5], title=title)

    recipe = recipe_of(report(catalogue, revenue("tỷ đồng"), Answers()), "Du lịch")
    next_table = revenue("triệu đồng")
    (value,), _ = figures_of(catalogue, next_table, apply_recipe(recipe, next_table).answers)
    assert value.value == 0.005


def test_the_indicators_of_a_long_table_are_remembered_by_their_names(
    catalogue: Catalogue,
) -> None:
    def long(year: int) -> TableLayout:
        return table_layout(
            ["name", "indicator", "period", "value"],
            [("Xã 1", "Số xe máy", year, 7), ("Xã 1", "Dân số", year, 9)],
            headings=["Xã", "Chỉ tiêu", "Kỳ", "Giá trị"],
        )

    path = ("Chỉ tiêu", "Số xe máy")
    answers = Answers(columns={path: ColumnMeaning(0, path, "value", "households")})
    recipe = recipe_of(report(catalogue, long(2025), answers), "Dài")
    again = read_recipe(json.dumps(recipe_document(recipe)))
    values, _ = figures_of(catalogue, long(2026), apply_recipe(again, long(2026)).answers)
    assert [(each.indicator, each.period) for each in values] == [
        ("households", "2026"),
        ("population", "2026"),
    ]


def test_a_recipe_comes_back_from_json_as_it_was(catalogue: Catalogue) -> None:
    first = form(2026)
    answers = replace(
        said(first), new_indicators=(new_indicator(MOTORCYCLES, catalogue, "commune"),)
    )
    recipe = recipe_of(report(catalogue, first, answers), "Trồng rừng", 3)
    again = read_recipe(json.dumps(recipe_document(recipe), ensure_ascii=False))
    assert (again.name, again.version, again.fingerprint) == (
        recipe.name, recipe.version, recipe.fingerprint
    )  # fmt: skip
    assert apply_recipe(again, form(2027)).answers == replace(
        apply_recipe(recipe, form(2027)).answers,
    )


def test_a_new_indicator_that_was_published_since_is_what_the_catalogue_says(
    catalogue: Catalogue,
) -> None:
    made = new_indicator(MOTORCYCLES, catalogue, "commune")
    stale = replace(made, indicator=replace(made.indicator, id="households", decimals=3))
    layout = value_table([("Số hộ",)], [5])
    (value,), _ = figures_of(catalogue, layout, Answers(new_indicators=(stale,)))
    assert value.indicator == "households"


texts = st.text(st.characters(blacklist_categories=("Cc", "Cs")), max_size=20)
filled = texts.filter(bool)
ids = st.sampled_from(["", "population", "households"])
meanings = st.builds(
    ColumnMeaning,
    st.just(0),
    st.just(()),
    st.sampled_from(COLUMN_USES),
    indicator=ids,
    dimensions=st.sampled_from(["", "sex=f"]),
    period=st.sampled_from(["", "2026", "2026-H1", "*"]),
    status=st.sampled_from(["", "plan", "actual"]),
    measure_unit=texts,
    scale=st.sampled_from([1.0, 0.001, 1000.0]),
)
rows = st.none() | st.integers(1, 1000)
answers_strategy = st.builds(
    Answers,
    sheet=texts,
    table=st.builds(TableRange, st.none() | st.tuples(st.integers(1, 9)), rows, rows),
    vintage=st.none() | st.dates(),
    units=st.dictionaries(filled, texts),
    columns=st.dictionaries(st.lists(texts, min_size=1, max_size=3).map(tuple), meanings),
    source=st.builds(TableSource, texts, texts, texts),
    notation=st.sampled_from(["", "vietnamese", "english"]),
    hidden=st.sampled_from(["", "use", "skip"]),
    confirmed=st.dictionaries(st.sampled_from(["X01", "P02"]), texts),
)


@given(answers_strategy)
def test_answers_come_back_from_json_as_they_were(answers: Answers) -> None:
    expected = replace(
        answers,
        columns={path: replace(each, path=path) for path, each in answers.columns.items()},
    )
    assert read_answers(json.dumps(answers_document(answers))) == expected


@pytest.mark.parametrize(
    ("document", "said_of"),
    [
        ({"version": 1, "colums": []}, "colums"),
        ({"version": 2}, "version"),
        ({}, "version"),
        ({"version": 1, "columns": [{"header": ["a"], "indicatr": "x"}]}, "indicatr"),
        ({"version": 1, "columns": [{"header": ["a"], "period": "last year"}]}, "period"),
        ({"version": 1, "columns": [{"header": ["a"], "scale": 0}]}, "scale"),
        ({"version": 1, "columns": [{"header": ["a"], "use": "maybe"}]}, "use"),
        ({"version": 1, "hidden": "perhaps"}, "hidden"),
        ({"version": 1, "vintage": "1 July"}, "vintage"),
        ({"version": 1, "units": {"a": 5}}, "a"),
        ({"version": 1, "table": {"first_row": 0}}, "first_row"),
        ({"version": 1, "new_indicators": [{"id": "x"}]}, "kind"),
        ([], ""),
        ("text", ""),
    ],
)
def test_answers_with_an_unknown_field_or_a_wrong_value_are_refused(
    document: object, said_of: str
) -> None:
    with pytest.raises(FileFault) as raised:
        answers_of(document)
    assert said_of in str(raised.value)


def test_a_text_that_is_no_json_or_too_long_is_refused() -> None:
    for text in ("{", '{"version": NaN}', "[" * 100_000, " " * 2_000_001):
        with pytest.raises(FileFault):
            read_answers(text)


def documents() -> Sequence[dict[str, object]]:
    base: dict[str, object] = {
        "version": 1, "name": "x", "recipe_version": 1, "headers": [["a", 1]],
        "answers": {"version": 1},
    }  # fmt: skip
    return [
        base | {"headers": [["a"]]},
        base | {"headers": [["a", 0]]},
        base | {"answers": {"version": 1, "secret": 1}},
        base | {"answers": {}},
        base | {"extra": 1},
        base | {"recipe_version": 0},
        base | {"columns": [{"header": ["a"]}]},
    ]


@pytest.mark.parametrize("document", documents())
def test_a_recipe_with_an_unknown_field_or_a_wrong_value_is_refused(
    document: dict[str, object],
) -> None:
    with pytest.raises(FileFault):
        read_recipe(json.dumps(document))


def test_a_table_of_a_known_shape_goes_in_by_its_recipe(toy_dataset: Dataset) -> None:
    facts = DatasetFacts(toy_dataset)
    names = ("Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ", "Khe Mo", "Lũng Pô", "Nà Hỳ", "Pa Ủ")
    rows = [f"{name};{place}" for place, name in enumerate(names, 500)]

    def file(year: int) -> bytes:
        return "\n".join([f"Tên xã;Người đăng ký năm {year}", *rows]).encode()

    asked = prepare_table(file(2019), "a.csv", facts)
    assert "I01" in {each.code for each in asked.findings}
    (column,) = (each for each in asked.columns if each.use == "value")
    answers = Answers(columns={column.path: replace(column, indicator="population")})
    answered = prepare_table(file(2019), "a.csv", facts, answers)
    recipe = recipe_of(answered, "Dân số đăng ký")

    known = prepare_table(file(2020), "b.csv", facts, None, TableReading(recipes=(recipe,)))
    assert known.recipe == "Dân số đăng ký"
    assert {(each.indicator, each.period) for each in known.values} == {("population", "2020")}


def test_a_pasted_table_is_read_as_a_file_is(toy_dataset: Dataset) -> None:
    text = "Tên xã\tDân số năm 2019 (người)\nÁnh Đào\t511\nBản Lầu\t623\nCốc Pàng\t742"
    report = prepare_table(text.encode(), PASTED, DatasetFacts(toy_dataset))
    assert [each.value for each in report.values] == [511, 623, 742]
