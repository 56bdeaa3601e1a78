"""In use. Starts only when everything that it needs is said in the environment."""

from django.core.exceptions import ImproperlyConfigured

from .base import *
from .base import PORTAL_SEARCH_ENGINE, env


def needed(*names: str) -> None:
    """Refuse to start, naming all that is missing at once."""
    missing = [name for name in names if not env(name, default="")]
    if missing:
        raise ImproperlyConfigured(
            "The portal cannot start: set " + ", ".join(missing) + " in the environment "
            "(see deploy/environment.template)."
        )


needed("SECRET_KEY", "CASE_KEY_SECRETS", "ALLOWED_HOSTS", "DATABASE_URL", "PORTAL_URL")
if PORTAL_SEARCH_ENGINE == "elasticsearch":
    needed("ELASTICSEARCH_URL", "ELASTICSEARCH_USER", "ELASTICSEARCH_PASSWORD")

DEBUG = False
# The editors' desk shows previews in a frame of the same site, hence SAMEORIGIN and not DENY.
SILENCED_SYSTEM_CHECKS = ["security.W019"]
SECRET_KEY = env("SECRET_KEY")
CASE_KEY_SECRETS = env.list("CASE_KEY_SECRETS")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
DATABASES = {"default": env.db_url("DATABASE_URL")}
DATABASES["default"]["CONN_MAX_AGE"] = 600
DATABASES["default"]["CONN_HEALTH_CHECKS"] = True
CSRF_TRUSTED_ORIGINS = [env("PORTAL_URL")]
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=True)
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = env.int("SECURE_HSTS_SECONDS", default=31_536_000)
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
CSRF_COOKIE_SECURE = True
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
EMAIL_CONFIG = env.email_url("EMAIL_URL", default="smtp://localhost:25")
vars().update(EMAIL_CONFIG)
