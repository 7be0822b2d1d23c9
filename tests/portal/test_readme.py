"""The README names every setting, every address of the API and every command."""

from __future__ import annotations

from pathlib import Path

import click
import pytest
from flask import Flask

from portal.cli import main
from portal.config import SETTINGS

README = (Path(__file__).parents[2] / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize("setting", SETTINGS, ids=lambda s: s.env)
def test_the_readme_names_every_setting(setting: object) -> None:
    assert f"`{setting.env}`" in README


def test_the_readme_names_every_address_of_the_api(app: Flask) -> None:
    rules = [r.rule for r in app.url_map.iter_rules() if r.rule.startswith("/api/v1/")]
    assert len(rules) > 10
    short = [rule.removeprefix("/api/v1").replace("<path:", "<") for rule in rules]
    assert [rule for rule in short if f"`{rule}`" not in README] == []


def test_the_readme_names_every_command() -> None:
    names = []
    for name, command in main.commands.items():
        nested = command.commands if isinstance(command, click.Group) else {}
        names += [f"portal {name} {n}" for n in nested] or [f"portal {name}"]
    assert [name for name in names if name not in README] == []
