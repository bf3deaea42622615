"""Addresses that are secrets themselves never reach the log."""

import logging
import re

# The private address of a calendar (courses/calendar.py), the code of a certificate (courses/certificates/codes.py), an invitation to a
# role (hub/accounts/invitations.py) and a link that sets a passphrase or stops mail (hub/notifications/letter.py), whether they work
# or not.
SECRET_PATH = re.compile(
    r"(/calendar/|/certificates/(?!check/)|/invitation/|/news/stop/|/password/reset/key/)[^/\s]+?(\.ics|/|(?=\s|$))"
)


class HideSecretPaths(logging.Filter):
    """Django names the path of every request that went wrong: whoever reads the log could open it."""

    def filter(self, record):
        record.msg = hidden(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(hidden(value) for value in record.args)
        return True


def hidden(value):
    return SECRET_PATH.sub(r"\1…\2", value) if isinstance(value, str) else value
