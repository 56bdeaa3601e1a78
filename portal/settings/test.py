"""The suite: real PostgreSQL or SQLite, real Elasticsearch or the database engine."""

import tempfile
from pathlib import Path

from .base import *
from .base import SQLITE_OPTIONS, env

SECRET_KEY = "for-tests-only"
CASE_KEY_SECRETS = ["for-tests-only-too"]
ALLOWED_HOSTS = ["*"]
PORTAL_NAME = "Practice learning"
PORTAL_IS_DEMO = True
"""The suite runs on the fictional borough."""
_suffix = env("PORTAL_TEST_SUFFIX", default="")
_worker = env("PYTEST_XDIST_WORKER", default="")
_scratch = Path(tempfile.gettempdir()) / f"portal-tests{_suffix}"
_scratch.mkdir(parents=True, exist_ok=True)
MEDIA_ROOT = _scratch / "media"
TEST_SCRATCH = _scratch
"""A folder of this run's own, for locks of the suite."""

if env("PORTAL_TEST_DB", default="postgres") == "sqlite":
    DATABASES = {
        "default": {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(_scratch / "unused.sqlite3"),
            "OPTIONS": SQLITE_OPTIONS,
            "TEST": {"NAME": str(_scratch / "test.sqlite3")},
        }
    }
    PORTAL_SEARCH_ENGINE = "database"
else:
    DATABASES = {
        "default": env.db_url(
            "DATABASE_URL", default="postgres://portal:portal@127.0.0.1:5442/portal"
        )
    }
    DATABASES["default"]["TEST"] = {"NAME": f"test_portal{_suffix}"}
    PORTAL_SEARCH_ENGINE = env("SEARCH_ENGINE", default="elasticsearch")

ELASTICSEARCH_URL = env("ELASTICSEARCH_URL", default="http://127.0.0.1:9242")
PORTAL_SEARCH_INDEX_PREFIX = f"test-learning{_suffix}{_worker}"
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
AXES_ENABLED = env.bool("AXES_ENABLED", default=False)
WHITENOISE_AUTOREFRESH = True
