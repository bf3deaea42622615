"""One settings file. It runs with nothing configured and refuses a bad value loudly.

Environment: BADGE_KEYS, DEBUG, SECRET_KEY, ALLOWED_HOSTS, DATABASE_URL, CACHE_URL, EMAIL_URL, STORAGE_URL, LANGUAGES, HUB_VAR,
TRUSTED_PROXIES. Each is described in docs/operator.md.
"""

import os
import secrets
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import dj_database_url
from django.core.exceptions import ImproperlyConfigured

BASE_DIR = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("HUB_VAR", BASE_DIR / "var"))
VAR.mkdir(parents=True, exist_ok=True)

LOOPBACK = {"localhost", "127.0.0.1", "[::1]", ".localhost", "testserver"}


def env_flag(name, default=False):
    value = os.environ.get(name, "")
    if value not in {"", "0", "1"}:
        raise ImproperlyConfigured(f"{name} is {value!r}: use 1 or 0.")
    return value == "1" if value else default


def env_list(name, default=""):
    return [part.strip() for part in os.environ.get(name, default).split(",") if part.strip()]


DEBUG = env_flag("DEBUG")
ALLOWED_HOSTS = env_list("ALLOWED_HOSTS", "localhost,127.0.0.1,[::1]")
# A hub is in production when it answers to a name that is not this machine's own: there, unsafe settings refuse to start.
PRODUCTION = bool(set(ALLOWED_HOSTS) - LOOPBACK)


def secret_key():
    """The key from the environment; on a private hub one made once and kept in var/."""
    if key := os.environ.get("SECRET_KEY"):
        return key
    if PRODUCTION:
        raise ImproperlyConfigured("SECRET_KEY is not set. Set it to 50 or more random characters.")
    path = VAR / "secret.key"
    if not path.exists():
        path.touch(mode=0o600)
        path.write_text(secrets.token_urlsafe(50))
    return path.read_text()


SECRET_KEY = secret_key()
if PRODUCTION and DEBUG:
    raise ImproperlyConfigured("DEBUG=1 on a public host shows secrets to strangers. Unset DEBUG.")

INSTALLED_APPS = [
    "modeltranslation",  # before anything that registers translated models
    "hub",
    "hub.accounts",
    "hub.notifications",
    "courses",
    "forums",
    "hub.reports",
    "hub.search",
    "wagtail_localize",
    "wagtail_localize.locales",  # replaces wagtail.locales
    "wagtail.contrib.settings",
    "wagtail.embeds",
    "wagtail.sites",
    "hub.accounts.apps.PeopleConfig",  # wagtail.users
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "modelcluster",
    "taggit",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "django_tasks",
    "django_tasks_db",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "hub.middleware.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "hub.middleware.CompressMiddleware",
    "hub.reports.visits.VisitMiddleware",
    "hub.middleware.PageCacheMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "hub.languages.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "hub.accounts.middleware.PersonMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
]

ROOT_URLCONF = "hub.urls"
WSGI_APPLICATION = "hub.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "hub" / "templates"],  # before allauth's own
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "hub.context.hub",
            ]
        },
    }
]

# Data ------------------------------------------------------------------------------------------

DATABASES = {"default": dj_database_url.parse(os.environ.get("DATABASE_URL") or f"sqlite:///{VAR / 'hub.sqlite3'}")}
_db = DATABASES["default"]
if _db["ENGINE"].endswith("sqlite3"):
    _db["CONN_MAX_AGE"] = 600
    _db["OPTIONS"] = {
        "timeout": 20,
        "transaction_mode": "IMMEDIATE",  # DEFERRED loses half of the read-then-write requests to "database is locked"
        "init_command": "PRAGMA journal_mode=WAL;PRAGMA synchronous=NORMAL;PRAGMA busy_timeout=20000;"
        "PRAGMA mmap_size=134217728;PRAGMA journal_size_limit=27103364;PRAGMA cache_size=-20000;"
        "PRAGMA temp_store=MEMORY;PRAGMA foreign_keys=ON;",
    }
