"""Every setting of On Record. Each environment variable is read here, once.

docs/settings.md lists them.
"""

import secrets
from pathlib import Path

from csp.constants import NONE, SELF
from django.core.exceptions import ImproperlyConfigured
from environs import Env

from reader import __version__

env = Env()

BASE_DIR = Path(__file__).resolve().parent.parent

# "production" is the default, so that a forgotten variable never opens a site: demo and test are
# asked for by name.
MODE = env.str("ON_RECORD_ENV", "production")
if MODE not in {"production", "demo", "test"}:
    raise ImproperlyConfigured(f"ON_RECORD_ENV is {MODE!r}: use production, demo or test.")

# The demo's accounts have a password that everybody knows: its data stand apart from a real site's.
_DEFAULT_DATA_DIR = BASE_DIR / "var" / "demo" if MODE == "demo" else BASE_DIR / "var"
DATA_DIR = Path(env.str("DATA_DIR", str(_DEFAULT_DATA_DIR))).resolve()


def _secret_key() -> str:
    """SECRET_KEY from the environment; the demo makes one and keeps it beside its data."""
    key = env.str("SECRET_KEY", "")
    if key or MODE == "test":
        return key or "only-for-tests"
    if MODE == "production":
        raise ImproperlyConfigured(
            "SECRET_KEY is not set. Make one with\n"
            '    python3 -c "import secrets; print(secrets.token_urlsafe(50))"\n'
            "and put it in the environment as SECRET_KEY. To try On Record out, "
            "use `make demo` or set ON_RECORD_ENV=demo."
        )
    path = DATA_DIR / "secret_key"
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = _secret_key()
DEBUG = env.bool("DEBUG", False)
# A demo answers on whatever name the machine has; production names its hosts.
ALLOWED_HOSTS = env.list(
    "ALLOWED_HOSTS", ["localhost", "127.0.0.1", "[::1]"] if MODE == "production" else ["*"]
)
CSRF_TRUSTED_ORIGINS: list[str] = env.list("CSRF_TRUSTED_ORIGINS", [])
SITE_NAME = env.str("SITE_NAME", "On Record")
# Shown on public pages where a project names no contact of its own.
SITE_CONTACT = env.str("SITE_CONTACT", "")

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.admin",
    "django_htmx",
    "csp",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "pgtrigger",
    "pghistory",
    "procrastinate.contrib.django",
    "reader",
    "annotations",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "reader.middleware.GZip",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "pghistory.middleware.HistoryMiddleware",
    "reader.middleware.Preferences",
    "reader.middleware.OnlyByForm",
    "reader.middleware.MovedProjects",
]

ROOT_URLCONF = "reader.urls"
WSGI_APPLICATION = "reader.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "reader.context_processors.site",
            ]
        },
    }
]

# Database: any Postgres 15+ named by DATABASE_URL, else the embedded server (reader.database).
if env.str("DATABASE_URL", ""):
    DATABASES = {"default": env.dj_db_url("DATABASE_URL")}
else:
    DATABASES = {"default": {"ENGINE": "reader.database", "NAME": "onrecord", "USER": "onrecord"}}
# A kept connection saves each request the handshake; the check survives a restarted server.
DATABASES["default"].update(CONN_MAX_AGE=600, CONN_HEALTH_CHECKS=True)
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# allauth counts attempts here: it must be shared by all processes, and Postgres already is.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "cache",
        # Django's 300 would let a flood of attempts push out the counts of others.
        "OPTIONS": {"MAX_ENTRIES": 100_000},
    },
    # Public pages as they were last rendered, by what they were rendered from (public_page_stamp).
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "TIMEOUT": None,
        "OPTIONS": {"MAX_ENTRIES": 200},
    },
}

# Accounts
AUTH_USER_MODEL = "reader.User"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
if MODE == "test":
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "reader.accounts.Adapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[{SITE_NAME}] "
ACCOUNT_FORMS = {
    "login": "reader.accounts.Login",
    "change_password": "reader.accounts.ChangePassword",
    "reset_password": "reader.accounts.ResetPassword",
    "reset_password_from_key": "reader.accounts.ChoosePassword",
    "reauthenticate": "reader.accounts.Reauthenticate",
}
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = False
ACCOUNT_SESSION_REMEMBER = None
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME
MFA_TOTP_TOLERANCE = 1  # in steps of 30 seconds: clocks of phones drift
# An address cannot be verified without e-mail; an invitation has vouched for it.
MFA_ALLOW_UNVERIFIED_EMAIL = True
# How many proxies stand in front: allauth and the reply form count attempts per client address.
ALLAUTH_TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", 0)

# E-mail is optional: without EMAIL_URL nothing is sent, and `manage.py reset_link` prints links.
EMAIL_ENABLED = bool(env.str("EMAIL_URL", ""))
if EMAIL_ENABLED:
    vars().update(env.dj_email_url("EMAIL_URL"))
else:
    EMAIL_BACKEND = "django.core.mail.backends.dummy.EmailBackend"
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", "on-record@localhost")

# Static files: tests and debugging take them as they were written, a site under hashed names.
AS_WRITTEN = MODE == "test" or DEBUG
STATIC_URL = "static/"
STATIC_ROOT = DATA_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if AS_WRITTEN
        else "reader.static_storage.ModuleManifestStorage"
    },
}
WHITENOISE_USE_FINDERS = AS_WRITTEN

# Security. Only files of our own origin act on a page: no inline script, style or handler.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "manifest-src": [SELF],
    }
}
# The server opens addresses that people type. Only tests let it open those of its own machine.
FETCH_ALLOW_PRIVATE = env.bool("FETCH_ALLOW_PRIVATE", False)
# A pasted article may have 2 MB; a larger form must still arrive, so that it can be told so.
DATA_UPLOAD_MAX_MEMORY_SIZE = 10_000_000
# A worker that shows no sign of life for so long is dead, and others take up its jobs; it takes
# at most twice the time. Shorter only in tests.
WORKER_STALLED_SECONDS = env.float("WORKER_STALLED_SECONDS", 30)
HTTPS = env.bool("HTTPS", False)
# Browsers themselves offer passkeys over https and on localhost only.
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not HTTPS
SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^healthz$"]
SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# Language and time
LANGUAGE_CODE = "en"
LANGUAGES = [("en", "English")]
LOCALE_PATHS = [BASE_DIR / "reader" / "locale"]
FORMAT_MODULE_PATH = "reader.locale"
TIME_ZONE = env.str("TIME_ZONE", "UTC")
USE_TZ = True
USE_I18N = True

VERSION = __version__

# The history keeps who and where from; a page that only reads writes no history.
PGHISTORY_MIDDLEWARE_METHODS = ("POST", "PUT", "PATCH", "DELETE")

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
    # They report what is wrong with a page; whoever asked for it is told in words.
    "loggers": {name: {"level": "CRITICAL"} for name in ("htmldate", "readability", "trafilatura")},
}
