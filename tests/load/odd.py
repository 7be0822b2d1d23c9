"""Odd requests on every address: missing, doubled, huge and wrong-typed parameters and bodies."""

from __future__ import annotations

import random
import re
import time
from collections import Counter
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field

from tests.load.addresses import Examples, Operation, examples, joined, operations, valid_query
from tests.load.outcome import Outcome, Row
from tests.load.server import Answer, Served, ask

MOST_SECONDS = 5.0
MOST_MEMORY_MB = 100.0
TOGETHER = 4
MARK = "<script>alert(1)</script>"
VALUES = (
    "", " ", "0", "-1", "1.5", "1e308", "NaN", "Infinity", "9" * 400, "null", "true", "[]", "{}",
    "2025-02-30", "0001-01-01", "99999-01-01", "2025-H9", "2030/2020", "１２", "a" * 10_000,
    "ệ" * 3_000, "\x00", "a\x00b", "\u202eabc", "../../../etc/passwd", "..\\..\\x", MARK,
    "\"'><b>", "'; DROP TABLE units; --", "=cmd|' /C calc'!A0", "{{7*7}}", "${7*7}", "%s%n",
    "\ud7ff\U0001f600", "a,b,c," * 400, "a\r\nX-Odd: 1", "raw:%ff%fe", "raw:%", "raw:%zz",
    "raw:%00", "raw:a;b", "raw:%c0%ae%c0%ae/",
)  # fmt: skip
BODIES = (
    b"", b"{", b"null", b"[]", b'"a"', b"1e999", b'{"address": 1}', b'{"address": null}',
    b'{"address": ["/export/sheet.png"]}', b'{"address": "http://example.invalid/"}',
    b'{"address": "//example.invalid/x"}', b'{"address": "/export/sheet.png?dpi=1e9"}',
    b'{"address": "/export/../healthz"}', b'{"address": "' + b"a" * 50_000 + b'"}',
    b"[" * 30_000, b'{"a":' * 30_000, b'{"address": "\xff\xfe"}', b"\x00" * 100, b"9" * 6_000,
    b'{"address": "/export/sheet.svg", "address": 2}', b"a" * 200_000, b'{"address": "\\ud800"}',
)  # fmt: skip
TYPES = ("application/json", "text/plain", "multipart/form-data; boundary=x", "", "a/b; charset=ü")


@dataclass(frozen=True, slots=True)
class Request:
    """One request, and the kind of oddness it has."""

    kind: str
    method: str
    address: str
    body: bytes | None = None
    headers: dict[str, str] = field(default_factory=dict)

    def words(self) -> str:
        """How to send it again."""
        body = f" body={self.body[:60]!r} ({len(self.body)} B)" if self.body is not None else ""
        told = {n: v for n, v in self.headers.items() if n not in ("Cookie", "Authorization")}
        sent = f" {told}" if told else ""
        return f"{self.method} {self.address[:300]}{body}{sent}"


def one_request(chance: random.Random, operation: Operation, known: Examples) -> Request:
    """An odd request on an operation, chosen by ``chance``."""
    path = known.path(operation.path)
    pairs = list(valid_query(operation, known))
    names = list(operation.parameters) or ["unknown"]
    value = chance.choice(VALUES)
    kind = chance.choice(("wrong", "wrong", "doubled", "missing", "unknown", "many", "path"))
    if operation.method == "POST" and chance.random() < 0.7:
        headers = {"Content-Type": chance.choice(TYPES).encode().decode("latin-1")}
        return Request("body", "POST", path, chance.choice(BODIES), headers)
    if kind == "wrong":
        name = chance.choice(names)
        pairs = [p for p in pairs if p[0] != name] + [(name, value)]
    elif kind == "doubled":
        pairs += [(chance.choice(names), value), chance.choice(pairs or [("lang", "vi")])]
    elif kind == "missing":
        pairs = chance.sample(pairs, chance.randrange(len(pairs) + 1))
    elif kind == "unknown":
        pairs.append((chance.choice(("x", "__proto__", "", "a" * 3000, "lang[]")), value))
    elif kind == "many":
        pairs = [(chance.choice(names), chance.choice(VALUES[:16])) for _ in range(60)]
    elif "{" in operation.path:
        odd = chance.choice(
            ("%00", "..%2f..%2fetc%2fpasswd", "a" * 5000, "%ff", "-", "%3Cscript%3E")
        )
        path = operation.path.partition("{")[0] + odd + operation.path.rpartition("}")[2]
    else:
        path += chance.choice(("/", "//", "%00", "/..", ".php", "%20"))
    return Request(kind, operation.method, joined(path, pairs))


