"""Settings, from the environment. Every variable is listed in docs/production.md.

Safe by default: DEBUG is off, and what cannot have a safe default must be set.
"""

from datetime import timedelta
from pathlib import Path

import environ
from csp.constants import NONE, SELF
from kombu import Exchange, Queue

BASE_DIR = Path(__file__).resolve().parent.parent
env = environ.Env()

DEBUG = env.bool("DEBUG", default=False)
# Without these three only `manage.py read_letter` runs: see imrsite.required.
SECRET_KEY = env.str("SECRET_KEY", default="")
DATABASE_URL = env.str("DATABASE_URL", default="")
CELERY_BROKER_URL = env.str("CELERY_BROKER_URL", default="")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1"] if DEBUG else [])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[])

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django_filters",
    "rest_framework",
    "drf_spectacular",
    "auditlog",
    "axes",
    "reviews",
    "cases",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "imrsite.access.LoginRequiredMiddleware",
    "imrsite.access.SessionAgeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "imrsite.access.AuditMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "imrsite.urls"
WSGI_APPLICATION = "imrsite.wsgi.application"

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
                "cases.navigation.navigation",
            ],
        },
    },
]

# Database: PostgreSQL is the only truth.
DATABASES = {}
if DATABASE_URL:
    DATABASES["default"] = env.db_url_config(DATABASE_URL) | {
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
    }
    DATABASES["default"]["OPTIONS"] = {
        "connect_timeout": 5,
        # Compiling a query costs more than any page's or export's query gains by it.
        "options": "-c jit=off",
        **DATABASES["default"].get("OPTIONS", {}),
    }
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

# Broker: rings the readers, holds nothing that may not be lost. Why each: docs/production.md.
CELERY_TASK_DEFAULT_QUEUE = "letters"
CELERY_TASK_QUEUES = [
    Queue(name, Exchange(name), routing_key=name)
    for name in ("letters", "sweeps", "scans", "exports")
]
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True  # safe to deliver twice: the claim lets one through
CELERY_TASK_REJECT_ON_WORKER_LOST = False  # a letter that kills its worker must not loop
# The outermost belt: a letter has limits of its own. Soft is an outcome, hard kills the reader.
CELERY_TASK_SOFT_TIME_LIMIT = env.int("READ_SOFT_SECONDS", default=90)
CELERY_TASK_TIME_LIMIT = env.int("READ_HARD_SECONDS", default=120)
SCAN_SOFT_SECONDS = env.int("SCAN_SOFT_SECONDS", default=330)  # a page takes seconds
SCAN_HARD_SECONDS = env.int("SCAN_HARD_SECONDS", default=360)
EXPORT_SOFT_SECONDS = env.int("EXPORT_SOFT_SECONDS", default=1800)  # a million rows of XLSX: 5 min
EXPORT_HARD_SECONDS = env.int("EXPORT_HARD_SECONDS", default=1860)
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_MAX_TASKS_PER_CHILD = 200
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 30
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_ENABLE_REMOTE_CONTROL = env.bool("WORKER_REMOTE_CONTROL", default=True)
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None  # however long the broker is away
CELERY_BROKER_TRANSPORT_OPTIONS = {
    # Above the readers' hard limits, or a letter would be read twice at once. An export may take
    # longer: its bell, rung again meanwhile, finds it claimed.
    "visibility_timeout": env.int("BROKER_VISIBILITY_SECONDS", default=600),
    "socket_timeout": 2,  # a hung broker must not hang an upload
    "socket_connect_timeout": 2,
    "health_check_interval": 30,
}
READ_ON_SECONDS = env.float("READ_ON_SECONDS", default=2)  # with what waits, after a bell's letter
SWEEP_SECONDS = env.int("SWEEP_SECONDS", default=30)
SWEEP_GRACE = env.int("SWEEP_GRACE", default=20)  # a bell just rung may still be on its way
READERS_SILENT = env.int("READERS_SILENT", default=120)  # seconds until the pages say so
WAITING_TOO_LONG = env.int("WAITING_TOO_LONG", default=600)  # seconds until the log warns
CELERY_BEAT_SCHEDULE = {
    "sweep": {
        "task": "cases.tasks.sweep",
        "schedule": timedelta(seconds=SWEEP_SECONDS),
        "options": {"queue": "sweeps", "expires": SWEEP_SECONDS},
    },
}

# Letters: where the files are, and what a file may be.
LETTERS_DIR = env.path("LETTERS_DIR", default=str(BASE_DIR / "var" / "letters"))
LETTER_MAX_BYTES = env.int("LETTER_MAX_BYTES", default=10 * 1024 * 1024)  # largest seen: 99 KB
LETTER_MAX_PAGES = env.int("LETTER_MAX_PAGES", default=200)  # largest seen: 10
ZIP_MAX_FILES = env.int("ZIP_MAX_FILES", default=200)
ZIP_MAX_RATIO = env.int("ZIP_MAX_RATIO", default=100)  # expanded to compressed size
ZIP_MAX_BYTES = env.int("ZIP_MAX_BYTES", default=200 * 1024 * 1024)
# What opening and reading a file may take, in a child process. See docs/reliability.md.
EXTRACT_WALL_SECONDS = env.int("EXTRACT_WALL_SECONDS", default=20)  # a letter takes milliseconds
EXTRACT_CPU_SECONDS = env.int("EXTRACT_CPU_SECONDS", default=20)  # for each file anew
EXTRACT_MEMORY_BYTES = env.int("EXTRACT_MEMORY_BYTES", default=512 * 1024 * 1024)  # address space
EXTRACT_MAX_CHARACTERS = env.int("EXTRACT_MAX_CHARACTERS", default=2_000_000)  # letters: 6,100
EXTRACT_MAX_REPLY_BYTES = env.int("EXTRACT_MAX_REPLY_BYTES", default=64 * 1024 * 1024)
ATTEMPTS_MAX = env.int("ATTEMPTS_MAX", default=4)
# No heartbeat: a lease is longer than any try can take.
LEASE_SECONDS = env.int("LEASE_SECONDS", default=3 * CELERY_TASK_TIME_LIMIT)
SCAN_LEASE_SECONDS = env.int("SCAN_LEASE_SECONDS", default=3 * SCAN_HARD_SECONDS)
DATABASE_PATIENCE = env.int("DATABASE_PATIENCE", default=45)  # seconds a reader outlasts a restart
OCR = env.bool("OCR", default=True)
# What recognising a scan may take, page by page, in a child process of its own.
SCAN_PAGE_SECONDS = env.int("SCAN_PAGE_SECONDS", default=60)  # wall clock and CPU; usual: 2 to 5
SCAN_MEMORY_BYTES = env.int("SCAN_MEMORY_BYTES", default=1024**3)  # address space
SCAN_MAX_PAGES = env.int("SCAN_MAX_PAGES", default=40)  # must be done within SCAN_SOFT_SECONDS

