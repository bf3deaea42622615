import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
application = get_wsgi_application()

from hub.lib.stamp import touch  # noqa: E402  (needs the settings)

touch()  # a start may bring new templates, which no stamp would see
