"""The score of the portal's headers by the rules of Mozilla's HTTP Observatory.

Reference: HTTP Observatory, Tests & Scoring (MDN Web Docs): a baseline of 100, penalties first,
bonuses only from 90 on. What only a public host with a certificate can show (the redirection from
http, preloading) counts 0 here, and the row says so.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from tests.load.outcome import Outcome, Row
from tests.load.server import Answer, Served, ask

BASELINE, BONUS_FROM, TARGET = 100, 90, 130
SIX_MONTHS = 15_768_000
PUBLIC = "https://portal.example"
_PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
_UNSAFE = {"origin", "origin-when-cross-origin", "unsafe-url", "no-referrer-when-downgrade"}
_SCRIPT = re.compile(rb"<script\b([^>]*)>", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Mark:
    """What one test of the rules gives."""

    test: str
    result: str
    points: int


def policy_of(answer: Answer) -> dict[str, list[str]]:
    """The directives of the content security policy."""
    parts = (part.split() for part in answer.header("Content-Security-Policy").split(";"))
    return {part[0].lower(): [word.lower() for word in part[1:]] for part in parts if part}


def content_policy(policy: Mapping[str, list[str]]) -> Mark:
    """The rules for Content-Security-Policy."""
    if not policy:
        return Mark("CSP", "not implemented", -25)
    default = policy.get("default-src", ["*"])
    scripts = policy.get("script-src", default)
    broad = {"'unsafe-inline'", "data:", "*", "http:", "https:"}
    nonce = any(word.startswith(("'nonce-", "'sha")) for word in scripts)
    unsafe = broad - {"'unsafe-inline'"} if nonce else broad
    if unsafe & set(scripts) or {"*", "https:", "data:"} & set(policy.get("object-src", default)):
        return Mark("CSP", "unsafe inline or broad sources", -20)
    words = {word for name, each in policy.items() if name != "img-src" for word in each}
    if any(word.startswith("http:") for word in words):
        return Mark("CSP", "insecure scheme", -20)
    if "'unsafe-eval'" in scripts:
        return Mark("CSP", "unsafe eval", -10)
    if any(word.startswith("http:") for word in policy.get("img-src", [])):
        return Mark("CSP", "insecure scheme in passive content", -10)
    if broad & set(policy.get("style-src", default)):
        return Mark("CSP", "unsafe in style-src only", 0)
    if default == ["'none'"]:
        return Mark("CSP", "no unsafe, default-src none", 10)
    return Mark("CSP", "no unsafe", 5)


def transport(value: str) -> Mark:
    """The rules for Strict-Transport-Security."""
    age = re.search(r"max-age=\"?(\d+)", value)
    if age is None:
        return Mark("HSTS", "not implemented", -20)
    if int(age[1]) < SIX_MONTHS:
        return Mark("HSTS", "less than six months", -10)
    return Mark("HSTS", "six months or more", 0)


def referrer(value: str) -> Mark:
    """The rules for Referrer-Policy; of several the last known one holds."""
    known = [w for w in re.split(r"[,\s]+", value.lower()) if w in _PRIVATE | _UNSAFE]
    if not value:
        return Mark("Referrer-Policy", "not implemented", 0)
    if not known or known[-1] in _UNSAFE:
        return Mark("Referrer-Policy", "unsafe or unknown", -5)
    return Mark("Referrer-Policy", "private", 5)


def framing(policy: Mapping[str, list[str]], value: str) -> Mark:
    """The rules for framing, by the policy's frame-ancestors or by X-Frame-Options."""
    if "frame-ancestors" in policy and not {"*", "http:", "https:"} & set(
        policy["frame-ancestors"]
    ):
        return Mark("X-Frame-Options", "by frame-ancestors", 5)
    if value.strip().upper() in ("DENY", "SAMEORIGIN"):
        return Mark("X-Frame-Options", "by the header", 0)
    return Mark("X-Frame-Options", "not implemented", -20)


def resource_policy(value: str) -> Mark:
    """The rules for Cross-Origin-Resource-Policy."""
    if value in ("same-origin", "same-site"):
        return Mark("CORP", value, 10)
    if value in ("", "cross-origin"):
        return Mark("CORP", value or "not implemented", 0)
    return Mark("CORP", "invalid", -5)


def cookies(values: Iterable[str], secured: bool) -> Mark:
    """The rules for cookies; ``secured`` where HSTS keeps them off http."""
    flags = [{part.strip().lower().partition("=")[0] for part in v.split(";")[1:]} for v in values]
    if not flags:
        return Mark("Cookies", "none", 0)
    if not all("secure" in each for each in flags):
        return Mark("Cookies", "without Secure", -5 if secured else -20)
    if not all("httponly" in each for each in flags):
        return Mark("Cookies", "without HttpOnly", -30)
    return Mark("Cookies", "secure", 5 if all("samesite" in each for each in flags) else 0)


def scripts(body: bytes) -> Mark:
    """The rules for Subresource Integrity; scripts of the own host need none."""
    tags = _SCRIPT.findall(body)
    sources = [m[1] for tag in tags if (m := re.search(rb"src=[\"']?([^\"'\s>]+)", tag))]
    foreign = [s for s in sources if re.match(rb"(?:https?:)?//", s)]
    if not foreign:
        return Mark("SRI", "no foreign script", 0)
    insecure = any(not s.startswith(b"https:") for s in foreign)
    return Mark("SRI", "foreign scripts", -50 if insecure else -5)


def marks_of(answer: Answer) -> list[Mark]:
    """Every test on one answer."""
    policy = policy_of(answer)
    secured = transport(answer.header("Strict-Transport-Security"))
    sniff = answer.header("X-Content-Type-Options").strip().lower() == "nosniff"
    sharing = answer.header("Access-Control-Allow-Origin")
    with_login = answer.header("Access-Control-Allow-Credentials").lower() == "true"
    return [
        content_policy(policy),
        secured,
        Mark("X-Content-Type-Options", "nosniff" if sniff else "missing", 0 if sniff else -5),
        referrer(answer.header("Referrer-Policy")),
        framing(policy, answer.header("X-Frame-Options")),
        resource_policy(answer.header("Cross-Origin-Resource-Policy")),
        Mark("CORS", sharing or "not implemented", -50 if sharing and with_login else 0),
        cookies((v for n, v in answer.headers if n.lower() == "set-cookie"), secured.points == 0),
        scripts(answer.body),
        Mark("Redirection", "the proxy's, not measured", 0),
    ]


def score(marks: Iterable[Mark]) -> int:
    """Points of the whole, 0 at least."""
    points = [mark.points for mark in marks]
    reached = BASELINE + sum(p for p in points if p < 0)
    return max(0, reached + sum(p for p in points if p > 0) * (reached >= BONUS_FROM))


def run(served: Served, addresses: Iterable[str]) -> Outcome:
    """Score each address of a server whose PORTAL_PUBLIC_URL is `PUBLIC`."""
    outcome = Outcome()
    for address in addresses:
        answer = ask(served.port, address, headers={"Host": PUBLIC.partition("//")[2]})
        marks = marks_of(answer)
        lost = ", ".join(f"{m.test} {m.points:+d} ({m.result})" for m in marks if m.points)
        name = f"Observatory {address}"
        outcome.rows.append(Row(name, score(marks), "points", least=TARGET, note=lost))
        bad = [mark for mark in marks if mark.points < 0]
        outcome.faults += [
            f"observatory: {address}: {m.test}: {m.result} ({m.points})" for m in bad
        ]
    return outcome
