import logging

import pytest

from hub.lib.secrets_in_logs import HideSecretPaths


@pytest.mark.parametrize(
    ("message", "args", "said"),
    [
        ("%s: %s", ("Not Found", "/calendar/a-Key_1.ics"), "Not Found: /calendar/….ics"),
        ("GET /calendar/a-Key_1.ics?x=1 failed", (), "GET /calendar/….ics?x=1 failed"),
        (
            "%s: %s",
            ("Method Not Allowed", "/en/accounts/invitation/a-Key_1/"),
            "Method Not Allowed: /en/accounts/invitation/…/",
        ),
        ("GET /el/accounts/invitation/a-Key_1", (), "GET /el/accounts/invitation/…"),
        ("%s: %s", ("Not Found", "/en/accounts/invitation/"), "Not Found: /en/accounts/invitation/"),
        ("%s: %s", ("Gone", "/en/accounts/password/reset/key/3-set-a/"), "Gone: /en/accounts/password/reset/key/…/"),
        ("%s: %s", ("Not Found", "/en/kits/learner/"), "Not Found: /en/kits/learner/"),
        ("%s: %s", ("Not Found", "/hu/certificates/ABCD-EFGH/"), "Not Found: /hu/certificates/…/"),
        ("%s: %s", ("Bad", "/hu/certificates/check/file/"), "Bad: /hu/certificates/check/file/"),
        ("%d of %d", (1, 2), "1 of 2"),
    ],
)
def test_an_address_that_is_a_secret_is_hidden(message, args, said):
    record = logging.LogRecord("django.request", logging.WARNING, __file__, 1, message, args, None)
    assert HideSecretPaths().filter(record)
    assert record.getMessage() == said


def test_the_log_of_the_hub_uses_it(settings):
    assert settings.LOGGING["handlers"]["console"]["filters"] == ["hide_secret_paths"]
