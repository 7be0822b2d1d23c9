"""The texts for people name what exists, and leave out nothing they promise to list."""

from __future__ import annotations

import re
from pathlib import Path

import click
import pytest
from flask import Flask

from portal.cli import main
from portal.config import SETTINGS

ROOT = Path(__file__).parents[3]
TEXTS = ("README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md")
README = (ROOT / "README.md").read_text(encoding="utf-8")
# Folders from which ARCHITECTURE names a module within a row by its last part only.
TOP = ("geodata/", "layers/", "portal/", "static/", "tests/")


def text_of(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def code_of(name: str) -> list[str]:
    """What stands as code in a text, blocks line by line."""
    text = text_of(name)
    blocks = re.findall(r"```\w*\n(.*?)```", text, re.DOTALL)
    spans = re.findall(r"`([^`\n]+)`", re.sub(r"```.*?```", "", text, flags=re.DOTALL))
    lines = [line.partition("#")[0] for block in blocks for line in block.splitlines()]
    return [*spans, *lines]


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.env)
def test_the_readme_names_every_setting(setting: object) -> None:
    assert f"`{setting.env}`" in README


def test_the_readme_names_every_address_of_the_api(app: Flask) -> None:
    rules = [r.rule for r in app.url_map.iter_rules() if r.rule.startswith("/api/v1/")]
    assert len(rules) > 10
    short = [rule.removeprefix("/api/v1").replace("<path:", "<") for rule in rules]
    assert [rule for rule in short if f"`{rule}`" not in README] == []


def test_the_readme_names_every_command() -> None:
    assert [name for name in _commands() if name not in README] == []


def _commands(group: click.Group = main, words: str = "portal") -> dict[str, click.Command]:
    """The commands by their words: ``portal dataset build``."""
    context, found = click.Context(group), {}
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            found |= _commands(command, f"{words} {name}")
        else:
            found[f"{words} {name}"] = command
    return found


def _make_targets() -> list[str]:
    lines = re.findall(r"^\.PHONY: (.*)", text_of("Makefile"), re.MULTILINE)
    assert lines
    return [target for line in lines for target in line.split()]


@pytest.mark.parametrize("name", TEXTS)
def test_every_make_target_that_a_text_names_exists(name: str) -> None:
    targets = _make_targets()
    lines = "\n".join(code_of(name))
    named = re.findall(r"^(?:[A-Z]+=\S+ )*make ([a-z][\w-]*)", lines, re.MULTILINE)
    assert [target for target in named if target not in targets] == []


def test_the_readme_or_contributing_names_every_make_target() -> None:
    texts = README + text_of("CONTRIBUTING.md")
    missing = [target for target in _make_targets() if f"make {target}" not in texts]
    assert sorted(set(missing) - {"chromium", "clean", "java"}) == []


@pytest.mark.parametrize("name", TEXTS)
def test_every_command_and_option_that_a_text_names_exists(name: str) -> None:
    commands = _commands()
    for line in code_of(name):
        for words in re.findall(r"(?<![\w/.-])portal [a-z].*", line):
            known = next((c for c in commands if f"{words} ".startswith(f"{c} ")), None)
            assert known, f"{name} names the command {words!r}"
            options = {o for p in commands[known].params for o in (*p.opts, *p.secondary_opts)}
            named = re.findall(r"(?<![\w-])--[a-z][a-z-]*", words)
            assert [o for o in named if o not in options] == [], words


@pytest.mark.parametrize("name", TEXTS)
def test_every_file_that_a_text_names_exists(name: str) -> None:
    named = [span for span in code_of(name) if span.startswith(TOP) and " " not in span]
    named += re.findall(r"\]\((?!https?:|#)([^)#]+)", text_of(name))
    lost = [path for path in named if not list(ROOT.glob(_pattern(path)))]
    assert named
    assert lost == []


def _pattern(path: str) -> str:
    """A path as a pattern: ``<place>`` and ``…`` stand for any name."""
    return re.sub(r"<\w+>|…", "*", path).rstrip("/")


def test_the_version_is_the_same_everywhere() -> None:
    version = re.search(r'^version = "(.+)"', text_of("pyproject.toml"), re.MULTILINE)[1]
    assert f"version: {version}\n" in text_of("CITATION.cff")
    assert f'"version": "{version}"' in text_of("static/package.json")
    assert f"## [{version}]" in text_of("CHANGELOG.md")
