"""Settings are rows, texts have the same keys, and an instance makes its own store."""

import re
from pathlib import Path

import pytest
from click.testing import CliRunner

import portal
from geodata.errors import FileFault, InvalidInput
from portal.app import create_app
from portal.app_state import open_or_create_store
from portal.caching.response_cache import ResponseBody, ResponseCache
from portal.cli import main
from portal.config import SETTINGS, read_settings
from portal.security import content_policy
from portal.translations import messages, translate


def test_both_languages_have_the_same_texts():
    vi, en = messages("vi"), messages("en")
    assert set(vi) == set(en)
    for key, words in vi.items():
        assert words.strip(), key
        assert set(re.findall(r"\{\w+\}", words)) == set(re.findall(r"\{\w+\}", en[key])), key
        assert "!" not in words


def test_every_text_a_template_asks_for_exists():
    folder = Path(portal.__file__).parent
    sources = [*folder.rglob("*.html"), *folder.rglob("*.py")]
    asked = {
        key
        for path in sources
        for key in re.findall(
            r"\b(?:_|gettext)\(\s*['\"]([a-z_]+\.[a-z_]+)['\"]", path.read_text("utf-8")
        )
    }
    assert len(asked) > 50
    # A key that ends in an underscore is completed by the template: about.limit_ ~ name.
    whole = {key for key in asked if not key.endswith("_")}
    assert whole <= set(messages("vi"))


def test_values_in_texts_are_replaced_once():
    told = translate("mergers.covers", "en", how="Summed", percent="{how}")
    assert told == "Summed; the figures stand for {how} of the unit"


def test_defaults_of_the_settings(monkeypatch):
    for setting in SETTINGS:
        monkeypatch.delenv(setting.env, raising=False)
    settings = read_settings()
    assert (settings.host, settings.port, settings.basemap_url) == ("127.0.0.1", 8000, "")
    assert settings.dataset.name == "lai_chau"


def test_a_flag_that_was_not_given_leaves_the_setting_alone(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert read_settings({"PORT": None, "HOST": None}).port == 8123


def test_the_environment_is_read_when_asked_and_given_values_win(monkeypatch):
    monkeypatch.setenv("PORT", "8123")
    assert read_settings().port == 8123
    assert read_settings({"PORT": "8124"}).port == 8124


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", ""),
        ("PORT", "8000.0"),
        ("PORT", "٨٠٠٠"),
        ("PORT", "00000000199999"),
        ("PORT", "9" * 10_000),
        ("PORTAL_THREADS", "0"),
        ("PORTAL_THREADS", "257"),
        ("PORTAL_CONNECTIONS", "15"),
        ("PORTAL_CONNECTIONS", "100001"),
        ("PORTAL_IDLE_SECONDS", "0"),
        ("PORTAL_REQUEST_SECONDS", "3601"),
        ("PORTAL_THREADS", "-1"),
        ("PORTAL_BASEMAP_URL", "javascript:alert(1)"),
        ("PORTAL_BASEMAP_URL", "https://a b/{z}/{x}/{y}.png"),
        ("PORTAL_BASEMAP_URL", "https://tiles.example/{z}/{x}.png"),
        ("PORTAL_BASEMAP_URL", "https://t.example; script-src *//{z}/{x}/{y}"),
    ],
)
def test_unusable_settings_are_refused_by_name(name, value):
    with pytest.raises(InvalidInput) as caught:
        read_settings({name: value})
    assert caught.value.where == name


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("HTTP://Maps.Example/", "http://maps.example"),
        ("https://maps.example:443/Lai", "https://maps.example/Lai"),
        ("http://maps.example:80", "http://maps.example"),
        ("https://maps.example:80/", "https://maps.example:80"),
    ],
)
def test_the_origin_of_the_public_address_is_as_browsers_write_it(written: str, known: str) -> None:
    assert read_settings({"PORTAL_PUBLIC_URL": written}).public_url == known


