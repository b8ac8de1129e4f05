"""One file; the environment decides; the defaults are safe for a laptop.

Numbers of policy (thresholds, clocks, limits) live in the Rulebook, never here.
"""

from pathlib import Path
from typing import Any

import django_stubs_ext
import environ
from django.utils.translation import gettext_lazy as _

from seoul_portal.keys import read_keys
from seoul_portal.sweeps import BEAT_SCHEDULE, TASK_ROUTES

django_stubs_ext.monkeypatch()

env = environ.Env()
BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(env("PORTAL_VAR", default=str(BASE_DIR / "var")))
SITE_URL = env("PORTAL_SITE_URL", default="http://localhost:8000").rstrip("/")
_local = SITE_URL.startswith(("http://localhost", "http://127.0.0.1"))

# -- secrets: from the environment, else made once in var/keys.json ---------------------------
_keys = read_keys(VAR / "keys.json")
SECRET_KEY = env("SECRET_KEY", default=_keys["secret"])
LINK_KEY = env("LINK_KEY", default=_keys["link"])  # private links: HMAC over case and nonce
CONTACT_KEYS = env.list("CONTACT_KEYS", default=[_keys["contact"]])  # newest first
CONTACT_INDEX_KEY = env("CONTACT_INDEX_KEY", default=_keys["contact_index"])
RECORD_KEY = env("RECORD_KEY", default=_keys["record"])  # salts of the public record: never changes
RECORD_SIGNING_KEY = env("RECORD_SIGNING_KEY", default=_keys["record_signing"])
# Signs notices for browsers; without it none are offered. Another key loses every browser.
VAPID_KEY = env("VAPID_KEY", default=_keys["vapid"])

DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])
CSRF_TRUSTED_ORIGINS = env.list("CSRF_TRUSTED_ORIGINS", default=[SITE_URL])
PORTAL_DEMO = env.bool("PORTAL_DEMO", default=False)
# An operator's own first line instead of "demonstration site, not an official site …".
OPERATOR_BANNER = env("OPERATOR_BANNER", default="")

SOCIAL_SIGN_IN: dict[str, Any] = {
    name: {
        "APPS": [
            {"client_id": client, "secret": env(f"{name.upper()}_SECRET", default=""), "key": ""}
        ]
    }
    for name in ("kakao", "naver")
    if (client := env(f"{name.upper()}_CLIENT_ID", default=""))
}

INSTALLED_APPS = [
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.postgres",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "django.forms",
    "csp",
    "pgtrigger",
    "pghistory",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.socialaccount",
    *[f"allauth.socialaccount.providers.{name}" for name in SOCIAL_SIGN_IN],
    "rest_framework",
    "drf_spectacular",
    "people",
    "lifecycle",
    "channels_app",
    "suggestions",
    "desk",
    "mayors_office",
    "seoul_portal",
]

MIDDLEWARE = [
    "seoul_portal.middleware.RequestNumberMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "people.middleware.StaffDoorMiddleware",
    "seoul_portal.middleware.PermissionsMiddleware",
    "seoul_portal.middleware.PlainErrorsMiddleware",
]

ROOT_URLCONF = "seoul_portal.urls"
WSGI_APPLICATION = "seoul_portal.wsgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"
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
                "seoul_portal.context.site",
            ],
        },
    }
]

# -- database, cache, sessions ----------------------------------------------------------------
_database = env.db_url("DATABASE_URL", default="postgres:///portal")
DATABASES = {
    "default": {
        **_database,
        "CONN_MAX_AGE": env.int("CONN_MAX_AGE", default=60),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {
            **_database.get("OPTIONS", {}),
            "connect_timeout": 5,
            "options": f"-c statement_timeout={env('STATEMENT_TIMEOUT', default='30s')}"
            " -c lock_timeout=10s"
            " -c idle_in_transaction_session_timeout=60s",
        },
        "TEST": {"NAME": env("TEST_DATABASE", default=None)},
    }
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
# The limits of sign-in live in the database: they hold while Valkey is away.
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.db.DatabaseCache",
        "LOCATION": "portal_cache",
        # They must outlive a flood of other keys; Django keeps 300 unless told otherwise.
        "OPTIONS": {"MAX_ENTRIES": 1_000_000},
    }
}
REDIS_URL = env("REDIS_URL", default="redis://localhost:6379/0")
SESSION_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = not _local
SESSION_COOKIE_AGE = 14 * 24 * 3600
CSRF_FAILURE_VIEW = "seoul_portal.errors.session_expired"