def bodies(found: list[Operation]) -> list[Request]:
    """Every odd body to every operation that reads JSON."""
    headers = {"Content-Type": "application/json"}
    return [Request("body", one.method, one.path, body, headers)
            for one in found if one.takes_json for body in BODIES]  # fmt: skip


def fault_of(answer: Answer) -> str:
    """What is wrong with an answer; empty for nothing."""
    if answer.status == 0:
        return f"no answer: {answer.body[:120]!r}"
    if b"Traceback (most recent call last)" in answer.body:
        return f"{answer.status} with a traceback"
    if answer.status >= 500:
        return f"status {answer.status}"
    if answer.seconds > MOST_SECONDS:
        return f"{answer.seconds:.1f} s (status {answer.status})"
    if MARK.encode() in answer.body and "html" in answer.header("Content-Type"):
        return "the text of the request stands in the page as HTML"
    return ""


def run(served: Served, number: int, seed: int, seconds: float) -> Outcome:
    """Send ``number`` odd requests, stopping after ``seconds``; measure time and memory."""
    known, found = examples(served.port), operations(served.port)
    for operation in found:  # What is kept for good is in the memory before.
        if operation.method == "GET" and not operation.path.startswith("/export"):
            ask(served.port, known.path(operation.path))
    before = served.resting_memory()
    chance = random.Random(seed)
    asked = bodies(found)
    left = max(0, number - len(asked))
    asked += [one_request(chance, found[at % len(found)], known) for at in range(left)]
    return sent_and_judged("odd requests", served, asked, before, seconds)


def sent_and_judged(
    what: str, served: Served, asked: Sequence[Request], before: float, seconds: float
) -> Outcome:
    """Send requests, a few at a time, and judge the answers.

    Parameters
    ----------
    what
        The name of the row of the table.
    before
        Memory of the server before, MB.
    seconds
        After which nothing more is sent.
    """
    until = time.monotonic() + seconds

    def send(one: Request) -> Answer | None:
        if time.monotonic() > until:
            return None
        return ask(served.port, one.address, one.method, body=one.body, headers=one.headers)

    with ThreadPoolExecutor(TOGETHER) as pool:
        answers = list(zip(asked, pool.map(send, asked), strict=True))
    return _judged(what, [(r, a) for r, a in answers if a is not None], before, served)


def crashes(log: str) -> list[str]:
    """What the server says of errors that nobody met with words: where they rose, how often."""
    ends = re.compile(r'  File "(.+?)", line (\d+), in (\w+)\n(?:    .*\n)+(\w[\w.]*(?:: .*)?)\n')
    found = Counter(
        f"{m[4][:200]} ({m[1].rpartition('/')[2]}:{m[2]} {m[3]})" for m in ends.finditer(log)
    )
    return [f"{number} times in the log: {words}" for words, number in found.most_common()]


def _judged(
    what: str, answers: list[tuple[Request, Answer]], before: float, served: Served
) -> Outcome:
    faults = [(r, a, words) for r, a in answers if (words := fault_of(a))]
    times = sorted(a.seconds for _, a in answers)
    codes = Counter(a.status for _, a in answers)
    spread = ", ".join(f"{code}: {n}" for code, n in sorted(codes.items()))
    crashed = sum(a.status >= 500 or a.status == 0 for _, a in answers)
    slow = sum(t > MOST_SECONDS for t in times)
    leaks = sum("traceback" in words or "as HTML" in words for _, _, words in faults)
    return Outcome(
        [
            Row(what, len(answers), "", note=spread),
            Row("  without an answer or 5xx", crashed, "", most=0),
            Row(f"  over {MOST_SECONDS:g} s", slow, "", most=0, note=f"longest {times[-1]:.1f} s"),
            Row("  with a traceback or foreign HTML", leaks, "", most=0),
            Row("memory after the flood", served.resting_memory() - before, "MB more",
                most=MOST_MEMORY_MB, note=f"before {before:.0f} MB"),
        ],
        [*crashes(served.log()), *(f"{what}: {words}: {r.words()}" for r, _, words in faults)],
    )  # fmt: skip
