"""A logo is sent with the request, read as a picture and nothing else, and bounded."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from PIL import Image

from portal.cli import main
from portal.export.logo import MAX_BYTES, read_logo

ADDRESS = "/export/sheet.png?indicator=population&lang=en&preset=half-page&dpi=96"


def picture(format: str = "PNG", size: tuple[int, int] = (120, 60)) -> bytes:
    target = io.BytesIO()
    Image.new("RGB", size, "#c8102e").save(target, format)
    return target.getvalue()


def bomb() -> bytes:
    """A PNG of 30,000 by 30,000 pixels in a few kilobytes."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
            + chunk(b"IDAT", zlib.compress(b"\0" * 100_000)) + chunk(b"IEND", b""))  # fmt: skip


def send(client: FlaskClient, content: bytes, address: str = ADDRESS, known: str = ""):
    head = b'--edge\r\nContent-Disposition: form-data; name="logo"; filename="a.png"\r\n\r\n'
    body = head + content + b"\r\n--edge--\r\n"
    headers = {"If-None-Match": known} if known else {}
    kind = "multipart/form-data; boundary=edge"
    return client.post(address, data=body, content_type=kind, headers=headers)


def reds(content: bytes) -> int:
    pixels = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), dtype=int)
    return int((np.abs(pixels - (0xC8, 0x10, 0x2E)).max(axis=2) < 12).sum())


@pytest.mark.slow
@pytest.mark.parametrize("format", ["PNG", "JPEG"])
def test_a_logo_stands_on_its_own_sheet_only(toy: FlaskClient, format: str) -> None:
    plain = toy.get(ADDRESS).data
    marked = send(toy, picture(format))
    assert marked.status_code == 200
    assert reds(marked.data) > 400 > reds(plain)
    assert toy.get(ADDRESS).data == plain
    assert send(toy, picture(format)).data == marked.data


def test_a_reader_who_has_the_sheet_gets_it_with_the_logo_all_the_same(toy: FlaskClient) -> None:
    plain, marked = toy.get(ADDRESS), send(toy, picture())
    known = plain.headers["ETag"]
    assert toy.get(ADDRESS, headers={"If-None-Match": known}).status_code == 304
    for tag in (known, marked.headers["ETag"], "*"):
        again = send(toy, picture(), known=tag)
        assert (again.status_code, again.data) == (200, marked.data)


@pytest.mark.slow
@pytest.mark.parametrize("extension", ["pdf", "svg"])
def test_a_logo_comes_along_in_drawings(toy: FlaskClient, extension: str) -> None:
    address = ADDRESS.replace("sheet.png", f"sheet.{extension}")
    content = send(toy, picture(), address).data
    assert (b"/Image" if extension == "pdf" else b"data:image/png;base64,") in content
    assert send(toy, picture(), address).data == content


@pytest.mark.slow
def test_a_logo_is_grey_on_a_black_and_white_sheet(toy: FlaskClient) -> None:
    content = send(toy, picture(), f"{ADDRESS}&bw=1").data
    pixels = np.asarray(Image.open(io.BytesIO(content)).convert("RGB"), dtype=int)
    assert (pixels.max(axis=2) - pixels.min(axis=2)).max() < 40


def test_without_a_logo_the_sheet_is_the_one_of_its_address(toy: FlaskClient) -> None:
    assert toy.post(ADDRESS, data={}).data == toy.get(ADDRESS).data


@pytest.mark.parametrize(
    ("content", "status"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", 400),
        (b"GIF89a" + b"\0" * 50, 400),
        (picture("GIF"), 400),
        (picture("WEBP"), 400),
        (picture()[:60], 400),
        (picture("JPEG")[:200], 400),
        (picture(size=(8, 200)), 400),
        (b"\x89PNG\r\n\x1a\n", 400),
        (bomb(), 413),
        (picture(size=(3000, 2000)), 413),
        (b"\x89PNG" + b"\0" * (MAX_BYTES + 1), 413),
        (b"\x89PNG" + b"\0" * (MAX_BYTES * 2), 413),
    ],
)
def test_what_is_no_small_picture_is_refused_in_words(
    toy: FlaskClient, content: bytes, status: int
) -> None:
    answer = send(toy, content)
    assert answer.status_code == status
    error = answer.get_json()["error"]
    assert error["parameter"] == "logo"
    assert error["message"]
    vietnamese = send(toy, content, ADDRESS.replace("lang=en", "lang=vi")).get_json()["error"]
    assert vietnamese["message"] != error["message"]


def test_nothing_but_a_logo_is_taken(toy: FlaskClient) -> None:
    two = {"logo": (io.BytesIO(picture()), "a.png"), "other": (io.BytesIO(b"x"), "b")}
    assert toy.post(ADDRESS, data=two).status_code == 400
    assert toy.post(ADDRESS, data={"logo": "text"}).status_code == 400
    table = "/export/data.csv?indicator=population&lang=en"
    refused = send(toy, picture(), table)
    assert refused.status_code == 405
    assert "POST" not in refused.headers["Allow"]


def test_only_the_picture_is_kept_of_a_logo() -> None:
    target = io.BytesIO()
    exif = Image.Exif()
    exif[0x010E] = "secret place"
    Image.new("RGB", (1200, 900), "#335577").save(target, "JPEG", exif=exif)
    kept = read_logo(target.getvalue())
    assert b"secret" not in kept
    assert max(Image.open(io.BytesIO(kept)).size) == 700


@pytest.mark.slow
def test_the_terminal_takes_a_logo(toy: FlaskClient, toy_folder: Path, tmp_path: Path) -> None:
    env = {"PORTAL_INSTANCE": str(tmp_path / "home"), "PORTAL_DATASET": str(toy_folder)}
    logo, target = tmp_path / "logo.png", tmp_path / "map.png"
    logo.write_bytes(picture())
    command = ["export", ADDRESS, "-o", str(target), "--logo", str(logo)]
    result = CliRunner().invoke(main, command, env=env)
    assert result.exit_code == 0, result.output
    assert target.read_bytes() == send(toy, picture()).data
    logo.write_text("<svg/>")
    refused = CliRunner().invoke(main, command, env=env)
    assert refused.exit_code == 2
    assert "Traceback" not in refused.output