@pytest.mark.parametrize(
    ("name", "field", "ends"),
    [
        ("PORT", "port", (1, 65535)),
        ("PORTAL_THREADS", "threads", (1, 256)),
        ("PORTAL_CONNECTIONS", "connections", (16, 100_000)),
        ("PORTAL_IDLE_SECONDS", "idle_seconds", (1, 3600)),
        ("PORTAL_REQUEST_SECONDS", "request_seconds", (1, 3600)),
    ],
)
def test_a_number_may_lie_on_either_end_of_its_range(name, field, ends):
    for number in ends:
        assert getattr(read_settings({name: number}), field) == number


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://tiles.example/{z}/{x}/{y}.png", "https://tiles.example"),
        ("https://{s}.tiles.example:8443/{z}/{x}/{y}.png", "https://*.tiles.example:8443"),
    ],
)
def test_the_base_map_is_the_only_foreign_host_and_for_pictures_only(address, host):
    settings = read_settings({"PORTAL_BASEMAP_URL": address})
    assert settings.basemap_host == host
    policy = content_policy(("'self'",), ("'self'",), settings.basemap_host)
    assert policy.count(host) == 1
    assert f"img-src 'self' data: {host}" in policy


@pytest.mark.slow
def test_an_app_makes_its_store_on_first_use_and_keeps_it(tmp_path, toy_folder):
    config = {"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder}
    app = create_app(config)
    assert app.test_client().get("/healthz").status_code == 200
    made = (tmp_path / "toy.gpkg").stat().st_mtime_ns
    app.extensions["portal"].store.close()
    again = create_app(config)
    assert (tmp_path / "toy.gpkg").stat().st_mtime_ns == made
    again.extensions["portal"].store.close()


def test_a_spoilt_or_outdated_store_is_made_anew(tmp_path, toy_folder):
    settings = read_settings({"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": toy_folder})
    (tmp_path / "toy.gpkg").write_bytes(b"SQLite format 3\x00 cut short")
    store = open_or_create_store(settings)
    assert store.info.id == "toy"
    store.close()


def test_a_missing_dataset_is_refused(tmp_path):
    with pytest.raises(FileFault):
        create_app({"PORTAL_INSTANCE": tmp_path, "PORTAL_DATASET": tmp_path / "nowhere"})


def test_the_cache_stays_within_its_size():
    body = ResponseBody(bytes(900), "text/plain")
    cache = ResponseCache(max_bytes=10 * body.size)
    for n in range(20):
        cache.put(str(n), body)
    assert cache.get("0") is None
    assert cache.get("19") is not None
    cache.put("huge", ResponseBody(bytes(2 * body.size), "text/plain"))
    assert cache.get("huge") is None


@pytest.fixture
def run(tmp_path, toy_folder):
    def call(*arguments, dataset=toy_folder):
        env = {"PORTAL_INSTANCE": str(tmp_path), "PORTAL_DATASET": str(dataset)}
        return CliRunner().invoke(main, arguments, env=env)

    return call


def test_init_makes_the_store(run, tmp_path):
    result = run("init")
    assert result.exit_code == 0, result.output
    assert (tmp_path / "toy.gpkg").is_file()


def test_info_shows_counts_and_every_setting(run):
    result = run("info")
    assert result.exit_code == 0, result.output
    assert "units: 24" in result.output
    assert all(s.env in result.output for s in SETTINGS)


def test_help_names_every_setting(run):
    assert all(s.env in run("--help").output.replace("\n  ", " ") for s in SETTINGS)


def test_a_refusal_is_one_in_both_languages_without_a_trace(run, tmp_path):
    result = run("init", dataset=tmp_path / "nowhere")
    assert result.exit_code == 2
    assert "Traceback" not in result.output
    assert "dataset.toml" in result.output


def test_check_fails_with_one_line_per_fault(run, toy_copy):
    path = toy_copy / "shipped" / "units.csv"
    path.write_text(path.read_text("utf-8").replace("90001,commune", "901,commune", 1), "utf-8")
    result = run("dataset", "check", dataset=toy_copy)
    assert result.exit_code == 1
    assert "units" in result.output


def test_a_taken_port_is_refused_in_words(run):
    import socket

    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        result = run("serve", "--port", port)
    assert result.exit_code == 2
    assert "PORT" in result.output
    assert "Traceback" not in result.output
