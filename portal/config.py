"""The settings of an installation, each declared once as a row of data.

They are read from the environment when an app is created, never when a module is imported. The
command line's help and the documentation are made from the same rows.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from geodata.closed_periods import ClosedPeriods
from geodata.dataset import default_dataset_folder
from geodata.errors import InvalidInput
from geodata.i18n import Message, Verbatim
from geodata.locale_numbers import plain_integer
from geodata.parsing import parse_day

SECRETS = ("PORTAL_SECRET_KEY",)
"""Variables that are no settings: they are shown by no command and handed to no other process."""


def _read_port(text: str) -> int:
    return _read_integer(text, 1, 65535)


def _read_threads(text: str) -> int:
    return _read_integer(text, 1, 256)


def _read_connections(text: str) -> int:
    return _read_integer(text, 16, 100_000)


def _read_proxies(text: str) -> int:
    return _read_integer(text, 0, 8)


def _read_seconds(text: str) -> int:
    return _read_integer(text, 1, 3600)


def _read_integer(text: str, low: int, high: int) -> int:
    number = plain_integer(text)
    if number is not None and low <= number <= high:
        return number
    raise InvalidInput(
        Message("Not a whole number in the range"),
        found=text,
        allowed=Message("{low} to {high}", low=low, high=high),
    )


def _read_tile_url(text: str) -> str:
    """A tile address: http(s), a plain host, the three places of a tile."""
    plain = re.fullmatch(r"https?://[\w.{}-]+(:\d+)?/[^\s\"'<>;,]*", text, re.ASCII)
    if not text or (plain and all(part in text for part in ("{z}", "{x}", "{y}"))):
        return text
    raise InvalidInput(
        Message("The base map's address cannot be used"),
        found=text,
        allowed=Verbatim("https://…/{z}/{x}/{y}.png"),
    )


def _read_public_url(text: str) -> str:
    """An http(s) address without query and last slash, its origin as browsers write it."""
    if not text:
        return ""
    match = re.fullmatch(
        r"(https?)://([\w.-]+)(:\d+)?(/[\w./~-]*)?", text, re.ASCII | re.IGNORECASE
    )
    if match:
        scheme, host = match[1].lower(), match[2].lower()
        port = "" if match[3] == {"http": ":80", "https": ":443"}[scheme] else match[3] or ""
        return f"{scheme}://{host}{port}{match[4] or ''}".rstrip("/")
    raise InvalidInput(
        Message("The public address cannot be used"),
        found=text,
        allowed=Verbatim("https://…"),
    )


def _read_relief_file(text: str) -> Path | None:
    if text and not Path(text).is_file():
        raise InvalidInput(Message("There is no such file"), found=text)
    return Path(text) if text else None


def _read_dataset_folder(text: str) -> Path:
    return Path(text) if text else default_dataset_folder()


def _read_line(text: str) -> str:
    """A line of words, without what would break it."""
    return " ".join(text.split())


def _read_closing_day(text: str) -> dt.date | None:
    if not text:
        return None
    try:
        return parse_day(text)
    except ValueError:
        raise InvalidInput(
            Message("Not a date"), found=text, allowed=Message("a day such as 2026-06-01")
        ) from None


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: its environment variable, field in `Settings`, default, reader and help."""

    env: str
    field: str
    default: str
    read: Callable[[str], object]
    help: str


SETTINGS: tuple[Setting, ...] = (
    Setting("PORTAL_INSTANCE", "instance", "instance", Path,
            "Folder for the store and the prepared boundaries; made when missing."),
    Setting("PORTAL_DATASET", "dataset", "", _read_dataset_folder,
            "Dataset folder; empty for the one that comes with the package."),
    Setting("HOST", "host", "127.0.0.1", str, "Address the server listens on."),
    Setting("PORT", "port", "8000", _read_port, "Port the server listens on."),
    Setting("PORTAL_THREADS", "threads", "8", _read_threads, "Threads that answer requests."),
    Setting("PORTAL_CONNECTIONS", "connections", "1000", _read_connections,
            "Connections kept open at once; at the limit the longest idle makes room."),
    Setting("PORTAL_IDLE_SECONDS", "idle_seconds", "30", _read_seconds,
            "Seconds after which a connection without any traffic is closed."),
    Setting("PORTAL_REQUEST_SECONDS", "request_seconds", "60", _read_seconds,
            "Seconds within which a request must have arrived whole."),
    Setting("PORTAL_PUBLIC_URL", "public_url", "", _read_public_url,
            "Address at which readers reach the portal, for the codes on sheets; empty for none."),
    Setting("PORTAL_PROXIES", "proxies", "0", _read_proxies,
            "Reverse proxies in front, each adding the client to X-Forwarded-For; 0 for none."),
    Setting("PORTAL_CLOSED_UNTIL", "closed_until", "", _read_closing_day,
            "Day by whose end periods are closed for tables, as 2025-12-31; empty for none."),
    Setting("PORTAL_OPERATOR", "operator", "", _read_line,
            "Office that runs this portal, as its pages name it; empty for none."),
    Setting("PORTAL_CONTACT", "contact", "", _read_line,
            "How readers reach that office: telephone, mail address or place; empty for none."),
    Setting("PORTAL_RELIEF", "relief_file", "", _read_relief_file,
            "GeoTIFF of elevations in metres for relief on sheets; empty for the dataset's own."),
    Setting("PORTAL_BASEMAP_URL", "basemap_url", "", _read_tile_url,
            "Tile address of a base map, with {z}, {x} and {y}; empty for none."),
    Setting("PORTAL_BASEMAP_ATTRIBUTION", "basemap_attribution", "", str,
            "Attribution of the base map, shown as text on the map."),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings as read; see `SETTINGS` for what each means."""

    instance: Path
    dataset: Path
    host: str
    port: int
    threads: int
    connections: int
    idle_seconds: int
    request_seconds: int
    public_url: str
    proxies: int
    closed_until: dt.date | None
    operator: str
    contact: str
    relief_file: Path | None
    basemap_url: str
    basemap_attribution: str

    @property
    def closed(self) -> ClosedPeriods:
        """The periods of which no table, list or map brings figures any more."""
        return ClosedPeriods(self.closed_until)

    @property
    def relief(self) -> Path | None:
        """The grid of elevations that sheets may show; None without one."""
        own = self.dataset / "relief.tif"
        return self.relief_file or (own if own.is_file() else None)

    @property
    def basemap_host(self) -> str:
        """Scheme and host of the base map for the content policy; empty without one."""
        match = re.match(r"(https?://)([^/]+)", self.basemap_url)
        return match[1] + re.sub(r"[\w-]*\{\w+\}[\w-]*", "*", match[2]) if match else ""


def read_settings(overrides: Mapping[str, object] | None = None) -> Settings:
    """Read the settings from ``overrides``, else from the environment, else the defaults.

    Raises
    ------
    InvalidInput
        A setting is not usable; ``where`` names its variable.
    """
    given = {k: str(v) for k, v in (overrides or {}).items() if v is not None}
    values: dict[str, object] = {}
    for setting in SETTINGS:
        text = given.get(setting.env, os.environ.get(setting.env, setting.default))
        try:
            values[setting.field] = setting.read(text)
        except InvalidInput as fault:
            fault.where = setting.env
            raise
    return Settings(**values)  # type: ignore[arg-type]


def environment_of(settings: Settings) -> dict[str, str]:
    """The variables from which `read_settings` reads the same settings in another process."""
    values = {each.env: getattr(settings, each.field) for each in SETTINGS}
    return {env: "" if value is None else str(value) for env, value in values.items()}
