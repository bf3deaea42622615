"""Somebody who is told things, and wants mail."""

import pytest
from allauth.account.models import EmailAddress

from hub.notifications.actions import choose_mail, tell


@pytest.fixture
def tell_her(learner):
    """`tell_her("post:1", kind="reply", topic="thread:1", user=learner)`"""

    def make(key, *, kind="reply", topic="thread:1", user=learner, **context):
        context = context or {"forum": 1, "thread": int(topic.partition(":")[2] or 0)}
        scopes = [topic, "forum:1"] if topic else []
        tell(kind=kind, recipients=[user.pk], context=context, path="forums/rules/", key=key, scopes=scopes)

    return make


@pytest.fixture
def wants_mail():
    """`wants_mail(user, how="now")`: with a confirmed address."""

    def make(user, how="now", **choice):
        EmailAddress.objects.get_or_create(user=user, email=f"{user.pk}@example.org", verified=True, primary=True)
        choose_mail(user=user, how=how, **choice)

    return make
