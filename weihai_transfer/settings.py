"""Settings of one installation, read from the environment. Everything it keeps lies under WEIHAI_HOME."""

import os
from importlib.util import find_spec
from pathlib import Path

import dj_database_url
from csp.constants import NONE, SELF

from weihai_transfer.lib import keys

BASE_DIR = Path(__file__).resolve().parent.parent


def flag(name, default=False):
    text = os.environ.get(name, "")
    if text not in ("", "0", "1"):
        raise ValueError(f"环境变量 {name} 只能是 0 或 1")
    return text == "1" if text else default


WEIHAI_HOME = Path(os.environ.get("WEIHAI_HOME") or BASE_DIR / "var").resolve()
os.environ["WEIHAI_HOME"] = str(WEIHAI_HOME)
WEIHAI_HOME.mkdir(mode=0o700, parents=True, exist_ok=True)
keys.create_missing()

SECRET_KEY = keys.key("session").hex()
DEBUG = flag("WEIHAI_DEBUG")
# Plain http is for the embedded installation on one machine; WEIHAI_TLS=1 behind nginx.
TLS = flag("WEIHAI_TLS")
ALLOWED_HOSTS = os.environ.get("WEIHAI_HOSTS", "localhost,127.0.0.1,[::1]").split(",")
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in ALLOWED_HOSTS if TLS and not host.startswith("[")]

INSTALLED_APPS = [
    "audit",
    "accounts",
    "tracks",
    "retirees",
    "archives",
    "party",
    "benefits",
    "handover",
    "oversight",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "guardian",
    "simple_history",
    "django_htmx",
    "django_tasks",
    "django_tasks_db",
    "axes",
    "csp",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "audit.middleware.SecurityTrail",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.auth.middleware.LoginRequiredMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "accounts.middleware.SessionLimits",
    "accounts.middleware.CurrentPost",
    "accounts.middleware.PasswordFirst",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "weihai_transfer.urls"
WSGI_APPLICATION = "weihai_transfer.wsgi.application"
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
                "oversight.frame.frame",
            ],
            "builtins": ["tracks.templatetags.face"],
        },
    }
]

DATABASES = {
    "default": dj_database_url.parse(
        os.environ.get("DATABASE_URL") or f"sqlite:///{WEIHAI_HOME / 'weihai.sqlite3'}", conn_max_age=60
    )
}
SQLITE = DATABASES["default"]["ENGINE"].endswith("sqlite3")
if SQLITE:
    # IMMEDIATE: a read that turns into a write would fail at once with "locked" (security.md 3.3).
    DATABASES["default"]["OPTIONS"] = {
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; "
            "PRAGMA recursive_triggers=ON; PRAGMA secure_delete=ON; PRAGMA temp_store=MEMORY;"
        ),
    }
# History is read by object and by operation; an index over its dates would be paid by every write.
SIMPLE_HISTORY_DATE_INDEX = False
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "guardian.backends.ObjectPermissionBackend",
]
GUARDIAN_MONKEY_PATCH_USER = False
ANONYMOUS_USER_NAME = None
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("username", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "accounts.passwords.ThreeKinds"},
    {"NAME": "accounts.passwords.NotUsedBefore"},
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "oversight:workbench"
LOGOUT_REDIRECT_URL = "login"

AXES_FAILURE_LIMIT = 5
AXES_COOLOFF_TIME = 1 / 3
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_RESET_ON_SUCCESS = True
AXES_VERBOSE = False
# Logins are security events of our own (audit), kept append-only.
AXES_DISABLE_ACCESS_LOG = True

SESSION_COOKIE_AGE = 8 * 3600
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_FAILURE_VIEW = "oversight.views.errors.stale_form"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE_SSL_REDIRECT = TLS
if TLS:
    SESSION_COOKIE_NAME, CSRF_COOKIE_NAME = "__Host-session", "__Host-csrf"
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
# Subdomains and preload lists are for the owner of the domain to decide, not for one site on it.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021"]
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
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
        "object-src": [NONE],
    }
}

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_I18N = True
USE_TZ = True
DATE_FORMAT = "Y-m-d"
FORMAT_MODULE_PATH = ["weihai_transfer.formats"]

STATIC_URL = "static/"
STATIC_ROOT = WEIHAI_HOME / "static"


def carried_by(package, *parts):
    """A folder inside an installed package that we take files from; the package itself is no app of ours."""
    return Path(find_spec(package).origin).parent.joinpath(*parts)


STATICFILES_DIRS = [BASE_DIR / "static", ("tabler", carried_by("jazzy_tabler", "static", "vendor", "tabler"))]
# The folder around this file holds scripts of the carrier's own; only the file itself is taken.
CARRIED_FILES = [("echarts", carried_by("django_layuix", "static", "layui", "js", "echarts.min.js"))]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "weihai_transfer.lib.staticfiles.CarriedFiles",
]
# Tests and a developer's own server read the files where they lie; an installation collects and hashes them.
PLAIN_STATIC = flag("WEIHAI_PLAIN_STATIC", DEBUG)
WHITENOISE_USE_FINDERS = PLAIN_STATIC
WHITENOISE_ALLOW_ALL_ORIGINS = False
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": WEIHAI_HOME / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if PLAIN_STATIC
        else "weihai_transfer.lib.staticfiles.HouseStaticFilesStorage"
    },
}
UPLOADS = WEIHAI_HOME / "uploads"
FILE_UPLOAD_TEMP_DIR = None
FILE_UPLOAD_HANDLERS = ["django.core.files.uploadhandler.TemporaryFileUploadHandler"]
FILE_UPLOAD_PERMISSIONS = 0o600
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
# What retirees may not import, it is told by name: who opens the tracks of newly imported people.
OPEN_TRACKS = "handover.opening.open_tracks"
CLOSE_TRACKS = "handover.opening.unopen_tracks"
# A dossier that was lost on the way opens a problem; archives lies below the app that keeps problems.
LOST_DOSSIERS = "handover.services.problems.open_for_lost"

# The address at which people reach the site, for letters that lead there; without a mail server none is sent.
SITE_URL = os.environ.get("WEIHAI_URL", "")
EMAIL_HOST = os.environ.get("WEIHAI_MAIL_HOST", "")
EMAIL_PORT = int(os.environ.get("WEIHAI_MAIL_PORT") or 25)
EMAIL_HOST_USER = os.environ.get("WEIHAI_MAIL_USER", "")
EMAIL_HOST_PASSWORD = os.environ.get("WEIHAI_MAIL_PASSWORD", "")
DEFAULT_FROM_EMAIL = os.environ.get("WEIHAI_MAIL_FROM", "")
# On 465 the connection itself is encrypted, on other ports it becomes so by STARTTLS.
EMAIL_USE_SSL = flag("WEIHAI_MAIL_TLS") and EMAIL_PORT == 465
EMAIL_USE_TLS = flag("WEIHAI_MAIL_TLS") and not EMAIL_USE_SSL
EMAIL_TIMEOUT = 15

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "{asctime} {levelname} {name} {message}", "style": "{"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
