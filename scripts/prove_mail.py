"""Proves on a hub of its own that whoever is to be told is told once: `.venv/bin/python scripts/prove_mail.py`.

1. Events are told while workers send at-once mails, and KILLS times a worker ends by os._exit at a random moment. In the end every
   reader has each event once in her list, every mail that was due has gone, each event stands in one mail only, and whatever a
   mail server got twice came under the Message-ID it knew.
2. The daily mail of MEMBERS members goes in one run: the time it took and the memory it needed for a tenth of them and for all.

The hub stands in a new folder (or HUB_VAR) and uses DATABASE_URL if set; that database must be one made for this.
EVENTS, READERS, KILLS and MEMBERS change the numbers.
"""

import os
import random
import resource
import sys
import tempfile
import threading
import time
from collections import Counter
from datetime import timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
os.environ.setdefault("HUB_VAR", tempfile.mkdtemp(prefix="prove-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
NUMBERS = [("EVENTS", "2000"), ("READERS", "200"), ("KILLS", "20"), ("MEMBERS", "10000")]
EVENTS, READERS, KILLS, MEMBERS = (int(os.environ.get(*pair)) for pair in NUMBERS)
LOG = Path(os.environ["HUB_VAR"]) / "mails.log"
TOLD_AT_ONCE = 5  # readers of one event


def main():
    import django
    from django.conf import settings
    from django.core.management import call_command

    django.setup()
    settings.EMAIL_BACKEND = "prove_mail.Recorder"
    settings.TASKS = {"default": {"BACKEND": "django_tasks.backends.dummy.DummyBackend"}}
    call_command("migrate", verbosity=0)
    survives_kills()
    digest(MEMBERS // 10)
    digest(MEMBERS)


class Recorder:
    """A mail server: keeps the Message-ID of what it took, one line each, before it says so."""

    def __init__(self, **kwargs):
        self.file = None

    def open(self):
        self.file = os.open(LOG, os.O_WRONLY | os.O_APPEND | os.O_CREAT)

    def close(self):
        os.close(self.file)

    def send_messages(self, messages):
        for message in messages:
            message.message().as_bytes()
            os.write(self.file, f"{message.extra_headers['Message-ID']}\n".encode())
        return len(messages)


def make_members(prefix, number, how):
    from allauth.account.models import EmailAddress

    from hub.accounts.models import User
    from hub.notifications.models import Preference

    users = [User(username=f"{prefix}{n}", password="!", language=("en", "it", "el")[n % 3]) for n in range(number)]
    users = User.objects.bulk_create(users, batch_size=500)
    addresses = [EmailAddress(user=u, email=f"{u.username}@example.org", verified=True, primary=True) for u in users]
    EmailAddress.objects.bulk_create(addresses, batch_size=500)
    Preference.objects.bulk_create([Preference(user=user, how=how) for user in users], batch_size=500)
    return [user.pk for user in users]


# 1. Killed at any moment -----------------------------------------------------------------------


def survives_kills():
    chance = random.Random(1)
    readers = make_members("reader", READERS, "now")
    told = [(event, chance.sample(readers, TOLD_AT_ONCE)) for event in range(EVENTS)]
    teller = in_a_child(lambda: tell_all(told))
    kills = 0
    while kills < KILLS:
        kills += wait(in_a_child(lambda: send_until_killed(chance.uniform(0.05, 0.6)))) == 9
        chance.random()
    wait(teller)
    wait(in_a_child(send_the_rest))
    check(told, kills)


def in_a_child(work):
    """The id of a process that does `work`. No connection to the database is shared with it."""
    from django.db import connections

    connections.close_all()
    for connection in connections.all():
        if connection.vendor == "postgresql":
            connection.close_pool()  # it keeps what was closed
    if pid := os.fork():
        return pid
    try:
        work()
        os._exit(0)
    except BaseException as error:
        print("A child failed:", repr(error), flush=True)
        os._exit(1)


def wait(pid):
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def tell_all(told):
    from django.db import transaction

    from hub.notifications.actions import tell

    for event, readers in told:
        with transaction.atomic():
            context = {"forum": 1, "thread": event}
            tell(kind="reply", recipients=readers, context=context, path="forums/", key=f"post:{event}", scopes=["t"])


def send_until_killed(seconds):
    from hub.notifications.mail import send_due

    threading.Timer(seconds, os._exit, [9]).start()
    while True:
        send_due(lease=timedelta(0), readers=20)


def send_the_rest():
    from hub.notifications.mail import send_due

    while send_due(lease=timedelta(0)):
        pass


def check(told, kills):
    from hub.notifications.models import Notification, Outbox

    wanted = sorted((f"post:{event}", user) for event, readers in told for user in readers)
    assert sorted(Notification.objects.values_list("key", "user")) == wanted, "the lists are not as told"
    assert not Outbox.objects.filter(sent_at=None).exists(), "mail is left"
    assert Outbox.objects.count() == len(wanted), "a mail is missing"
    mails = set(Outbox.objects.values_list("user", "batch"))
    got = Counter(LOG.read_text().split())
    assert len(got) == len(mails), f"{len(got)} Message-IDs for {len(mails)} mails"
    again = sum(got.values()) - len(got)
    assert again <= kills
    print(f"{EVENTS} events, {len(wanted)} notifications, {kills} workers killed: each told once in the list; ", end="")
    print(
        f"{len(mails)} mails, of which {again} reached the server a second time under the same Message-ID", flush=True
    )


# 2. A morning ----------------------------------------------------------------------------------


def digest(members):
    from hub.notifications.models import Outbox

    pks = make_members(f"member{members}-", members, "daily")
    wait(in_a_child(lambda: tell_members(pks)))
    waiting = Outbox.objects.filter(sent_at=None).count()
    wait(in_a_child(lambda: send_morning(members, waiting)))


def tell_members(pks):
    from django.utils import timezone

    from hub.notifications.actions import tell
    from hub.notifications.models import Outbox

    for event in range(3):
        context = {"forum": 1, "thread": event}
        tell(kind="reply", recipients=pks, context=context, path="forums/", key=f"d{event}:{pks[0]}", scopes=["t"])
    Outbox.objects.filter(sent_at=None).update(due_at=timezone.now())


def send_morning(members, waiting):
    from hub.notifications.mail import send_due

    before = peak()
    started, cpu = time.monotonic(), time.process_time()
    assert send_due() == members
    took, cpu = time.monotonic() - started, time.process_time() - cpu
    memory = f"{peak()} MB at the peak, {peak() - before} of them for the run"
    print(f"daily mail of {members} members ({waiting} notifications): {took:.1f} s, {cpu:.1f} s of CPU, {memory}")


def peak():
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


if __name__ == "__main__":
    sys.modules["prove_mail"] = sys.modules["__main__"]
    main()
