"""`portal data publish` and what follows it: dry by default, with the same refusals as the page."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from geodata.ledger.accounts import create_account
from geodata.ledger.correcting import held_now
from geodata.ledger.database import open_ledger, writing
from geodata.ledger.ledger_records import SeriesKey
from geodata.store import open_store
from portal.cli import main

pytestmark = pytest.mark.slow

NAMES = ("Ánh Đào", "Bản Lầu", "Cốc Pàng", "Đá Đỏ", "Khe Mo", "Lũng Pô", "Nà Hỳ", "Pa Ủ")
PEOPLE = (511, 623, 742, 388, 290, 455, 801, 367)
UNIT = "90001-20130101"


class Terminal:
    """The commands of an instance of the toy dataset, with two accounts."""

    def __init__(self, folder: Path, dataset: Path) -> None:
        self.folder = folder
        self.env = {"PORTAL_DATASET": str(dataset), "PORTAL_INSTANCE": str(folder)}
        ledger = open_ledger(folder / "ledger.sqlite")
        with writing(ledger) as connection:
            create_account(connection, "lan", full_name="Lan", role="editor", communes=None)
            other = ["90011-20250701"]
            create_account(connection, "minh", full_name="", role="editor", communes=other)
        ledger.dispose()

    def data(self, *words: str) -> Result:
        return CliRunner().invoke(main, ["data", *words], env=self.env)

    def document(self, *words: str) -> dict:
        told = self.data(*words, "--json")
        assert told.exit_code == 0, told.output
        return json.loads(told.stdout)

    def publish(
        self, *words: str, people: tuple[int, ...] = PEOPLE, account: str = "lan"
    ) -> Result:
        path = self.folder / "dan-so.csv"
        rows = [f"{name};{cell}" for name, cell in zip(NAMES, people, strict=True)]
        path.write_text("\n".join(["Tên xã;Dân số năm 2018 (người)", *rows]), encoding="utf-8")
        return self.data("publish", str(path), "--title", "Dân số", "--account", account, *words)

    def value(self) -> float | None:
        """What the ledger says of the first commune."""
        ledger = open_ledger(self.folder / "ledger.sqlite")
        with closing(open_store(self.folder / "toy.gpkg")) as store:
            found = held_now(ledger, store, SeriesKey("population", "", "2018", "actual", UNIT))
        ledger.dispose()
        return found.value


@pytest.fixture
def terminal(tmp_path: Path, toy_folder: Path) -> Iterator[Terminal]:
    return Terminal(tmp_path, toy_folder)


def test_nothing_is_published_without_write(terminal: Terminal) -> None:
    told = terminal.publish("--lang", "en")
    assert told.exit_code == 0, told.output
    assert "8 added" in told.output
    assert "Nothing was written" in told.output
    assert terminal.document("list")["total"] == 0
    planned = json.loads(terminal.publish("--json").stdout)
    assert len(planned["plan"]["changes"]) == 8
    assert planned["level"] == "commune"


def test_a_table_is_published_served_corrected_and_taken_back(terminal: Terminal) -> None:
    assert terminal.publish("--write").exit_code == 0
    with closing(open_store(terminal.folder / "toy.gpkg")) as store:
        (figure,) = store.observations(unit=UNIT, period="2018", indicator="population").items
    assert (figure.value, figure.source_id) == (511.0, "publication-1")
    corrected = (
        "correct",
        UNIT,
        "population",
        "2018",
        "512",
        "--reason",
        "sai",
        "--account",
        "lan",
    )
    assert terminal.document(*corrected)["would_change"]["after"]["value"] == 512.0
    assert terminal.value() == 511.0
    assert terminal.document(*corrected, "--write")["number"] == 2
    assert terminal.value() == 512.0
    back = ("undo", "1", "--reason", "nhầm biểu", "--account", "lan")
    plan = terminal.document(*back)
    assert (len(plan["restored"]), len(plan["kept"])) == (7, 1)
    assert terminal.document(*back, "--write")["counts"]["removed"] == 7
    assert [len(terminal.document("diff", str(n), "3")["differences"]) for n in (0, 1, 2)] == [
        1,
        8,
        7,
    ]
    assert terminal.document("show", "2")["changes"][0]["old"]["value"] == 511.0
    traced = terminal.document("trace", UNIT, "population", "2018")
    assert [entry["revision"] for entry in traced["history"]] == [2, 1]
    assert traced["history"][1]["address"] == "B2"
    assert terminal.document("verify") == {"faults": []}


def test_words_are_said_in_the_language_asked_for(terminal: Terminal) -> None:
    terminal.publish("--write", "--note", "theo báo cáo")
    for lang, words in (("vi", "lần công bố"), ("en", "publication")):
        for command in (("list",), ("show", "1"), ("trace", UNIT, "population", "2018")):
            told = terminal.data(*command, "--lang", lang)
            assert told.exit_code == 0, told.output
            assert words in told.output


def test_exit_codes_tell_doubts_errors_conflicts_and_missing_rights(terminal: Terminal) -> None:
    wrong = (*PEOPLE[:7], -3)
    assert terminal.publish(people=wrong).exit_code == 2
    assert terminal.publish(account="minh").exit_code == 5
    assert terminal.publish("--write", account="minh").exit_code == 5
    assert terminal.publish(account="nobody").exit_code == 2
    back = ("undo", "9", "--reason", "x", "--account", "lan", "--write")
    assert terminal.data(*back).exit_code == 2
    assert terminal.document("list")["total"] == 0


def test_a_recipe_that_was_saved_reads_the_next_table(terminal: Terminal) -> None:
    assert terminal.publish("--write", "--save-recipe", "Biểu dân số").exit_code == 0
    more = tuple(n + 1 for n in PEOPLE)
    assert terminal.publish("--recipe", "Biểu dân số", "--write", people=more).exit_code == 0
    assert terminal.document("list")["revisions"][0]["recipe"] == "Biểu dân số"
    unknown = terminal.publish("--recipe", "Biểu khác", "--lang", "en")
    assert unknown.exit_code == 2
    assert "Biểu dân số" in unknown.output


def test_the_ledger_is_exported_for_programs_and_for_a_spreadsheet(terminal: Terminal) -> None:
    terminal.publish("--write")
    lines = terminal.data("export").stdout.splitlines()
    assert [json.loads(line)["number"] for line in lines] == [1]
    path = terminal.folder / "so-cong-bo.csv"
    assert terminal.data("export", "--format", "csv", "--out", str(path)).exit_code == 0
    text = path.read_bytes().decode("utf-8-sig")
    assert [row["new_value"] for row in csv.DictReader(text.splitlines())][:2] == ["511.0", "623.0"]


def test_an_altered_ledger_is_told_by_its_exit_code(terminal: Terminal) -> None:
    terminal.publish("--write")
    ledger = open_ledger(terminal.folder / "ledger.sqlite")
    with writing(ledger) as connection:
        connection.exec_driver_sql("DROP TRIGGER revisions_no_update")
        connection.exec_driver_sql("UPDATE revisions SET title = 'khác'")
    ledger.dispose()
    told = terminal.data("verify", "--lang", "en")
    assert told.exit_code == 6
    assert "altered" in told.output


def test_villages_loaded_later_keep_what_was_published(terminal: Terminal) -> None:
    terminal.publish("--write")
    path = terminal.folder / "ban.csv"
    path.write_text("Tên bản,Kinh độ,Vĩ độ\nBản Một,103.05,22.35\nBản Hai,103.15,22.25\n", "utf-8")
    told = terminal.data(
        "publish", str(path), "--title", "Bản", "--commune", "90001-20250701",
        "--account", "lan", "--write",
    )  # fmt: skip
    assert told.exit_code == 0, told.output
    with closing(open_store(terminal.folder / "toy.gpkg")) as store:
        (figure,) = store.observations(unit=UNIT, period="2018", indicator="population").items
        assert figure.value == 511.0
        assert len(store.children("90001-20250701")) == 2
    assert terminal.publish("--write", people=tuple(n + 1 for n in PEOPLE)).exit_code == 0
    with closing(open_store(terminal.folder / "toy.gpkg")) as store:
        assert len(store.children("90001-20250701")) == 2


PLACES = "Tên điểm;Loại;Xã;Kinh độ;Vĩ độ\nThác;Du lịch;Hòa Bình;103.05;22.35\n"
VILLAGES = "Mã xã;Tên bản;Kinh độ;Vĩ độ\n90016;Bản Một;{x};22.06\n90016;Bản Hai;103.36;22.04\n"


def publish_list(terminal: Terminal, text: str, *words: str) -> None:
    path = terminal.folder / "danh-sach.csv"
    path.write_text(text, encoding="utf-8")
    told = terminal.data(
        "publish", str(path), "--title", "DS", "--account", "lan", "--write", *words
    )
    assert told.exit_code == 0, told.output


def test_a_place_and_a_village_are_traced_to_file_and_row(terminal: Terminal) -> None:
    publish_list(terminal, PLACES, "--means", "Du lịch=")
    publish_list(terminal, PLACES.replace("103.05", "103.06"))
    for x in ("103.35", "103.34"):
        publish_list(terminal, VILLAGES.format(x=x))
    with closing(open_store(terminal.folder / "toy.gpkg")) as store:
        (place,) = store.places().items
        villages = {unit.name.vi: unit.unit_id for unit in store.units(level="village").items}
    traced = terminal.document("trace", place.id)
    assert [(e["revision"], e["row"]) for e in traced["history"]] == [(2, "2"), (1, "2")]
    (changed,) = traced["history"][0]["entries"]
    assert [f["name"] for f in changed["fields"]] == ["lon"]
    found = {name: terminal.document("trace", id)["history"] for name, id in villages.items()}
    assert {name: [e["revision"] for e in made] for name, made in found.items()} == {
        "Một": [4, 3], "Hai": [3],
    }  # fmt: skip
    assert [e["row"] for e in found["Hai"]] == ["3"]
    told = terminal.data("trace", villages["Một"], "--lang", "en").output
    assert "file danh-sach.csv, row 2" in told
    commune = terminal.document("trace", "90016-20250701")
    assert [len(e["entries"]) for e in commune["history"]] == [1, 2]
    assert (
        "as the dataset ships it" in terminal.data("trace", "90011-20250701", "--lang", "en").output
    )
    assert terminal.data("trace", "nowhere").exit_code == 2
    assert terminal.data("trace", UNIT, "population").exit_code == 2


def test_a_class_is_published_corrected_and_taken_back(terminal: Terminal) -> None:
    file, answers = terminal.folder / "xep-loai.csv", terminal.folder / "answers.json"
    words = ("Đạt", "Chưa đạt") * 4
    rows = [f"{name};{word}" for name, word in zip(NAMES, words, strict=True)]
    file.write_text("\n".join(["Tên xã;Xếp loại năm 2018", *rows]), encoding="utf-8")
    named = (("met", "Đạt", "Met"), ("not_met", "Chưa đạt", "Not met"))
    categories = [{"id": id_, "name": {"vi": vi, "en": en}} for id_, vi, en in named]
    made = {
        "id": "grade", "theme": "people", "theme_name": {"vi": "Xếp loại", "en": "Grades"},
        "name": {"vi": "Xếp loại xã", "en": "Grade"}, "kind": "category", "levels": ["commune"],
        "definition": {"vi": "Do huyện xếp.", "en": "By the district."}, "categories": categories,
    }  # fmt: skip
    column = {"header": ["Xếp loại năm 2018"], "use": "value", "indicator": "grade"}
    said = {"version": 1, "new_indicators": [made], "columns": [column]}
    answers.write_text(json.dumps(said), encoding="utf-8")
    told = terminal.data("publish", str(file), "--title", "Xếp loại", "--account", "lan",
                         "--answers", str(answers), "--write")  # fmt: skip
    assert told.exit_code == 0, told.output
    series = (UNIT, "grade", "2018")
    by = ("--reason", "xếp lại", "--account", "lan")
    assert terminal.data("correct", *series, "2", *by).exit_code != 0
    planned = terminal.document("correct", *series, "chưa đạt", *by)["would_change"]
    assert (planned["before"]["category"], planned["after"]["category"]) == ("met", "not_met")
    assert terminal.document("correct", *series, "chưa đạt", *by, "--write")["number"] == 2
    assert "met → not_met" in terminal.data("diff", "1", "2").output
    assert "not_met" in terminal.data("trace", *series).output
    plan = terminal.document("undo", "1", *by)
    assert (len(plan["restored"]), plan["kept"][0]["category"]) == (7, "not_met")
    form = ("--indicator", "grade", "--period", "2018", "--date", "2013-01-01")
    output = str(terminal.folder / "mau.xlsx")
    assert terminal.data("template", *form, "-o", output).exit_code == 0


def test_an_export_that_cannot_be_written_is_refused_in_words(
    terminal: Terminal, tmp_path: Path
) -> None:
    refused = terminal.data("export", "--out", str(tmp_path / "nowhere" / "ledger.jsonl"))
    assert refused.exit_code == 2
    assert "The file cannot be written" in refused.output
    written = tmp_path / "ledger.csv"
    assert terminal.data("export", "--format", "csv", "--out", str(written)).exit_code == 0
    assert written.read_text(encoding="utf-8").startswith("\ufeffrevision,")
