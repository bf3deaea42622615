import gc
import os

from django.core.wsgi import get_wsgi_application
from django.urls import get_resolver

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
application = get_wsgi_application()

from hub.lib.stamp import touch  # noqa: E402  (needs the settings)

touch()  # a start may bring new templates, which no stamp would see

# The first visitor does not wait for what all of them need; and what stays for good is left out when Python looks for what can go:
# a full round took 160 ms, in the middle of somebody's page, and takes 30.
pages = get_resolver().url_patterns
gc.collect()
gc.freeze()
