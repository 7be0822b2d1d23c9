"""What the program says: in the reader's language, from one catalogue, complete in each."""

import ast
import datetime as dt
import pickle
import re
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import geodata
import layers
import portal
from geodata.errors import InvalidInput
from geodata.i18n import (
    DEFAULT_LANGUAGE,
    LANGUAGES,
    Formatted,
    Joined,
    Label,
    Message,
    Text,
    Verbatim,
    Wordings,
    languages,
    locale_of,
)
from geodata.i18n.collation import sort_key
from geodata.i18n.extract import sentences, used_labels
from geodata.i18n.languages import LOCALES
from geodata.i18n.message_catalogue import catalogue
from geodata.i18n.upkeep import faults, read_catalogue, update
from geodata.locale_numbers import format_number, format_share

PACKAGES = [Path(package.__file__).parent for package in (geodata, layers, portal)]
STATIC = PACKAGES[0].parent / "static" / "js"


def sources(*endings):
    return [p for package in PACKAGES for p in package.rglob("*") if p.suffix in endings]


@pytest.fixture(scope="module")
def said():
    return [*sentences(sources(".py"))]


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_each_language_says_every_sentence_of_the_code_and_no_other(language, said):
    labels = read_catalogue(Path(str(LOCALES)) / "en.po")
    assert [*faults(Path(str(LOCALES)) / f"{language}.po", said, labels)] == []


def test_every_label_is_used():
    files = [*sources(".py", ".html"), *STATIC.rglob("*.js")]
    known = catalogue("en").labels
    assert sorted(known.keys() - used_labels(files, known)) == []


@pytest.mark.slow
def test_a_missing_translation_is_named_and_said_in_english(tmp_path, said):
    labels = read_catalogue(Path(str(LOCALES)) / "en.po")
    path = tmp_path / "fr.po"
    path.write_bytes((LOCALES / "en.po").read_bytes())
    missing = [*faults(path, said, labels)]
    assert len(missing) == len({(s.context, s.forms[0]) for s in said}) + len(
        catalogue("en").labels
    )
    assert all("not translated" in line for line in missing)


@pytest.mark.slow
def test_an_update_keeps_translations_adds_what_is_new_and_drops_what_is_gone(tmp_path, said):
    labels = read_catalogue(Path(str(LOCALES)) / "en.po")
    path = tmp_path / "vi.po"
    path.write_bytes((LOCALES / "vi.po").read_bytes())
    gone = said[0]
    update(path, [s for s in said if s.forms != gone.forms], labels, "Tiếng Việt")
    assert [*faults(path, said, labels)] == [f"vi.po: missing {gone.forms[0]!r}"]
    update(path, said, labels, "Tiếng Việt")
    assert [*faults(path, said, labels)] == [f"vi.po: not translated {gone.forms[0]!r}"]


@pytest.mark.slow
def test_the_catalogues_stand_as_an_update_writes_them(tmp_path, said):
    labels = read_catalogue(Path(str(LOCALES)) / "en.po")
    for language in LANGUAGES:
        path = tmp_path / f"{language}.po"
        path.write_bytes((LOCALES / path.name).read_bytes())
        update(path, said, labels, locale_of(language).name)
        assert path.read_bytes() == (LOCALES / path.name).read_bytes()


def test_a_sentence_that_is_no_literal_is_refused_with_its_place(tmp_path):
    path = tmp_path / "a.py"
    path.write_text("x = 1\nMessage(f'no {x}')\n")
    with pytest.raises(ValueError, match=r"a\.py:2"):
        [*sentences([path])]


def literal(node):
    if isinstance(node, ast.JoinedStr):
        return "".join(map(literal, node.values))
    value = node.value if isinstance(node, ast.Constant) else ""
    return value if isinstance(value, str) else ""


@pytest.mark.slow
def test_words_of_the_program_are_no_data():
    """``Text("…", "…")`` of two literals would be a sentence outside the catalogue."""
    found = []
    for path in sources(".py"):
        tree = ast.parse(path.read_text("utf-8"))
        ranks = [n for n in ast.walk(tree) if isinstance(n, ast.AnnAssign)
                 and getattr(n.target, "id", "") in ("UNIT_KINDS", "KINDS")]  # fmt: skip
        exempt = {each for rank in ranks for each in ast.walk(rank)}
        found += [
            f"{path.name}:{node.lineno}"
            for node in ast.walk(tree)
            if isinstance(node, ast.Call)
            and getattr(node.func, "id", "") == "Text"
            and len(node.args) == 2
            and all(any(c.isalpha() for c in literal(a)) for a in node.args)
            and node not in exempt
            and "i18n" not in path.parts
        ]
    assert found == []


