"""The forms of a page as a browser would fill them in and send them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin

_BOUNDARY = "load-boundary"
CONTENT_TYPE = f"multipart/form-data; boundary={_BOUNDARY}"


@dataclass(frozen=True, slots=True)
class Form:
    """A form of a page: where it goes, its fields as they stand, the names of its files."""

    page: str
    action: str
    fields: dict[str, str]
    files: tuple[str, ...] = ()


@dataclass(slots=True)
class _FormReader(HTMLParser):
    """Collects the forms that post."""

    page: str
    found: list[Form] = field(default_factory=list)
    _open: tuple[str, dict[str, str], list[str]] | None = None
    _select: str = ""

    def __post_init__(self) -> None:
        HTMLParser.__init__(self)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "form":
            posts = given.get("method", "").lower() == "post"
            action = urljoin(self.page, given.get("action") or self.page)
            self._open = (action, {}, []) if posts else None
        elif self._open is not None:
            self._field(tag, given)

    def _field(self, tag: str, given: dict[str, str]) -> None:
        assert self._open is not None
        _, fields, files = self._open
        name = given.get("name", "")
        if tag == "select":
            self._select = name
        elif tag == "option" and self._select:
            if "selected" in given or self._select not in fields:
                fields[self._select] = given.get("value", "")
        elif not name:
            return
        elif given.get("type") == "file":
            files.append(name)
        elif tag in ("input", "textarea", "button"):
            unticked = given.get("type") in ("checkbox", "radio") and "checked" not in given
            if not unticked or name not in fields:
                fields[name] = given.get("value", "")

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "form" and self._open is not None:
            action, fields, files = self._open
            self.found.append(Form(self.page, action, fields, tuple(files)))
            self._open = None


def forms_of(page: str, html: str) -> list[Form]:
    """The forms of a page that post something."""
    reader = _FormReader(page)
    reader.feed(html)
    return reader.found


def multipart(fields: dict[str, str], files: dict[str, tuple[str, str | bytes]]) -> bytes:
    """A form with files, as browsers send it (RFC 7578)."""
    parts = [(f'name="{name}"', value) for name, value in fields.items()]
    parts += [(f'name="{n}"; filename="{name}"', content) for n, (name, content) in files.items()]
    whole = bytearray()
    for head, content in parts:
        data = content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content
        whole += f"--{_BOUNDARY}\r\nContent-Disposition: form-data; {head}\r\n\r\n".encode()
        whole += data + b"\r\n"
    return bytes(whole) + f"--{_BOUNDARY}--\r\n".encode()
