"""Settings of the site, read from the environment.

``REGAI_MODE`` is ``example`` (the default: SQLite under ``var/``, an embedded broker, letters that
are only shown, insecure keys) or ``production`` (everything must be set; ``regai.checks`` says in
one sentence what is missing). docs/operations.md lists every variable.
"""

import os
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext_lazy as _

from regai import assembly, logs
from regai.environment import Environment, database, decision, employer_log_in, redis_url

BASE_DIR = Path(__file__).resolve().parent.parent
ENV = Environment(os.environ)

EXAMPLE_MODE = ENV.is_example
VAR_DIR = Path(ENV.text("REGAI_VAR", str(BASE_DIR / "var")))
DEBUG = ENV.flag("REGAI_DEBUG") and EXAMPLE_MODE

SECRET_KEY = ENV.needed("REGAI_SECRET_KEY", "example-mode-only-" + "insecure" * 5)
SECRET_KEY_FALLBACKS = ENV.text("REGAI_OLD_SECRET_KEYS").split()
# Seals sole traders' numbers (Fernet keys, the first seals, all open) and finds them (HMAC).
SEALING_KEYS = ENV.needed(
    "REGAI_SEALING_KEYS", "ZXhhbXBsZS1tb2RlLW9ubHktbm90LWEtc2VjcmV0LSE="
).split()
LOOKUP_KEY = ENV.needed("REGAI_LOOKUP_KEY", "example-mode-only-lookup")
# Voting receipts are kept only as a hash under this key.
RECEIPT_KEY = ENV.needed("REGAI_RECEIPT_KEY", "example-mode-only-receipt")

SITE_URL = ENV.needed("REGAI_SITE_URL", f"http://localhost:{ENV.text('PORT', '8000')}").rstrip("/")
ALLOWED_HOSTS = ENV.needed("REGAI_HOSTS", "localhost 127.0.0.1 [::1] testserver").split()
SITE = {
    "name": "RegAI",
    "controller": ENV.needed("REGAI_CONTROLLER", "Exempelregionen (påhittad)"),
    "contact_name": ENV.needed("REGAI_CONTACT_NAME", "Exempel Kontaktsson"),
    "contact_email": ENV.needed("REGAI_CONTACT_EMAIL", "hej@example.org"),
    "contact_phone": ENV.needed("REGAI_CONTACT_PHONE", "090-123 45 67"),
    "dpo_email": ENV.needed("REGAI_DPO_EMAIL", "dataskydd@example.org"),
    "supervisory_url": ENV.text("REGAI_SUPERVISORY_URL", "https://www.digg.se/tdosanmalan"),
}
# Source: Mervärdesskattelag (2023:200) 9 kap. 2 §: the general rate, in percent.
VAT_PERCENT = Decimal(ENV.number("REGAI_VAT_PERCENT", 25))
PAYMENT_DAYS = ENV.number("REGAI_PAYMENT_DAYS", 30, least=1)
DECISION = decision(ENV)
# Where the clock fetches the European Central Bank's rates; empty: it does not.
RATES_URL = ENV.text("REGAI_RATES_URL")