else:
    _db["CONN_MAX_AGE"] = 0  # the pool keeps connections
    _db["OPTIONS"] = {"pool": {"min_size": 1, "max_size": 8, "timeout": 10}}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

CACHE_URL = os.environ.get("CACHE_URL", "")
SHARED_CACHE = bool(CACHE_URL)  # then the content stamp lives in the cache, not in a file
if CACHE_URL.startswith(("redis://", "rediss://")):
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": CACHE_URL}}
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
elif CACHE_URL:
    raise ImproperlyConfigured(
        "CACHE_URL must start with redis:// or rediss://, or be unset for files under var/cache."
    )
else:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": VAR / "cache",
            "OPTIONS": {"MAX_ENTRIES": 20_000},
        }
    }
    SESSION_ENGINE = "hub.lib.session_store"
# Visitors' whole pages. In a folder of their own, because Django lists a folder each time it writes into it.
CACHES["pages"] = dict(CACHES["default"])
if not SHARED_CACHE:
    CACHES["pages"] |= {"LOCATION": VAR / "cache" / "pages", "OPTIONS": {"MAX_ENTRIES": 2_000}}

TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}
# The keys that badges are signed with: outside the database, and to be kept for ever (docs/operator.md).
BADGE_KEYS = Path(os.environ.get("BADGE_KEYS") or VAR / "keys")

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "static"
STATICFILES_FINDERS = [
    "hub.bundle.BundleFinder",
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
MEDIA_URL = "/media/"
MEDIA_ROOT = VAR / "media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    # Pictures in posts: never under an address of their own, only through the view that knows who may read the post.
    "pictures": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "pictures", "base_url": None},
    },
    # What an editor sent and has not said yes to: under no address at all, for a day.
    "waiting": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "waiting", "base_url": None, "file_permissions_mode": 0o600},
    },
    "staticfiles": {"BACKEND": "hub.static_files.StaticFilesStorage"},
}


def s3_storage(url):
    """`s3://KEY:SECRET@host/bucket?region=…` (any S3-compatible service) as a django-storages backend."""
    parts = urlsplit(url)
    if parts.scheme != "s3" or not parts.hostname or len(parts.path) < 2:
        raise ImproperlyConfigured("STORAGE_URL must look like s3://KEY:SECRET@host/bucket?region=eu.")
    options = {
        "bucket_name": parts.path.strip("/"),
        "endpoint_url": f"https://{parts.netloc.rpartition('@')[2]}",
        "access_key": unquote(parts.username or ""),
        "secret_key": unquote(parts.password or ""),
        "region_name": parse_qs(parts.query).get("region", [None])[0],
        "querystring_auth": True,
    }
    return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}


if os.environ.get("STORAGE_URL"):
    STORAGES["default"] = s3_storage(os.environ["STORAGE_URL"])
    STORAGES["pictures"] = s3_storage(os.environ["STORAGE_URL"])
    STORAGES["pictures"]["OPTIONS"] |= {"location": "pictures", "default_acl": "private"}
    STORAGES["waiting"] = s3_storage(os.environ["STORAGE_URL"])
    STORAGES["waiting"]["OPTIONS"] |= {"location": "waiting", "default_acl": "private"}

# Languages -------------------------------------------------------------------------------------

LANGUAGE_NAMES = {
    "en": "English",
    "it": "Italiano",
    "el": "Ελληνικά",
    "hu": "Magyar",
    "sv": "Svenska",
    "ar": "العربية",
}
_codes = env_list("LANGUAGES", "en,it,el,hu,sv")
if set(_codes) - set(LANGUAGE_NAMES) or "en" not in _codes:
    raise ImproperlyConfigured(f"LANGUAGES may name {', '.join(LANGUAGE_NAMES)}, and must name en.")
