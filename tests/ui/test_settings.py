from datetime import date
from pathlib import Path

import pytest

from corpus.errors import SettingsError
from corpus.records import Kind
from ingest.sites.records import Attachments
from ui.settings import SitesSettings, data_directory, load_settings

FOLDER = "[[sources]]\nname = 'ashmere'\nlocation = 'minutes'\n"
SITE = "[[sources]]\nname = 'ashmere'\nlocation = 'https://democracy.ashmere.example/'\n"


@pytest.fixture(autouse=True)
def _clean_environment(monkeypatch):
    monkeypatch.delenv("MINUTEBOOK_DATA", raising=False)


def write(folder: Path, text: str) -> Path:
    (folder / "minutebook.toml").write_text(text, encoding="utf-8")
    return folder


def test_without_a_file_everything_has_its_default(tmp_path):
    settings = load_settings(tmp_path / "not there yet")
    assert settings.model.name == "all-MiniLM-L6-v2"
    assert (settings.web.host, settings.web.port) == ("127.0.0.1", 7860)
    assert settings.sources == ()


def test_the_file_is_read(tmp_path):
    settings = load_settings(
        write(
            tmp_path,
            """
            [model]
            name = "hash"
            [answer]
            threshold = 0.7
            [[sources]]
            name = "ashmere"
            location = "minutes"
            council = "Ashmere Borough Council"
            kind = "report"
            """,
        )
    )
    assert (settings.model.name, settings.answer.threshold) == ("hash", 0.7)
    assert [(s.name, s.location, s.council, s.kind) for s in settings.sources] == [
        ("ashmere", "minutes", "Ashmere Borough Council", Kind.REPORT)
    ]


def test_a_site_is_read_with_all_its_settings(tmp_path):
    settings = load_settings(
        write(
            tmp_path,
            SITE
            + """
            council = "Ashmere Borough Council"
            since = 2015-01-31
            committees = ["Cabinet", "Roads & Bridges"]
            attachments = "reports"
            pace = 2
            contact = "clerk@ashmere.example"
            hosts = ["Minutes3.ashmere.example", "127.0.0.1:8080"]
            decisions = false
            """,
        )
    )
    (source,) = settings.sources
    assert source.is_site
    assert (source.since, source.attachments, source.pace) == (date(2015, 1, 31), Attachments.REPORTS, 2.0)
    assert source.committees == ("Cabinet", "Roads & Bridges")
    assert (source.contact, source.decisions) == ("clerk@ashmere.example", False)
    assert source.hosts == ("minutes3.ashmere.example", "127.0.0.1:8080")


def test_a_site_that_says_nothing_is_asked_as_all_sites_are(tmp_path):
    settings = load_settings(write(tmp_path, SITE))
    (source,) = settings.sources
    assert (source.since, source.committees, source.hosts, source.decisions) == (None, (), (), True)
    assert settings.sites.of(source) == settings.sites == SitesSettings()
    assert (settings.sites.contact, settings.sites.pace, settings.sites.attachments) == ("", 1.0, "minutes")


def test_what_a_site_says_goes_before_what_holds_for_all(tmp_path):
    shared = "[sites]\ncontact = 'https://minutes.example/about'\npace = 3.5\nattachments = 'all'\n"
    own = "contact = 'clerk@ashmere.example'\npace = 0\nattachments = 'none'\n"
    settings = load_settings(write(tmp_path, f"{SITE}{own}{SITE.replace('ashmere', 'tarnwick')}{shared}"))
    ashmere, tarnwick = (settings.sites.of(source) for source in settings.sources)
    assert ashmere == SitesSettings(contact="clerk@ashmere.example", pace=0, attachments=Attachments.NONE)
    assert tarnwick == settings.sites
    assert (tarnwick.contact, tarnwick.pace, tarnwick.attachments) == (
        "https://minutes.example/about",
        3.5,
        Attachments.ALL,
    )


@pytest.mark.parametrize("location", ["minutes", "/srv/minutes", "~/minutes", "../httpd", "C:/minutes"])
def test_a_path_is_no_site(tmp_path, location):
    (source,) = load_settings(write(tmp_path, FOLDER.replace("minutes", location))).sources
    assert not source.is_site


@pytest.mark.parametrize(
    "address",
    [
        "HTTP://ashmere.example",
        "https://ashmere.example/moderngov/",
        "http://127.0.0.1:8080/",
        "http://[::1]:80/",
    ],
)
def test_an_address_is_a_site(tmp_path, address):
    (source,) = load_settings(write(tmp_path, FOLDER.replace("minutes", address))).sources
    assert source.is_site


