"""Many addresses from the terminal: the server's bytes, a word for each line, whole files."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from flask.testing import FlaskClient

from geodata.errors import FileFault
from portal.cli import main
from portal.cli.batch import MAX_BYTES, MAX_LINES, read_batch

SVG = "/export/sheet.svg?indicator=population&lang=en"
CSV = "/export/data.csv?indicator=population"
WORD = "/export/report.docx?indicators=population&dpi=96&lang=en"


@pytest.fixture
def run(toy_folder: Path, tmp_path: Path):
    env = {"PORTAL_INSTANCE": str(tmp_path / "home"), "PORTAL_DATASET": str(toy_folder)}

    def call(text: str, name: str = "batch.csv") -> Result:
        path = tmp_path / name
        path.write_text(text, encoding="utf-8")
        arguments = ["export", "--batch", str(path), "--into", str(tmp_path / "out")]
        return CliRunner().invoke(main, arguments, env=env)

    return call


@pytest.mark.processes
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("batch.csv", f"address,output\n{SVG},a/map.svg\n{CSV},map.csv\n{WORD},map.docx\n"),
        ("batch.yaml", f"- address: {SVG}\n  output: a/map.svg\n- {{address: '{CSV}', "
                       f"output: map.csv}}\n- output: map.docx\n  address: {WORD}\n"),
    ],
)  # fmt: skip
def test_every_line_writes_what_the_server_answers(
    run, toy: FlaskClient, tmp_path: Path, name: str, text: str
) -> None:
    result = run(text, name)
    assert result.exit_code == 0, result.output
    for number, (file, address) in enumerate(
        {"a/map.svg": SVG, "map.csv": CSV, "map.docx": WORD}.items(), 1
    ):
        content = (tmp_path / "out" / file).read_bytes()
        assert content == toy.get(address).data
        assert f"{number}/3" in result.output
        assert f"{file}: {len(content)} bytes" in result.output


def test_a_batch_of_as_many_bytes_as_allowed_is_read_and_one_more_is_refused(
    tmp_path: Path,
) -> None:
    path = tmp_path / "batch.yaml"
    line = f"- {{address: '{CSV}', output: map.csv}}\n"
    path.write_text(line + "#" * (MAX_BYTES - len(line)), encoding="utf-8")
    assert len(read_batch(path, tmp_path)) == 1
    path.write_text(line + "#" * (MAX_BYTES - len(line) + 1), encoding="utf-8")
    with pytest.raises(FileFault, match="too large"):
        read_batch(path, tmp_path)


@pytest.mark.slow
def test_a_line_that_fails_is_named_and_the_others_are_written(run, tmp_path: Path) -> None:
    result = run(
        "address,output\n"
        f"{SVG}&dpi=1,one.svg\n"
        f"{CSV},two.csv\n"
        "/export/sheet.exe,three.exe\n"
        f"{CSV},../four.csv\n"
        f"{CSV},two.csv\n"
        f",six.csv\n"
        f"{CSV},seven.svg\n"
        f"{CSV},ei\0ght.csv\n"
        "/units/03390-20250701,nine.csv\n"
        "http://[,ten.csv\n"
    )
    assert result.exit_code == 1
    assert sorted(p.name for p in (tmp_path / "out").iterdir()) == ["two.csv"]
    lines = result.output
    assert "batch.csv:2 address: dpi: " in lines
    assert "batch.csv:4 address: " in lines
    assert "batch.csv:5 output: The file lies outside the folder" in lines
    assert "batch.csv:6 output: The file is written twice" in lines
    assert "batch.csv:7 address: The value is missing" in lines
    assert "batch.csv:8 address: output: The file's ending" in lines
    assert "batch.csv:9 output: The file lies outside the folder" in lines
    assert "batch.csv:10 address: address: This address gives no file" in lines
    assert "batch.csv:11 address: address: This address gives no file" in lines
    assert "9/10 failed" in lines
    assert "Traceback" not in lines


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("batch.csv", "url,output\n", "batch.csv:1: The head is wrong"),
        ("batch.csv", "address,output\n", "There are no lines"),
        ("batch.csv", 'address,output\n"a"b,c\n', "batch.csv:2: A quotation mark is not closed"),
        ("batch.yaml", "address: x\n", "Not a list"),
        ("batch.yaml", "- {address: x\n", "Broken YAML"),
        ("batch.yaml", "- !!python/object/apply:os.system [ls]\n", "Broken YAML"),
        ("batch.yaml", "- &a [x]\n- [*a, *a]\n", "batch.yaml:2: References are not taken"),
        ("batch.yaml", "- " + "[" * 5000, "batch.yaml:1: Lists are nested too deep"),
        ("batch.csv", "address,output\n" + "x,y\n" * (MAX_LINES + 1), "at most 500 lines"),
    ],
)
def test_a_file_that_is_no_batch_is_refused_in_words(
    run, tmp_path: Path, name: str, text: str, words: str
) -> None:
    result = run(text, name)
    assert result.exit_code == 2
    assert words in result.output
    assert not (tmp_path / "out").exists()


def test_a_file_that_failed_leaves_the_old_one(run, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    old = tmp_path / "out" / "map.csv"
    old.write_text("old", encoding="utf-8")
    assert run("address,output\n/export/data.csv?indicator=nothing,map.csv\n").exit_code == 1
    assert old.read_text(encoding="utf-8") == "old"
    assert [p.name for p in (tmp_path / "out").iterdir()] == ["map.csv"]


@pytest.mark.parametrize(
    "raw",
    [
        b"address;output\n/x?thresholds=1.041,1.286;a.png\n",
        b"sep=;\naddress;output\n/x?thresholds=1.041,1.286;a.png\n",
        "address\toutput\n/x?thresholds=1.041,1.286\ta.png\n".encode("utf-16"),
        b'\xef\xbb\xbfoutput,address\r\na.png,"/x?thresholds=1.041,1.286"\r\n',
    ],
)
def test_a_batch_is_read_however_a_spreadsheet_program_saved_it(tmp_path: Path, raw) -> None:
    (tmp_path / "b.csv").write_bytes(raw)
    (line,) = read_batch(tmp_path / "b.csv", tmp_path)
    assert (line.address, line.output.name) == ("/x?thresholds=1.041,1.286", "a.png")


def test_a_batch_may_be_a_workbook(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (["address", "output"], ["/x", "a.png"], ["/y", "b.png", "more"]):
        book.active.append(row)
    book.save(tmp_path / "b.xlsx")
    line, fault = read_batch(tmp_path / "b.xlsx", tmp_path)
    assert line.where == "b.xlsx:2"
    assert fault.where == "b.xlsx:3"


@pytest.mark.parametrize("text", ["/x?q=ThÃ´n", "/x?q=B\ufffdn"])
def test_an_address_with_lost_letters_is_refused_with_its_cell(tmp_path: Path, text: str) -> None:
    (tmp_path / "b.csv").write_text(f"address,output\n{text},a.png\n", encoding="utf-8")
    with pytest.raises(FileFault) as found:
        read_batch(tmp_path / "b.csv", tmp_path)
    assert found.value.where == "b.csv:2 address"


def test_lines_are_counted_in_the_file_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "b.yaml"
    path.write_text("# weekly\n\n- address: /x\n  output: a.png\n\n- output: b.png\n", "utf-8")
    first, second = read_batch(path, tmp_path)
    assert first.where == "b.yaml:3"
    assert second.where == "b.yaml:6 address"


@pytest.mark.parametrize(
    "arguments", [["/"], ["-o", "x.png"], ["/", "-o", "x.png", "--batch", __file__], []]
)
def test_either_an_address_or_a_batch(arguments: list[str]) -> None:
    result = CliRunner().invoke(main, ["export", *arguments])
    assert result.exit_code == 2
    assert "--batch FILE" in result.output