# Exports that are written in the background.
EXPORTS_DIR = env.path("EXPORTS_DIR", default=str(BASE_DIR / "var" / "exports"))
EXPORT_KEEP_DAYS = env.int("EXPORT_KEEP_DAYS", default=7)
EXPORT_LEASE_SECONDS = env.int("EXPORT_LEASE_SECONDS", default=30)  # renewed every second
VERSION = env.str("IMRSITE_VERSION", default="unreleased")  # told in files that are taken out

STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "letters": {
        "BACKEND": "cases.storage.LetterStorage",
        "OPTIONS": {
            "location": str(LETTERS_DIR),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "exports": {
        "BACKEND": "cases.storage.LetterStorage",
        "OPTIONS": {
            "location": str(EXPORTS_DIR),
            "file_permissions_mode": 0o600,
            "directory_permissions_mode": 0o700,
        },
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage"
    },
}
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_TEMP_DIR = env.str("FILE_UPLOAD_TEMP_DIR", default=None)
DATA_UPLOAD_MAX_NUMBER_FILES = 1000
DATA_UPLOAD_MAX_NUMBER_FIELDS = 10_000  # ticked cases

# Static files are served by the web process (whitenoise).
STATIC_URL = "/static/"
STATIC_ROOT = env.path("STATIC_ROOT", default=str(BASE_DIR / "var" / "static"))
STATICFILES_DIRS = [BASE_DIR / "static"]
WHITENOISE_USE_FINDERS = DEBUG

# People.
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "login"
LOGIN_REDIRECT_URL = "home"
LOGOUT_REDIRECT_URL = "login"

SESSION_COOKIE_AGE = 30 * 60  # idle, as imrsite.access notes it
SESSION_EXPIRE_AT_BROWSER_CLOSE = False
SESSION_LONGEST = timedelta(hours=12)

# Password guessing: lock the pair of user and address, not a whole office.
AXES_FAILURE_LIMIT = 6
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_CLIENT_IP_CALLABLE = "imrsite.access.client_ip"
AXES_LOCKOUT_TEMPLATE = "registration/locked.html"
AXES_VERBOSE = False
PROXY_COUNT = env.int("PROXY_COUNT", default=0)  # trusted proxies in front of gunicorn
READYZ_TOKEN = env.str("READYZ_TOKEN", default="")  # lets a monitor ask /readyz

# The API: tokens only, JSON only. Throttled a user, counted by each web process for itself.
API_TOKENS_MOST = env.int("API_TOKENS_MOST", default=10)  # of one user
API_RATE = env.str("API_RATE", default="600/min")
REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["cases.api.access.TokenAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["cases.api.access.HasRight"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_PARSER_CLASSES": [],
    "DEFAULT_THROTTLE_CLASSES": ["rest_framework.throttling.UserRateThrottle"],
    "DEFAULT_THROTTLE_RATES": {"user": API_RATE},
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "URL_FORMAT_OVERRIDE": None,  # `format` is no parameter here
}
SPECTACULAR_SETTINGS = {
    "TITLE": "imrsite",
    "VERSION": "1",
    "DESCRIPTION": "Cases, their disputed items and letters: to read, and to add letters.",
    "SERVE_INCLUDE_SCHEMA": False,
    "SCHEMA_PATH_PREFIX": "/api/v1/",
    "ENABLE_DJANGO_DEPLOY_CHECK": False,  # tests generate the schema and fail on a warning
}

# Transport and headers.
SECURE_SSL_REDIRECT = env.bool("SECURE_SSL_REDIRECT", default=not DEBUG)
SECURE_REDIRECT_EXEMPT = [r"^livez$", r"^readyz$"]
SECURE_HSTS_SECONDS = 0 if DEBUG else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = not DEBUG
SECURE_HSTS_PRELOAD = not DEBUG
SESSION_COOKIE_SECURE = not DEBUG
CSRF_COOKIE_SECURE = not DEBUG
if PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
    }
}

LANGUAGE_CODE = "en-us"
USE_I18N = False
TIME_ZONE = env.str("TIME_ZONE", default="America/Los_Angeles")
USE_TZ = True

# Keys, counts and codes only: no letter's words reach a log.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"()": "imrsite.logs.Line"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": env.str("LOG_LEVEL", default="INFO")},
    "loggers": {
        "django": {"handlers": [], "level": "INFO", "propagate": True},
        "axes": {"level": "WARNING"},
        "django.server": {"handlers": ["stderr"], "level": "WARNING", "propagate": False},
    },
}
