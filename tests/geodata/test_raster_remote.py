"""A raster on a server is read in ranges, and only as much of it as the units need."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest
from raster_files import PLACES, box, figures, write_raster

from geodata.errors import FileFault
from geodata.rasters.statistic import Statistic

PLACE = PLACES["EPSG:4326"]._replace(side=0.0005)
MEAN = Statistic("mean")


class RangeServer:
    """A server of one folder that answers in ranges and counts the bytes it sends."""

    def __init__(self, folder: Path, *, ranges: bool = True) -> None:
        server = self
        self.sent = 0

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def do_HEAD(self) -> None:
                self._answer(body=False)

            def do_GET(self) -> None:
                self._answer(body=True)

            def _answer(self, *, body: bool) -> None:
                path = folder / self.path.lstrip("/")
                if not path.is_file():
                    self.send_error(404)
                    return
                content = path.read_bytes()
                size, asked = len(content), self.headers.get("Range", "")
                partial = ranges and asked.startswith("bytes=")
                if partial:
                    first, _, last = asked[6:].partition("-")
                    start, end = int(first), min(int(last or size), size - 1)
                    content = content[start : end + 1]
                self.send_response(206 if partial else 200)
                if partial:
                    self.send_header("Content-Range", f"bytes {start}-{end}/{size}")
                if ranges:
                    self.send_header("Accept-Ranges", "bytes")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if body:
                    server.sent += len(content)
                    self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self._http = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._http.serve_forever, daemon=True)
        self._thread.start()

    def address(self, name: str) -> str:
        return f"http://127.0.0.1:{self._http.server_port}/{name}"

    def close(self) -> None:
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[RangeServer]:
    made = RangeServer(tmp_path)
    yield made
    made.close()


def large(path: Path) -> Path:
    rng = np.random.default_rng(5)
    values = rng.integers(0, 255, (2048, 2048)).astype("uint8")
    return write_raster(path, values, PLACE, tiled=True, blockxsize=256, blockysize=256)


@pytest.mark.slow
def test_only_the_ranges_under_the_units_are_fetched(tmp_path: Path, server: RangeServer) -> None:
    path = large(tmp_path / "large.tif")
    unit = box(PLACE, 600, 700, 900, 1000)
    local = figures(path, [unit], MEAN)
    remote = figures([server.address("large.tif")], [unit], MEAN, remote=True)
    assert float(remote.values[0][0]) == float(local.values[0][0])
    assert 0 < server.sent < path.stat().st_size / 4


def test_tiles_on_a_server_are_read_together(tmp_path: Path, server: RangeServer) -> None:
    values = np.arange(64, dtype="uint8").reshape(8, 8)
    write_raster(tmp_path / "west.tif", values[:, :4], PLACE)
    write_raster(
        tmp_path / "east.tif", values[:, 4:], PLACE._replace(left=PLACE.left + 4 * PLACE.side)
    )
    addresses = [server.address("west.tif"), server.address("east.tif")]
    found = figures(addresses, [box(PLACE, 0, 0, 8, 8)], MEAN, remote=True)
    assert float(found.values[0][0]) == pytest.approx(31.5, rel=1e-4)


def test_a_file_that_the_server_lacks_is_told(server: RangeServer) -> None:
    with pytest.raises(FileFault, match=r"gone\.tif: The raster cannot be read"):
        figures([server.address("gone.tif")], [box(PLACE, 0, 0, 2, 2)], MEAN, remote=True)


def test_a_server_without_ranges_is_refused_and_not_read_whole(tmp_path: Path) -> None:
    path = large(tmp_path / "large.tif")
    server = RangeServer(tmp_path, ranges=False)
    try:
        with pytest.raises(FileFault, match="read"):
            figures([server.address("large.tif")], [box(PLACE, 0, 0, 9, 9)], MEAN, remote=True)
    finally:
        server.close()
    assert path.exists()


def test_what_a_server_answers_is_opened_as_a_geotiff_only(
    tmp_path: Path, server: RangeServer
) -> None:
    inner = write_raster(tmp_path / "inner.tif", np.ones((4, 4), "uint8"), PLACE)
    (tmp_path / "list.tif").write_text(
        f'<VRTDataset rasterXSize="4" rasterYSize="4"><VRTRasterBand dataType="Byte" band="1">'
        f"<SimpleSource><SourceFilename>{inner}</SourceFilename></SimpleSource></VRTRasterBand>"
        f"</VRTDataset>",
        encoding="utf-8",
    )
    with pytest.raises(FileFault, match="cannot be read"):
        figures([server.address("list.tif")], [box(PLACE, 0, 0, 2, 2)], MEAN, remote=True)