# Their texts come with the hub. A further one is shown to readers once its home page and its help page are published.
COMPLETE_LANGUAGES = frozenset({"en", "it", "el", "hu", "sv"})
LANGUAGES = WAGTAIL_CONTENT_LANGUAGES = [(code, LANGUAGE_NAMES[code]) for code in _codes]
LANGUAGE_CODE = "en"
LOCALE_PATHS = [BASE_DIR / "locale"]
FORMAT_MODULE_PATH = ["hub.formats"]
LANGUAGE_COOKIE_NAME = "hub_language"
LANGUAGE_COOKIE_SAMESITE = "Lax"
USE_I18N = True
USE_TZ = True
TIME_ZONE = "UTC"
WAGTAIL_I18N_ENABLED = True
MODELTRANSLATION_DEFAULT_LANGUAGE = "en"
# ar has its columns from the first migration, so that a sixth language needs no change of the database.
MODELTRANSLATION_LANGUAGES = ("en", "it", "el", "hu", "sv", "ar")
MODELTRANSLATION_FALLBACK_LANGUAGES = ("en",)
MODELTRANSLATION_TRANSLATION_FILES = ("courses.translated",)  # courses.translation is about text files

# People ----------------------------------------------------------------------------------------

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["hub.notifications.backends.NewsBackend"]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "my_learning"
PASSPHRASE_LENGTH = 10  # characters at least
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "hub.accounts.passphrase.PassphraseValidator", "OPTIONS": {"min_length": PASSPHRASE_LENGTH}}
]
CSRF_FAILURE_VIEW = "hub.accounts.access.csrf_failure"

# A session ends with the browser, and after half a day at the latest; thirty days on a device that is only hers.
SESSION_EXPIRE_AT_BROWSER_CLOSE = True
SESSION_COOKIE_AGE = 12 * 3600

ACCOUNT_ADAPTER = "hub.accounts.adapter.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]  # an e-mail address can be added later, on the account page
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_CHANGE_EMAIL = True
ACCOUNT_EMAIL_UNKNOWN_ACCOUNTS = False
ACCOUNT_RATE_LIMITS = {
    "login": None,  # hub.accounts.attempts counts these: exactly, in every process, and without locking anybody out
    "request_login_code": None,
    "signup": None,
    "login_failed": "5/5m/key",  # left for wrong codes of the second step, after the right passphrase
}
ACCOUNT_SESSION_REMEMBER = False  # hub.accounts.forms.OwnDeviceMixin decides
ACCOUNT_FORMS = {
    "login": "hub.accounts.forms.LoginForm",
    "signup": "hub.accounts.forms.SignupForm",
    "change_password": "hub.accounts.forms.ChangePasswordForm",
    "reset_password": "hub.accounts.forms.ResetPasswordForm",
    "reset_password_from_key": "hub.accounts.forms.ResetPasswordKeyForm",
    "add_email": "hub.accounts.forms.AddEmailForm",
    "reauthenticate": "hub.accounts.forms.ReauthenticateForm",
    "request_login_code": "hub.accounts.way_forms.RequestCodeForm",
    "confirm_login_code": "hub.accounts.way_forms.ConfirmCodeForm",
}
# A code by e-mail: digits, because every keyboard has them.
ACCOUNT_LOGIN_BY_CODE_FORMAT = {"numeric": True, "length": 8}
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 10 * 60
MFA_ADAPTER = "hub.accounts.mfa_adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = not PRODUCTION  # browsers make passkeys without https on this very machine only
MFA_RATE_LIMITS = {"webauthn_login": "60/m/ip"}  # nothing can be guessed there; a class may sit behind one line
MFA_ALLOW_UNVERIFIED_EMAIL = True
MFA_TOTP_ISSUER = "Notes"  # what the authenticator app of a moderator shows to whoever looks at her phone
MFA_TOTP_TOLERANCE = 1
MFA_FORMS = {
    "authenticate": "hub.accounts.forms.AuthenticateForm",
    "reauthenticate": "hub.accounts.forms.MfaReauthenticateForm",
    "activate_totp": "hub.accounts.forms.ActivateTOTPForm",
    "add_webauthn": "hub.accounts.way_forms.AddPasskeyForm",
    "login_webauthn": "hub.accounts.way_forms.LoginPasskeyForm",
    "authenticate_webauthn": "hub.accounts.way_forms.AuthenticatePasskeyForm",
    "reauthenticate_webauthn": "hub.accounts.way_forms.ReauthenticatePasskeyForm",
}
# How many proxies stand before the hub: without it, limits per address would count the proxy's.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("TRUSTED_PROXIES") or 0)