def test_the_environment_goes_before_the_file(tmp_path, monkeypatch):
    write(tmp_path, "[web]\nport = 8000\nhost = '0.0.0.0'")
    monkeypatch.setenv("MINUTEBOOK_WEB__PORT", "8080")
    settings = load_settings(tmp_path)
    assert (settings.web.port, settings.web.host) == (8080, "0.0.0.0")


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("colour = 'red'", "colour is no setting"),
        ("[model]\nnaem = 'x'", "model.naem is no setting"),
        ("[answer]\nthreshold = 2", "answer.threshold"),
        ("[web]\nport = 70000", "web.port"),
        ("[[sources]]\nname = 'a/b'\nlocation = 'x'", "sources.0.name"),
        ("[[sources]]\nname = 'a'", "sources.0.location"),
        ("[[sources]]\nname = 'a'\nlocation = 'x'\n[[sources]]\nname = 'a'\nlocation = 'y'", "two sources"),
        ("not toml", "cannot be read"),
        (f"{FOLDER}since = 2015-01-31", "sources.0: since is for sites, and minutes is none; remove it"),
        (f"{FOLDER}committees = []", "committees is for sites"),
        (f"{FOLDER}attachments = 'all'", "attachments is for sites"),
        (f"{FOLDER}pace = 1.0", "pace is for sites"),
        (f"{FOLDER}contact = 'a@b.example'", "contact is for sites"),
        (f"{FOLDER}hosts = []", "hosts is for sites"),
        (f"{FOLDER}decisions = true", "decisions is for sites"),
        (f"{SITE}committee = 'Cabinet'", "committee is for folders, and https://democracy.ashmere.example/"),
        (f"{SITE}committee = 'Cabinet'", "write committees"),
        (f"{SITE}kind = 'minutes'", "kind is for folders"),
        (FOLDER.replace("minutes", "ftp://ashmere.example"), "sources.0.location: ftp://ashmere.example is"),
        (FOLDER.replace("minutes", "file:///etc"), "neither a folder nor an address"),
        (FOLDER.replace("minutes", "https://"), "no site's address"),
        (FOLDER.replace("minutes", "https:///minutes"), "no site's address"),
        (FOLDER.replace("minutes", "https://clerk:secret@ashmere.example/"), "no site's address"),
        (FOLDER.replace("minutes", "https://ashmere.example/a b"), "no site's address"),
        (FOLDER.replace("'minutes'", '"https://ashmere.example/\\n"'), "no site's address"),
        (FOLDER.replace("minutes", "https://[ashmere/"), "sources.0.location"),
        (f"{SITE}since = 2015", "sources.0.since: write a day such as 2015-01-31"),
        (f"{SITE}since = '2015'", "write a day"),
        (f"{SITE}since = '2015-02-30'", "sources.0.since"),
        (f"{SITE}committees = 'Cabinet'", "sources.0.committees"),
        (f"{SITE}committees = ['']", "sources.0.committees.0"),
        (f"{SITE}attachments = 'some'", "sources.0.attachments: input should be 'none', 'minutes'"),
        (f"{SITE}pace = -1", "sources.0.pace"),
        (f"{SITE}pace = inf", "sources.0.pace"),
        (f"{SITE}pace = nan", "sources.0.pace"),
        (
            f"{SITE}hosts = ['https://ashmere.example']",
            "sources.0.hosts.0: 'https://ashmere.example' is no host",
        ),
        (f"{SITE}hosts = ['ashmere.example/x']", "is no host"),
        (f"{SITE}hosts = ['']", "is no host"),
        (f"{SITE}paces = 1", "sources.0.paces is no setting"),
        ("[sites]\npace = -0.5", "sites.pace"),
        ("[sites]\nattachments = 'every'", "sites.attachments"),
        ("[sites]\nsince = 2015-01-31", "sites.since is no setting"),
        ("[sites]\ncontact = 'Clerk <clerk@ashmere.example>'", "sites.contact: write a mail or web address"),
        ("[sites]\ncontact = 'a (b)'", "sites.contact"),
        ("[sites]\ncontact = '[a]'", "sites.contact"),
        ('[sites]\ncontact = "a@b.example\\r\\nCookie: x"', "sites.contact"),
        ("[sites]\ncontact = 'Siân'", "sites.contact"),
        (f"{SITE}contact = 'a{{b}}'", "sources.0.contact"),
    ],
)
def test_what_is_wrong_is_named_with_its_file(tmp_path, text, named):
    with pytest.raises(SettingsError) as caught:
        load_settings(write(tmp_path, text))
    assert named in str(caught.value)
    assert str(tmp_path / "minutebook.toml") in str(caught.value)
    assert "\n" not in str(caught.value)


def test_a_file_that_is_no_text_is_named(tmp_path):
    (tmp_path / "minutebook.toml").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings(tmp_path)


def test_an_unknown_variable_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MINUTEBOOK_PORT", "80")
    with pytest.raises(SettingsError, match="MINUTEBOOK_PORT in the environment is no setting"):
        load_settings(tmp_path)


def test_an_unknown_variable_inside_a_group_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MINUTEBOOK_WEB__PROT", "80")
    with pytest.raises(SettingsError, match="prot"):
        load_settings(tmp_path)


def test_a_variable_that_is_no_json_is_named(tmp_path, monkeypatch):
    monkeypatch.setenv("MINUTEBOOK_SITES", "fast")
    with pytest.raises(SettingsError, match=r"environment cannot be read.*sites"):
        load_settings(tmp_path)


def test_a_variable_of_the_sites_is_read(tmp_path, monkeypatch):
    monkeypatch.setenv("MINUTEBOOK_SITES__CONTACT", "clerk@ashmere.example")
    assert load_settings(tmp_path).sites.contact == "clerk@ashmere.example"


def test_the_data_directory_is_chosen_named_or_the_users_own(tmp_path, monkeypatch):
    assert data_directory(tmp_path) == tmp_path
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)
    assert tmp_path in data_directory(None).parents
    monkeypatch.setenv("MINUTEBOOK_DATA", str(tmp_path / "named"))
    assert data_directory(None) == tmp_path / "named"
    assert data_directory(tmp_path) == tmp_path
