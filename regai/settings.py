"""Settings of the site, read from the environment.

``REGAI_MODE`` is ``example`` (the default: SQLite under ``var/``, an embedded broker, letters that
are only shown, insecure keys) or ``production`` (everything must be set; ``regai.checks`` says in
one sentence what is missing). docs/operations.md lists every variable.
"""

import os
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from django.utils.translation import gettext_lazy as _

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = os.environ


def _chosen(name: str, allowed: tuple[str, ...]) -> str:
    """Return a variable that must be one of a few words; the first is the default."""
    value = ENV.get(name, allowed[0])
    if value not in allowed:
        raise ImproperlyConfigured(f"{name} is {value!r}: it must be {' or '.join(allowed)}.")
    return value


def _needed(name: str, example: str) -> str:
    """Return a variable that production must set itself."""
    if value := ENV.get(name, ""):
        return value
    if EXAMPLE_MODE:
        return example
    raise ImproperlyConfigured(f"{name} must be set in production: see docs/operations.md.")


EXAMPLE_MODE = _chosen("REGAI_MODE", ("example", "production")) == "example"
VAR_DIR = Path(ENV.get("REGAI_VAR", BASE_DIR / "var"))
DEBUG = ENV.get("REGAI_DEBUG") == "1" and EXAMPLE_MODE

SECRET_KEY = _needed("REGAI_SECRET_KEY", "example-mode-only-" + "insecure" * 5)
SECRET_KEY_FALLBACKS = ENV.get("REGAI_OLD_SECRET_KEYS", "").split()
# Seals sole traders' numbers (Fernet keys, the first seals, all open) and finds them (HMAC).
SEALING_KEYS = _needed("REGAI_SEALING_KEYS", "ZXhhbXBsZS1tb2RlLW9ubHktbm90LWEtc2VjcmV0LSE=").split()
LOOKUP_KEY = _needed("REGAI_LOOKUP_KEY", "example-mode-only-lookup")
# Voting receipts are kept only as a hash under this key.
RECEIPT_KEY = _needed("REGAI_RECEIPT_KEY", "example-mode-only-receipt")

SITE_URL = _needed("REGAI_SITE_URL", f"http://localhost:{ENV.get('PORT', '8000')}").rstrip("/")
ALLOWED_HOSTS = _needed("REGAI_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()
SITE = {
    "name": "RegAI",
    "controller": _needed("REGAI_CONTROLLER", "Exempelregionen (påhittad)"),
    "contact_name": _needed("REGAI_CONTACT_NAME", "Exempel Kontaktsson"),
    "contact_email": _needed("REGAI_CONTACT_EMAIL", "hej@example.org"),
    "contact_phone": _needed("REGAI_CONTACT_PHONE", "090-123 45 67"),
    "dpo_email": _needed("REGAI_DPO_EMAIL", "dataskydd@example.org"),
    "supervisory_url": ENV.get("REGAI_SUPERVISORY_URL", "https://www.digg.se/tdosanmalan"),
}

try:
    DATABASES = {
        "default": dj_database_url.parse(
            ENV.get("DATABASE_URL") or f"sqlite:///{VAR_DIR / 'regai.sqlite3'}",
            conn_max_age=600,
            conn_health_checks=True,
        )
    }
except (ValueError, KeyError) as wrong:
    raise ImproperlyConfigured(
        "DATABASE_URL cannot be read: it must look like postgres://user:password@host:5432/name"
        " or sqlite:////path/to/file."
    ) from wrong
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
    }
    if not EXAMPLE_MODE:
        raise ImproperlyConfigured("DATABASE_URL must name a PostgreSQL database in production.")
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = ENV.get("REDIS_URL", "") if EXAMPLE_MODE else _needed("REDIS_URL", "")
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": {"socket_timeout": 0.5, "socket_connect_timeout": 0.5},
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

INSTALLED_APPS = [
    "django.contrib.contenttypes",
    "django.contrib.auth",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.forms",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "accounts",
    "outbox",
    "companies",
    "deminimis",
    "voting",
    "cohorts",
    "reports",
    "regai.apps.RegaiConfig",
    "django.contrib.admin",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "regai.middleware.OriginOrToken",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]
ROOT_URLCONF = "regai.urls"
WSGI_APPLICATION = "regai.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "builtins": ["django.templatetags.i18n", "regai.templatetags.swedish"],
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "regai.context.site",
            ],
        },
    }
]
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

AUTH_USER_MODEL = "accounts.User"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "cohorts:my_page"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "regai.adapter.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = False
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "/"

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(ENV.get("REGAI_STATIC", VAR_DIR / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR_DIR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if EXAMPLE_MODE
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
WHITENOISE_USE_FINDERS = EXAMPLE_MODE
WHITENOISE_AUTOREFRESH = False

DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2_000
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024

SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CSRF_FAILURE_VIEW = "regai.errors.csrf_failure"
if not EXAMPLE_MODE:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend"
    if EXAMPLE_MODE
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = ENV.get("EMAIL_HOST", "localhost")
EMAIL_PORT = int(ENV.get("EMAIL_PORT", "25"))
EMAIL_HOST_USER = ENV.get("EMAIL_HOST_USER", "")
EMAIL_HOST_PASSWORD = ENV.get("EMAIL_HOST_PASSWORD", "")
EMAIL_USE_TLS = ENV.get("EMAIL_USE_TLS", "") == "1"
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = _needed("REGAI_FROM_EMAIL", "RegAI <regai@example.org>")

CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
    if REDIS_URL
    else {
        "data_folder_in": str(VAR_DIR / "queue"),
        "data_folder_out": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue-control"),
    }
)