def smtp_settings(url):
    """`smtp://user:pass@host:port` (smtps:// for TLS from the first byte) as Django's EMAIL_* settings."""
    parts = urlsplit(url)
    if parts.scheme not in {"smtp", "smtps"} or not parts.hostname:
        raise ImproperlyConfigured("EMAIL_URL must look like smtp://user:pass@host:587 or smtps://user:pass@host:465.")
    return {
        "EMAIL_BACKEND": "django.core.mail.backends.smtp.EmailBackend",
        "EMAIL_HOST": parts.hostname,
        "EMAIL_PORT": parts.port or (465 if parts.scheme == "smtps" else 587),
        "EMAIL_HOST_USER": unquote(parts.username or ""),
        "EMAIL_HOST_PASSWORD": unquote(parts.password or ""),
        "EMAIL_USE_SSL": parts.scheme == "smtps",
        "EMAIL_USE_TLS": parts.scheme == "smtp" and bool(parts.username),
    }


# Without a mail server mails are printed, but never on a public hub, whose log would then hold addresses and links.
SENDS_MAIL = ACCOUNT_LOGIN_BY_CODE_ENABLED = bool(os.environ.get("EMAIL_URL")) or not PRODUCTION
MAIL_WAITS = False  # no answer waits for the mail server: how long it takes would tell whether an address is known
EMAIL_BACKEND = f"django.core.mail.backends.{'dummy' if PRODUCTION else 'console'}.EmailBackend"
EMAIL_TIMEOUT = 10
NOTIFICATION_WORDS = "hub.news.words_of"  # what notifications are about, asked of the apps that know
DEFAULT_FROM_EMAIL = os.environ.get("EMAIL_FROM", "hub@localhost")
if os.environ.get("EMAIL_URL"):
    globals().update(smtp_settings(os.environ["EMAIL_URL"]))

# Forums. What new members write first waits for a moderator; several reports hide a post until one has looked.
FORUM_FIRST_POSTS = int(os.environ.get("FORUM_FIRST_POSTS") or 3)
FORUM_LINK_DAYS = int(os.environ.get("FORUM_LINK_DAYS") or 7)
FORUM_REPORTS = int(os.environ.get("FORUM_REPORTS") or 3)
FORUM_REPORTER_DAYS = int(os.environ.get("FORUM_REPORTER_DAYS") or 14)
# A post sent sooner after its form was opened waits too: only a program writes so fast.
FORUM_FASTEST_SECONDS = int(os.environ.get("FORUM_FASTEST_SECONDS") or 2)
FORUM_VERSION_DAYS = 7  # what a post said before an edit can be read by moderators
# Without a moderator's visit for so many days, new posts wait; after the second number the forum is closed to new posts.
FORUM_ALONE_DAYS, FORUM_CLOSED_DAYS = 7, 30