DATABASES = {"default": database(ENV, VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = redis_url(ENV)
# One quick try: a request never waits for Redis, which holds nothing that cannot be done without.
REDIS_OPTIONS = {"socket_timeout": 0.5, "socket_connect_timeout": 0.5}
CACHES = {
    "default": {
        "BACKEND": "regai.caching.ForgivingCache",
        "LOCATION": REDIS_URL,
        "OPTIONS": REDIS_OPTIONS,
    }
    if REDIS_URL
    else {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}
}

INSTALLED_APPS, MIDDLEWARE = assembly.INSTALLED_APPS, assembly.MIDDLEWARE
CONTENT_SECURITY_POLICY = assembly.CONTENT_SECURITY_POLICY
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
AUTHENTICATION_BACKENDS = ["regai.backend.OneStatement"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "cohorts:my_page"
LOGOUT_REDIRECT_URL = "regai:home"
ACCOUNT_ADAPTER = "regai.adapter.AccountAdapter"
ACCOUNT_FORMS = {"request_login_code": "regai.login_forms.AskForCode"}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 15 * 60
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_NOTIFICATIONS = True  # who changes how to log in is told by letter
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_REDIRECT_URL = "regai:home"
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_RATE_LIMITS = {  # codes asked for by one address, and for one e-mail address
    "request_login_code": "1000/m/ip,100/m/key" if EXAMPLE_MODE else "20/m/ip,3/m/key"
}
# Whoever works here opens nothing without a second factor. Production cannot do without.
STAFF_SECOND_FACTOR_HOURS = 12  # then it is asked for again
STAFF_SECOND_FACTOR = ENV.flag("REGAI_STAFF_SECOND_FACTOR") or not EXAMPLE_MODE
SECOND_FACTOR_URL = "second_factor"
MFA_ADAPTER = "regai.second_factor.FactorAdapter"
MFA_FORMS = {
    "authenticate": "regai.factor_forms.Code",
    "reauthenticate": "regai.factor_forms.CodeAgain",
    "login_webauthn": "regai.factor_forms.LogIn",
    "authenticate_webauthn": "regai.factor_forms.SecondStep",
    "reauthenticate_webauthn": "regai.factor_forms.Again",
    "add_webauthn": "regai.factor_forms.Add",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute wrong
MFA_TRUST_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = EXAMPLE_MODE  # http://localhost
# The employer's own log-in (OpenID Connect), for those who work here; none unless it is set.
EMPLOYER = employer_log_in(ENV)
SOCIALACCOUNT_PROVIDERS = {"openid_connect": EMPLOYER.provider} if EMPLOYER else {}
SOCIALACCOUNT_ADAPTER = "regai.employer.EmployerAdapter"
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_LOGIN_ON_GET = True  # regai.employer sees to it that our own page asks
# How many proxies in front may be believed about who the client is.
TRUSTED_PROXIES = ENV.number("REGAI_TRUSTED_PROXIES", 0 if EXAMPLE_MODE else 1)
# How often one address may do something in a minute; 0 is as often as it likes.
LIMITS_PER_MINUTE = {
    "forms": ENV.number("REGAI_LIMIT_FORMS", 10_000 if EXAMPLE_MODE else 60),
    "links": ENV.number("REGAI_LIMIT_LINKS", 10_000 if EXAMPLE_MODE else 120),
    "receipts": ENV.number("REGAI_LIMIT_RECEIPTS", 10_000 if EXAMPLE_MODE else 20),
}

# A public page may be so old for visitors without a cookie; the example shows every change.
PUBLIC_PAGES_KEPT_SECONDS = 0 if EXAMPLE_MODE else 60

LANGUAGE_CODE = "sv"
LANGUAGES = [("sv", _("Svenska")), ("en", _("Engelska"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Europe/Stockholm"
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = Path(ENV.text("REGAI_STATIC", str(VAR_DIR / "static")))
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
# W003 looks for Django's CSRF middleware by name; regai.middleware.OriginOrToken is one of it.
SILENCED_SYSTEM_CHECKS = ["security.W003"]
if not EXAMPLE_MODE:
    SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_SSL_REDIRECT = True
    SECURE_REDIRECT_EXEMPT = [r"^healthz$", r"^readyz$"]  # asked from inside, without TLS
    SECURE_HSTS_SECONDS = 365 * 24 * 3600
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend"
    if EXAMPLE_MODE
    else "django.core.mail.backends.smtp.EmailBackend"
)
EMAIL_HOST = ENV.needed("EMAIL_HOST", "localhost")
EMAIL_PORT = ENV.number("EMAIL_PORT", 25, least=1)
EMAIL_HOST_USER = ENV.text("EMAIL_HOST_USER")
EMAIL_HOST_PASSWORD = ENV.text("EMAIL_HOST_PASSWORD")
EMAIL_USE_TLS = ENV.flag("EMAIL_USE_TLS")  # STARTTLS, mostly on port 587
EMAIL_USE_SSL = ENV.flag("EMAIL_USE_SSL")  # TLS from the first byte, mostly on port 465
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = ENV.needed("REGAI_FROM_EMAIL", "RegAI <regai@example.org>")

CELERY_TIMEZONE = TIME_ZONE
CELERY_BROKER_URL = REDIS_URL or "filesystem://"
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # the worker waits for Redis as long as it takes
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_PUBLISH_RETRY = False
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BROKER_TRANSPORT_OPTIONS = (
    {**REDIS_OPTIONS, "max_retries": 0}
    if REDIS_URL
    else {
        "data_folder_in": str(VAR_DIR / "queue"),
        "data_folder_out": str(VAR_DIR / "queue"),
        "control_folder": str(VAR_DIR / "queue-control"),
    }
)

LOG_LEVEL = ENV.chosen("REGAI_LOG_LEVEL", ("INFO", "WARNING", "ERROR", "DEBUG"))
LOGGING = logs.configuration(as_json=not EXAMPLE_MODE, level=LOG_LEVEL)

ENV.refuse_if_missing()