@pytest.mark.slow
def test_only_the_registry_knows_which_languages_there_are():
    asks = re.compile(r"""\b(?:lang|language)\b *[!=]==? *["'](?:vi|en)["']""")
    files = [*sources(".py", ".html"), *STATIC.rglob("*.js")]
    found = [p.name for p in files if asks.search(p.read_text("utf-8"))]
    assert found == []


def test_a_parameter_is_worded_in_the_language_of_the_sentence():
    part = Message(
        "Does not fit earlier figures: the units it was formed from had {before} ({when}), this "
        "source says {value}.",
        before=Formatted(format_number, 1742.1),
        when=Text("năm 2019", "2019"),
        value=3,
    )
    assert "1.742,1 (năm 2019)" in part["vi"]
    assert "1,742.1 (2019)" in part["en"]
    assert str(part) == part["en"]


def test_values_are_never_read_as_gaps():
    said = Message("at most {most} MB", most="{most}")
    assert said["en"] == "at most {most} MB"
    assert Message("at most {most} MB")["en"] == "at most {most} MB"


def test_plural_forms_are_those_of_the_language():
    one = Message.plural("Sum over the one unit below", "Sum over the {n} units directly below", 1)
    assert one["en"] == "Sum over the one unit below"
    assert one.counted(3)["en"] == "Sum over the 3 units directly below"
    assert one.counted(3)["vi"] == "Cộng số của 3 đơn vị trực thuộc"
    assert one["vi"] == "Cộng số của 1 đơn vị trực thuộc"


def test_the_same_english_may_be_told_apart_by_its_context():
    assert Message("value", context="role of a figure")["vi"] == "giá trị"


def test_wordings_join_and_cross_to_other_processes():
    both = Joined("; ", (Verbatim("a"), Text("b", "c")))
    assert (both["vi"], both["en"]) == ("a; b", "a; c")
    assert Wordings.of(both)["en"] == "a; c"
    said = Message("at most {most} MB", most=3)
    assert pickle.loads(pickle.dumps(said)) == said
    assert hash(said) == hash(Message("at most {most} MB", most=3))


def test_an_error_speaks_the_readers_language():
    fault = InvalidInput(Message("Value not allowed"), found="x", allowed=Message("a sum of 1"))
    assert fault.message("vi") == "Giá trị không được phép; nhận được: 'x'; được phép: tổng bằng 1"
    assert fault.message("en") == "Value not allowed; found: 'x'; allowed: a sum of 1"


def test_an_unknown_label_is_a_mistake():
    with pytest.raises(KeyError):
        Label("no.such")["vi"]


def test_the_registry_writes_days_numbers_and_shares():
    vi, en = locale_of("vi"), locale_of("en")
    assert (vi.day(dt.date(2025, 7, 1)), en.day(dt.date(2025, 7, 1))) == (
        "01/7/2025",
        "1 July 2025",
    )
    assert vi.day(dt.date(2025, 2, 1)) == "01/02/2025"
    assert (vi.month_of(dt.date(2026, 6, 1)), en.month_of(dt.date(2026, 6, 1))) == (
        "tháng 6/2026",
        "June 2026",
    )
    assert (format_share(0.123, "vi"), format_share(0.123, "en")) == ("12,3%", "12.3%")
    assert DEFAULT_LANGUAGE == "vi"


@given(st.integers(-(10**12), 10**12))
def test_numbers_are_the_same_number_in_every_language(value):
    for language in LANGUAGES:
        locale = locale_of(language)
        written = format_number(value, language)
        assert int(written.replace(locale.group, "")) == value


@pytest.mark.parametrize("language", LANGUAGES)
def test_names_of_units_stand_in_the_dictionary_order_of_vietnamese(language: str) -> None:
    # Letters before tones, đ after d, and ă after all of a: as the dictionary has them.
    ordered = ["Ba", "Bà Na", "Bán", "Bản Bo", "Bản Hon", "Bang", "Băng", "Da", "Đa", "Mường Tè"]
    for shuffled in (ordered[::-1], ordered[5:] + ordered[:5]):
        found = sorted(shuffled, key=lambda name: sort_key(name, language))
        assert found == ordered


def test_names_stand_in_the_order_that_the_registry_gives_a_language(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    row = replace(locale_of("en"), code="fr", collation="fr")
    monkeypatch.setitem(languages._REGISTRY, "fr", row)
    ordered = ["cote", "coté", "Coté", "cotée", "Đak", "ete", "Été", "été", "zone"]
    found = sorted(set(ordered), key=lambda name: sort_key(name, "fr"))
    assert [name.casefold() for name in found] == [name.casefold() for name in ordered]
    # Vietnamese has đ as a letter of its own; other dictionaries have it among d.
    assert sort_key("Đak", "fr") < sort_key("Dam", "fr")
    assert sort_key("Đak", "vi") > sort_key("Dam", "vi")