# -- security ---------------------------------------------------------------------------------
SECURE_HSTS_SECONDS = 0 if _local else 365 * 24 * 3600
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = not _local
SECURE_SSL_REDIRECT = not _local
SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https") if not _local else None
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "base-uri": ["'self'"],
        "form-action": ["'self'"],
        "frame-ancestors": ["'none'"],
        "object-src": ["'none'"],
    }
}
# A map stands on the pages only where an operator names its tiles: https://…/{z}/{x}/{y}.png
MAP_TILES = env("MAP_TILES", default="")
if MAP_TILES:
    _tiles_host = "/".join(MAP_TILES.split("/")[:3])
    CONTENT_SECURITY_POLICY["DIRECTIVES"]["img-src"] = ["'self'", _tiles_host]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_500_000

# -- who signs in -----------------------------------------------------------------------------
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = ["people.backends.PortalBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.ScryptPasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "me"
ALLAUTH_USER_CODE_FORMAT = {"numeric": True, "length": 8, "dashed": True}
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0 if _local else 1)
ALLAUTH_TRUSTED_PROXY_COUNT = TRUSTED_PROXIES
ACCOUNT_ADAPTER = "people.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "people.forms.LoginForm",
    "signup": "people.forms.SignupForm",
    "request_login_code": "people.forms.RequestCodeForm",
    "confirm_login_code": "people.forms.LoginCodeForm",
    "confirm_email_verification_code": "people.forms.MailCodeForm",
    "add_email": "people.forms.AddressForm",
    "change_email": "people.forms.OtherAddressForm",
    "change_password": "people.forms.ChangePasswordForm",
    "set_password": "people.forms.SetPasswordForm",
    "reset_password": "people.forms.ResetForm",
    "confirm_password_reset_code": "people.forms.ResetCodeForm",
    "reset_password_from_key": "people.forms.NewPasswordForm",
    "reauthenticate": "people.forms.PasswordAgainForm",
}
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*"]
ACCOUNT_SIGNUP_FORM_HONEYPOT_FIELD = "website"
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_VERIFICATION_BY_CODE_ENABLED = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_RESEND = True
ACCOUNT_EMAIL_VERIFICATION_SUPPORTS_CHANGE = True
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PASSWORD_RESET_BY_CODE_ENABLED = True  # no link with a secret in anybody's log
ACCOUNT_PASSWORD_RESET_BY_CODE_TIMEOUT = 600
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
ACCOUNT_EMAIL_NOTIFICATIONS = True  # a changed password or factor is told to its owner
ACCOUNT_CHANGE_EMAIL = True  # one address a person
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_PASSWORD_CHANGE = True
ACCOUNT_DEFAULT_HTTP_PROTOCOL = "http" if _local else "https"
# An office of thousands comes from one network address in the morning: the limits by account
# and by mail address stop who guesses, those by network address only a flood.
ACCOUNT_RATE_LIMITS = {
    "login": "600/m/ip",
    "login_failed": "300/m/ip,5/300s/key",
    "signup": "120/m/ip",
    "request_login_code": "300/m/ip,3/m/key,15/h/key",
    "reset_password": "120/m/ip,3/m/key,15/h/key",
    "reset_password_from_key": "120/m/ip",
}
MFA_ADAPTER = "people.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "people.forms.FactorForm",
    "reauthenticate": "people.forms.FactorAgainForm",
    "activate_totp": "people.forms.EnrolAppForm",
    "add_webauthn": "people.forms.AddPasskeyForm",
    "edit_webauthn": "people.forms.EditPasskeyForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = _local
MFA_RATE_LIMITS = {"webauthn_login": "300/m/ip"}
MFA_TOTP_ISSUER = "Seoul Listens"
MFA_TRUST_ENABLED = False  # no "remember this browser" for staff
SOCIALACCOUNT_PROVIDERS = SOCIAL_SIGN_IN
# The way to them begins with a form of ours; browsers follow it nowhere else.
CONTENT_SECURITY_POLICY["DIRECTIVES"]["form-action"] += [
    f"https://*.{name}.com" for name in SOCIAL_SIGN_IN
]
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False  # an unverified mail must not open an account
SOCIALACCOUNT_LOGIN_ON_GET = False
USERSESSIONS_TRACK_ACTIVITY = False

