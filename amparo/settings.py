"""Settings of an installation. Everything a site may choose comes from the environment
(docs/reference/settings.md).

| variable | meaning | unset |
|---|---|---|
| `AMPARO_DATA` | the one folder into which the running program writes | `var` in the working folder |
| `AMPARO_TRAINING` | `1`: the fictional training world; loosens what only real people need | production |
| `AMPARO_SECRET_KEY` | signs sessions | a known one, with which production refuses to start |
| `AMPARO_KEY_FILE` | the key ring | `keys.json` in the data folder |
| `AMPARO_CHECKPOINT_FILE` | signed checkpoints; best on another machine | `checkpoints.jsonl`, same |
| `AMPARO_DATABASE` | `postgresql`: found through libpq's `PGHOST`, `PGUSER`, `PGDATABASE` … | SQLite, same |
| `AMPARO_BEHIND_PROXY` | `1`: a proxy that we trust ends HTTPS and says so in `X-Forwarded-Proto` | no |
| `AMPARO_HOSTS` | host names served, with commas between | this machine only |
| `AMPARO_PROGRAMMES` | a folder with the site's own programmes | none |
"""

import os
from pathlib import Path
from typing import Any

BASE = Path(__file__).resolve().parent
DATA = Path(os.environ.get("AMPARO_DATA") or "var").resolve()

AMPARO_TRAINING = os.environ.get("AMPARO_TRAINING") == "1"
AMPARO_KEY_FILE = Path(os.environ.get("AMPARO_KEY_FILE") or DATA / "keys.json")
AMPARO_CHECKPOINT_FILE = Path(os.environ.get("AMPARO_CHECKPOINT_FILE") or DATA / "checkpoints.jsonl")
AMPARO_LOCK_FILE = DATA / "amparo.lock"
AMPARO_PROGRAMMES = tuple(
    Path(folder) for folder in os.environ.get("AMPARO_PROGRAMMES", "").split(os.pathsep) if folder
)

AMPARO_DEFAULT_SECRET = "known-to-everybody-and-therefore-refused-outside-the-training-world"
SECRET_KEY = os.environ.get("AMPARO_SECRET_KEY") or AMPARO_DEFAULT_SECRET
DEBUG = False
ALLOWED_HOSTS = [
    name for name in os.environ.get("AMPARO_HOSTS", "localhost,127.0.0.1,[::1]").split(",") if name.strip()
]
CSRF_TRUSTED_ORIGINS = [f"https://{name}" for name in ALLOWED_HOSTS]

INSTALLED_APPS = [
    "amparo.people",
    "amparo.ledger",
    "amparo.desk",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "django_htmx",
    "csp",
    *(["amparo.training"] if AMPARO_TRAINING else []),
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "amparo.urls"
WSGI_APPLICATION = "amparo.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE / "desk"],  # each task keeps its page in its own folder
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "amparo.desk.shell.shell",
            ],
        },
    }
]

# ------------------------------------------------------------------------------------------------ database
_SQLITE: dict[str, Any] = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": DATA / "amparo.sqlite3",
    "OPTIONS": {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",
        # FULL: an acknowledged step survives a power loss. recursive_triggers: REPLACE meets the refusing
        # triggers.
        # secure_delete: a destroyed key is overwritten, not only forgotten.
        "init_command": (
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA recursive_triggers = ON;"
            "PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY; PRAGMA cache_size = -64000"
        ),
    },
}
_POSTGRESQL: dict[str, Any] = {
    "ENGINE": "django.db.backends.postgresql",
    "NAME": os.environ.get("PGDATABASE", "amparo"),
    "CONN_MAX_AGE": 60,
    "CONN_HEALTH_CHECKS": True,
}
DATABASES = {"default": _POSTGRESQL if os.environ.get("AMPARO_DATABASE") == "postgresql" else _SQLITE}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# -------------------------------------------------------------------------------------- who signs in, and how
AUTH_USER_MODEL = "people.Account"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 15}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "signin"
LOGIN_REDIRECT_URL = "worklist"
ACCOUNT_ADAPTER = "amparo.people.signin.StaffOnly"
ACCOUNT_LOGIN_METHODS = {"username", "email"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "email", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none" if AMPARO_TRAINING else "optional"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_PREVENT_ENUMERATION = True
MFA_ADAPTER = "amparo.people.signin.SealedFactors"
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
MFA_TOTP_ISSUER = "Amparo"

# Limits of tries are counted where every process of the server sees them.
CACHES = {
    "default": {"BACKEND": "django.core.cache.backends.filebased.FileBasedCache", "LOCATION": DATA / "cache"}
}

SESSION_COOKIE_NAME = "amparo"
SESSION_COOKIE_AGE = 10 * 3600
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = not AMPARO_TRAINING
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SECURE = not AMPARO_TRAINING

# ------------------------------------------------------------------------------------------------ the wire
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_HSTS_SECONDS = 0 if AMPARO_TRAINING else 365 * 86400
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if os.environ.get("AMPARO_BEHIND_PROXY") == "1" else None
)
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'none'"],
        "script-src": ["'self'"],
        "style-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "font-src": ["'self'"],
        "connect-src": ["'self'"],
        "manifest-src": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "base-uri": ["'none'"],
        "object-src": ["'none'"],
    }
}
DATA_UPLOAD_MAX_MEMORY_SIZE = 8 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

# ------------------------------------------------------------------------------------- languages, time, files
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English"), ("pt", "Português")]
LANGUAGE_COOKIE_AGE = 365 * 86400
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
FORMAT_MODULE_PATH: list[str] = []

STATIC_URL = "/static/"
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = False

EMAIL_BACKEND = (
    "django.core.mail.backends.dummy.EmailBackend"
    if AMPARO_TRAINING
    else "django.core.mail.backends.smtp.EmailBackend"
)

# ----------------------------------------------------------------------------------------------- the log file
# Times, levels and our own words only: an exception's values never reach it (see people.quiet).
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "line": {"()": "amparo.people.quiet.Quiet", "format": "%(asctime)s %(levelname)s %(message)s"}
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {"django": {"handlers": ["console"], "level": "WARNING", "propagate": False}},
}
