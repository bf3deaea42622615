"""Sending mail without letting anybody wait, so that nothing can be read from how long an answer took."""

import logging
from concurrent.futures import ThreadPoolExecutor

from django.conf import settings

logger = logging.getLogger(__name__)
# One thread: mail is rare. What it holds is sent before the process ends. Not the task queue: its table would keep codes and links.
postman = ThreadPoolExecutor(max_workers=1, thread_name_prefix="mail")


def send_soon(message):
    """Send an EmailMessage after the answer. What fails is logged without address or text: she asks again."""
    if settings.MAIL_WAITS:
        message.send()
    else:
        postman.submit(send, message)


def send(message):
    try:
        message.send()
    except Exception as error:  # whatever a mail server may do
        logger.error("A mail could not be sent: %s", type(error).__name__)
