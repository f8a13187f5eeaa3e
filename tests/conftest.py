"""What every test may ask for: people of each group, and letters that are read on the spot."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from django.contrib.auth.models import Group, User
from django.core.files.storage import storages
from django.test import Client
from pytest_django.fixtures import Settings

from cases import due
from cases.intake import receive
from cases.models import Letter
from cases.reader import read_letter


@pytest.fixture(autouse=True)
def quick_passwords(settings: Settings) -> None:
    """Passwords that take a tenth of a second each to check are for people."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def fresh_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """The number in the navigation is asked for on every page, so that queries can be counted."""
    monkeypatch.setattr(due, "COUNT_SECONDS", 0)


@pytest.fixture(autouse=True)
def letters_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Every test stores its letters in a folder of its own."""
    folder = tmp_path / "letters"
    store = storages["letters"]
    for name in ("base_location", "location"):
        monkeypatch.setitem(store.__dict__, name, str(folder))
    return folder


@pytest.fixture(autouse=True)
def exports_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings) -> Path:
    """And its exports, in another."""
    folder = tmp_path / "exports"
    settings.EXPORTS_DIR = folder
    store = storages["exports"]
    for name in ("base_location", "location"):
        monkeypatch.setitem(store.__dict__, name, str(folder))
    return folder


@pytest.fixture
def take(db: None) -> Callable[..., Letter]:
    """Receive bytes as a letter and read it at once."""

    def take(data: bytes, name: str = "letter.txt") -> Letter:
        (answer,) = receive(io.BytesIO(data), name)
        assert answer.letter, answer.sentence
        read_letter(answer.letter.pk)
        return Letter.objects.get(pk=answer.letter.pk)

    return take


def client_of(group: str) -> Client:
    user = User.objects.create_user(group, password=group, is_staff=group != "viewer")
    user.groups.add(Group.objects.get(name=group))
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def viewer(db: None) -> Client:
    return client_of("viewer")


@pytest.fixture
def analyst(db: None) -> Client:
    return client_of("analyst")


@pytest.fixture
def manager(db: None) -> Client:
    return client_of("manager")
