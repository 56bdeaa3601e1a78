"""Production refuses to start half-set, and what it serves is locked down."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as django_settings

COMPLETE = {
    "SECRET_KEY": "r4nd0m-" * 12,
    "CASE_KEY_SECRETS": "4n07h3r-" * 8,
    "ALLOWED_HOSTS": "portal.example",
    "DATABASE_URL": "postgres://portal:portal@127.0.0.1:1/portal",
    "PORTAL_URL": "https://portal.example",
}
ELASTIC = {
    "SEARCH_ENGINE": "elasticsearch",
    "ELASTICSEARCH_URL": "https://127.0.0.1:1",
    "ELASTICSEARCH_USER": "portal",
    "ELASTICSEARCH_PASSWORD": "secret",
}
SHOW = "import django; django.setup(); from django.conf import settings; print({expression})"


def started(environment: dict[str, str], expression: str = "'started'") -> tuple[bool, str]:
    """Whether production settings start with these variables alone, and what was printed."""
    run = subprocess.run(
        [sys.executable, "-c", SHOW.format(expression=expression)],
        cwd=django_settings.BASE_DIR,
        env={
            "PATH": os.environ["PATH"],
            "DJANGO_SETTINGS_MODULE": "portal.settings.production",
            **environment,
        },
        capture_output=True,
        text=True,
        timeout=120,
    )
    return run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("name", [*COMPLETE, *list(ELASTIC)[1:]])
def test_it_names_what_is_missing_and_does_not_start(name: str) -> None:
    environment = {k: v for k, v in {**COMPLETE, **ELASTIC}.items() if k != name}
    has_started, said = started(environment)
    assert not has_started
    assert f"set {name} in the environment" in said


def test_all_that_is_missing_is_named_at_once() -> None:
    has_started, said = started({})
    assert not has_started
    assert "SECRET_KEY, CASE_KEY_SECRETS, ALLOWED_HOSTS, DATABASE_URL, PORTAL_URL" in said


def test_it_starts_with_the_whole_set_and_is_locked_down() -> None:
    names = (
        "SESSION_COOKIE_SECURE",
        "CSRF_COOKIE_SECURE",
        "SESSION_COOKIE_HTTPONLY",
        "SECURE_SSL_REDIRECT",
        "SECURE_HSTS_SECONDS",
        "AXES_ENABLED",
        "DEBUG",
        "PORTAL_IS_DEMO",
    )
    has_started, said = started(
        {**COMPLETE, **ELASTIC}, f"[bool(getattr(settings, name)) for name in {names}]"
    )
    assert has_started, said
    assert said.strip().endswith("[True, True, True, True, True, True, False, False]")


def test_the_session_lasts_as_long_as_the_environment_says() -> None:
    _, said = started(
        {**COMPLETE, **ELASTIC, "SESSION_MINUTES": "20"}, "settings.SESSION_COOKIE_AGE"
    )
    assert said.strip().endswith("1200")