def translation_server(url):
    """An address to which posts of members may go: over https, or to a host of the operator's own network."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    own = "." not in host or host.startswith(("127.", "10.", "192.168.")) or host.endswith((".internal", ".local"))
    if not host or parts.scheme not in {"http", "https"} or parts.query or (parts.scheme == "http" and not own):
        raise ImproperlyConfigured(
            "TRANSLATE_URL must look like https://translate.example.org, or http://… on your own network."
        )
    return url


# Off unless the operator runs a translation server of her own (LibreTranslate's protocol).
TRANSLATE_URL = os.environ.get("TRANSLATE_URL") and translation_server(os.environ["TRANSLATE_URL"])
TRANSLATE_KEY = os.environ.get("TRANSLATE_KEY", "")


def page_translator(url):
    """`deepl://KEY@api-free.deepl.com` or `libretranslate://KEY@translate.example.org` (its key may be missing) as
    {"kind", "address", "key"}: a service that proposes translations of pages to editors, over https but on this machine."""
    parts = urlsplit(url)
    if parts.scheme not in {"deepl", "libretranslate"} or not parts.hostname or parts.path.strip("/") or parts.query:
        raise ImproperlyConfigured(
            "PAGE_TRANSLATE_URL must look like deepl://KEY@api-free.deepl.com or libretranslate://translate.example.org."
        )
    if parts.scheme == "deepl" and not parts.username:
        raise ImproperlyConfigured("PAGE_TRANSLATE_URL lacks DeepL's key: deepl://KEY@api-free.deepl.com.")
    scheme = "http" if parts.hostname in {"localhost", "127.0.0.1"} else "https"
    place = parts.netloc.rpartition("@")[2]
    return {"kind": parts.scheme, "address": f"{scheme}://{place}", "key": unquote(parts.username or "")}


# Off unless the operator names a service. It gets texts of pages only, never what members write.
PAGE_TRANSLATOR = os.environ.get("PAGE_TRANSLATE_URL") and page_translator(os.environ["PAGE_TRANSLATE_URL"])

VISITS_EVERY = 60  # seconds between two writings of the visits that a process has counted; 0: never by itself

WAGTAIL_SITE_NAME = "Meridian"
WAGTAILADMIN_BASE_URL = os.environ.get("BASE_URL", "http://localhost:8000")
WAGTAILADMIN_LOGIN_URL = "account_login"
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = WAGTAIL_PASSWORD_RESET_ENABLED = WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_FRONTEND_LOGIN_URL = "account_login"
WAGTAIL_GRAVATAR_PROVIDER_URL = None
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAILLOCALIZE_SYNC_LIVE_STATUS_ON_TRANSLATE = False
WAGTAILIMAGES_EXTENSIONS = ["gif", "jpg", "jpeg", "png", "webp", "svg"]
WAGTAILDOCS_EXTENSIONS = ["pdf", "txt", "docx", "odt", "xlsx", "csv", "mp4", "webm", "mp3", "ogg", "ics", "vtt"]
WAGTAILDOCS_DOCUMENT_FORM_BASE = "hub.editor.caption_files.DocumentForm"
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
TAGGIT_CASE_INSENSITIVE = True

# Safety ----------------------------------------------------------------------------------------

SECURE_REFERRER_POLICY = "same-origin"
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_HTTPONLY = True
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"  # no further cookie
X_FRAME_OPTIONS = "SAMEORIGIN"  # Wagtail previews pages in a frame of its own
SILENCED_SYSTEM_CHECKS = ["security.W019"]  # … which this check would forbid
# Without files. A post of a megabyte is refused by its form, which can show it again; more than this ends in a bare page.
DATA_UPLOAD_MAX_MEMORY_SIZE = 5_000_000
FILE_UPLOAD_HANDLERS = [
    "hub.lib.uploads.SmallFilesHandler",
    "django.core.files.uploadhandler.MemoryFileUploadHandler",
    "django.core.files.uploadhandler.TemporaryFileUploadHandler",
]
if PRODUCTION:
    SECURE_SSL_REDIRECT = SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = True
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_HSTS_SECONDS = 31_536_000
    SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = True
    SECURE_REDIRECT_EXEMPT = [r"^health/"]

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "filters": {"hide_secret_paths": {"()": "hub.lib.secrets_in_logs.HideSecretPaths"}},
    "handlers": {
        # The worker tells each task as INFO.
        "console": {"class": "logging.StreamHandler", "level": "WARNING", "filters": ["hide_secret_paths"]}
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
}