# -- the open interface -----------------------------------------------------------------------
REST_FRAMEWORK = {
    # What a view does not name itself, it has not: no session, no browsable pages.
    "DEFAULT_AUTHENTICATION_CLASSES": [],
    "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "URL_FORMAT_OVERRIDE": None,
}
SPECTACULAR_SETTINGS = {
    "OAS_VERSION": "3.1.0",
    "TITLE": "Seoul Listens",
    "VERSION": "1",
    "SCHEMA_PATH_PREFIX": "/api/v1",
    "SERVE_INCLUDE_SCHEMA": False,
    "SERVERS": [{"url": SITE_URL}],
    "SORT_OPERATION_PARAMETERS": False,
    "ENUM_GENERATE_CHOICE_DESCRIPTION": False,
    "ENUM_NAME_OVERRIDES": {
        "KindEnum": "channels_app.models.Kind",
        "AnswerKindEnum": "channels_app.models.replies.ReplyKind",
        "StageEnum": "channels_app.states.Stage",
        "StateEnum": "channels_app.api.choices.STATES",
        "SuggestionKindEnum": "suggestions.models.choices.SuggestionKind",
        "SuggestionStageEnum": "suggestions.states.Stage",
        "SuggestionStateEnum": "suggestions.states.SuggestionStatus",
    },
    "DISABLE_DOCSTRING_DESCRIPTIONS": True,
    "POSTPROCESSING_HOOKS": [
        "drf_spectacular.hooks.postprocess_schema_enums",
        "channels_app.api.shapes.add_links",
    ],
}

# -- languages --------------------------------------------------------------------------------
LANGUAGE_CODE = "ko"
LANGUAGES = [("ko", _("Korean")), ("en", _("English"))]
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "Asia/Seoul"
USE_TZ = True

# -- files ------------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
_manifest = env.bool("PORTAL_STATIC_MANIFEST", default=False)
STATIC_ROOT = BASE_DIR / "staticfiles" if _manifest else None
WHITENOISE_USE_FINDERS = not _manifest
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"
        if _manifest
        else "django.contrib.staticfiles.storage.StaticFilesStorage",
    },
}

# Photos lie here and are served by one guarded view each, never as files.
MEDIA_ROOT = VAR / "media"
# Files of open data, written by a sweep and served by their names alone.
OPEN_DATA = Path(env("OPEN_DATA", default=str(VAR / "opendata")))
# What the public record calls itself in its checkpoints, for ever.
RECORD_ORIGIN = env("RECORD_ORIGIN", default=f"{SITE_URL.partition('://')[2]}/opendata/record")
# What was erased, for the day a backup comes back: outside the database, on another disk.
ERASURE_LIST = env("ERASURE_LIST", default=str(VAR / "erasures.jsonl"))

# -- mail -------------------------------------------------------------------------------------
EMAIL_CONFIG: dict[str, Any] = env.email_url("EMAIL_URL", default="smtp://127.0.0.1:2525")
vars().update(EMAIL_CONFIG)
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = env("MAIL_FROM", default="Seoul Listens <listens@localhost>")
MAIL_DOMAIN = env("MAIL_DOMAIN", default=DEFAULT_FROM_EMAIL.rpartition("@")[2].rstrip(">"))

# -- Celery: a kick, never the truth; every task also runs by its sweep -----------------------
CELERY_BROKER_URL = (
    REDIS_URL.replace("unix://", "redis+socket://", 1).replace("?db=", "?virtual_host=")
    if REDIS_URL.startswith("unix://")
    else REDIS_URL
)
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_DEFAULT_QUEUE = "fast"
CELERY_TASK_ROUTES, CELERY_BEAT_SCHEDULE = TASK_ROUTES, BEAT_SCHEDULE
CELERY_TASK_PUBLISH_RETRY = False  # a kick that can't be given is lost, the sweep does the work
CELERY_BROKER_TRANSPORT_OPTIONS: dict[str, Any] = {
    "visibility_timeout": 60,
    "socket_timeout": 5,
    "socket_connect_timeout": 2,
}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_CONNECTION_MAX_RETRIES = None
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = 10
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
# Places ("host:port") that feeds may be read from although not everybody in the world reaches them.
FETCH_ALSO = env.list("FETCH_ALSO", default=[])
# The same for the doors of browsers that take our notices.
PUSH_ALSO = env.list("PUSH_ALSO", default=[])
# The same for servers of networks on which the city has accounts.
NETWORKS_ALSO = env.list("NETWORKS_ALSO", default=[])
# Who may read /metrics; without it the page is not there.
METRICS_TOKEN = env("METRICS_TOKEN", default="")
# Off = the sweeps alone do the work (the tests run once like that).
KICKS = env.bool("PORTAL_KICKS", default=True)

# "json": one object a line, and a line a request, for an operator's collector.
LOG_FORMAT = env("LOG_FORMAT", default="plain")
LOG_REQUESTS = LOG_FORMAT == "json"
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"no_secrets": {"()": "seoul_portal.logs.NoSecrets"}},
    "formatters": {
        "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
        "json": {"()": "seoul_portal.logs.JsonLines"},
    },
    "handlers": {
        "stderr": {
            "class": "logging.StreamHandler",
            "formatter": LOG_FORMAT,
            "filters": ["no_secrets"],
        }
    },
    "root": {"handlers": ["stderr"], "level": env("LOG_LEVEL", default="INFO")},
    "loggers": {"django.server": {"propagate": True, "handlers": []}},
}
