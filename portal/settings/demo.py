"""The embedded default: one machine, SQLite, the database search engine. `make demo` and `make run`."""

from .base import *
from .base import PORTAL_STATE_DIR, env, sqlite_database

PORTAL_IS_DEMO = env.bool("PORTAL_IS_DEMO", default=True)
DEBUG = env.bool("DEBUG", default=False)
SECRET_KEY = env("SECRET_KEY", default="for-the-fictional-borough-only-never-for-real-children")
CASE_KEY_SECRETS = env.list("CASE_KEY_SECRETS", default=["for-the-fictional-borough-only"])
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
PORTAL_STATE_DIR.mkdir(parents=True, exist_ok=True)
DATABASES = {
    "default": env.db_url("DATABASE_URL")
    if env("DATABASE_URL", default="")
    else sqlite_database(PORTAL_STATE_DIR / "portal.sqlite3")
}
EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
EMAIL_FILE_PATH = PORTAL_STATE_DIR / "mail"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
