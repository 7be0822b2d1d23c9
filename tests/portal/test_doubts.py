"""What contradicts itself is listed by document and rule: page, letter, API, command."""

from __future__ import annotations

import io
import re

import docx
import pytest
from click.testing import CliRunner
from docx.oxml.ns import qn
from flask.testing import FlaskClient

from geodata.doubts.raised import NOTED, RULE_IDS
from geodata.doubts.served import doubts_about, served_doubts
from geodata.store import Store
from portal.config import read_settings
from portal.export.parse import parse_export
from portal.export.render import render

BINH_LU_2025 = "binh-lu-bc-ubnd-2025-07"
BINH_LU_2026 = "binh-lu-456-bc-du-2026-06-23"


@pytest.fixture
def page(client: FlaskClient) -> str:
    return client.get("/doubts").text


def test_a_doubt_between_two_documents_stands_under_both(lai_chau_store, page) -> None:
    (doubt,) = [
        each
        for each in served_doubts(lai_chau_store)
        if each.rule == "two_values" and each.figures[0].indicator == "vocational_trainees"
    ]
    assert {*doubt.sources} == {BINH_LU_2025, BINH_LU_2026}
    for source in doubt.sources:
        assert f'id="{source}.{doubt.id}"' in page
    assert page.count("ghi 168 người; văn bản của Ủy ban nhân dân xã Bình Lư") == 2


def test_the_page_leads_with_the_reports_of_offices(page) -> None:
    listed = re.findall('<h2 id="of-([^"]+)"', page)
    assert listed[:2] == [BINH_LU_2025, "phong-tho-375-bc-ubnd-2024-06-25"]
    assert listed.index(BINH_LU_2026) < listed.index("register-2025")
    assert "wikipedia" in listed[-1]


def test_document_and_rule_narrow_the_list(client, page) -> None:
    narrow = client.get(f"/doubts?source={BINH_LU_2026}&rule=share_of_plan").text
    assert "5.850 lượt trên 31.500 lượt là 18,57%" in narrow
    assert narrow.count("<li id=") == 1
    assert page.count("<li id=") > 40
    assert client.get("/doubts?source=nothing").status_code == 404
    assert client.get("/doubts?rule=nothing").status_code == 400
    assert "Không có số liệu nào" in client.get("/doubts?rule=falling_sum").text


def test_what_a_reader_noted_stands_beside_what_a_rule_finds(lai_chau_store) -> None:
    (doubt,) = [
        each
        for each in served_doubts(lai_chau_store)
        if each.rule == "implied_plan" and each.figures[0].period == "2025-H1"
        and each.figures[0].indicator == "tourist_visits"
    ]  # fmt: skip
    assert any("part II" in remark.en for remark in doubt.remarks)
    noted = [each for each in served_doubts(lai_chau_store) if each.rule == NOTED]
    assert any("“over 37.380 thousand visits”" in each.sentence.en for each in noted)
    sentences = [each.sentence.en for each in noted]
    assert len(sentences) == len({(each.sources, each.sentence.en) for each in noted})


def test_the_letter_asks_who_wrote_the_document_point_by_point(lai_chau_store: Store) -> None:
    address = f"/export/doubts.docx?source={BINH_LU_2026}&office=Sở+Tài+chính"
    spec = parse_export(address, lai_chau_store, read_settings())
    content = render(spec, lai_chau_store)
    assert content == render(spec, lai_chau_store)
    letter = docx.Document(io.BytesIO(content))
    words = "\n".join(line.text for line in letter.paragraphs)
    assert "Kính gửi: Đảng ủy xã Bình Lư" in words
    assert "456-BC/ĐU" in words
    heading = letter.tables[0]
    assert "V/v 7 điểm số liệu cần xem lại" in heading.cell(1, 0).text
    assert "SỞ TÀI CHÍNH" in "".join(each.text or "" for each in heading._tbl.iter(qn("w:t")))
    tables = [t for t in letter.tables if t.style is not None and t.style.name == "Table Grid"]
    rows = [[cell.text for cell in row.cells] for t in tables for row in t.rows[1:]]
    assert [row[0] for row in rows] == [str(n) for n in range(1, 8)]
    visits = next(row for row in rows if "18,57%" in row[1])
    assert visits[1].startswith("Xã Bình Lư. ")
    assert "5.850" in visits[2]
    assert visits[3] == ""


def test_a_document_without_doubts_gets_no_letter(client: FlaskClient) -> None:
    answer = client.get("/export/doubts.docx?source=census-2019")
    assert answer.status_code == 404
    assert BINH_LU_2025 in answer.text


def test_the_api_gives_doubts_and_the_rules_of_a_figure(client: FlaskClient) -> None:
    document = client.get(f"/api/v1/doubts?source={BINH_LU_2026}&lang=en&limit=3").get_json()
    assert document["total"] == 7
    assert len(document["items"]) == 3
    first = document["items"][0]
    assert first["rule"] in RULE_IDS
    assert first["figures"][0]["unit"]["name"] == "Binh Lu"
    figures = client.get(
        f"/api/v1/observations?indicator=medical_visits&source={BINH_LU_2026}&lang=en"
    ).get_json()["items"]
    assert {tuple(each["doubt_rules"]) for each in figures} == {
        ("share_of_plan",),
        ("share_of_plan", "far_from_series"),
    }
    (anchor,) = {each["doubt_url"].partition("#")[2] for each in figures}
    assert f'id="{anchor}"' in client.get(f"/doubts?source={BINH_LU_2026}&lang=en").text


def test_a_mark_on_a_page_leads_to_what_the_figure_is_held_against(client: FlaskClient) -> None:
    page = client.get(f"/sources/{BINH_LU_2026}").text
    assert "Đối chiếu với số nào</a>" in page
    assert f'href="/doubts?source={BINH_LU_2026}#' in page


def test_a_sound_figure_bears_no_doubt(lai_chau_store: Store) -> None:
    figures = lai_chau_store.observations(source="census-2019").items
    assert [doubts_about(lai_chau_store, figure) for figure in figures[:5]] == [()] * 5


def test_the_command_lists_doubts_beside_faults(monkeypatch, lam_khe_copy) -> None:
    from portal.cli.commands import check

    monkeypatch.setenv("PORTAL_DATASET", str(lam_khe_copy))
    plain = CliRunner().invoke(check, [])
    told = CliRunner().invoke(check, ["--doubts"])
    assert (plain.exit_code, told.exit_code) == (0, 0), "a doubt is no fault"
    assert "doubts in" not in plain.output
    assert " doubts in " in told.output
