"""Proves on a hub of its own, over HTTP, that no post is lost or doubled: `.venv/bin/python scripts/prove_posting.py`.

CLIENTS (16) members post for SECONDS (60) against the server as `make run` starts it, with WEB_PROCESSES (2) web processes: each signs
in by the form, opens a thread, sends what the form holds, and now and then sends it twice, one after the other or both at once. Whoever
has sent ten makes room for another account. In the end the database must hold each post once, and exact counters.

The hub stands in a new folder (or HUB_VAR) and uses DATABASE_URL if set; that database must be one made for this.
"""

import os
import random
import re
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from concurrent.futures import ThreadPoolExecutor
from http.cookiejar import CookieJar
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
os.environ.setdefault("HUB_VAR", tempfile.mkdtemp(prefix="prove-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
os.environ.setdefault("WEB_PROCESSES", "2")
# No person waits before she sends, and no moderator looks at first posts.
os.environ |= {"FORUM_FASTEST_SECONDS": "0", "FORUM_FIRST_POSTS": "0"}
NUMBERS = [("CLIENTS", "16"), ("SECONDS", "60"), ("THREADS", "4")]
CLIENTS, SECONDS, THREADS = (int(os.environ.get(*pair)) for pair in NUMBERS)
PASSPHRASE = "four quiet circles meet"
RUN = f"poster-{uuid.uuid4().hex[:6]}"
POSTS_EACH = 10  # forums.writing_views.POSTS_PER_TEN_MINUTES
ACCOUNTS_EACH = 60
HIDDEN = re.compile(r'<input type="hidden" name="([a-z_]+)"(?: value="([^"]*)")?')


def main():
    import django
    from prepare import prepare

    prepare()
    django.setup()
    threads = make_forum()
    with server() as address:
        clients = [Client(address, number, threads) for number in range(CLIENTS)]
        began = time.monotonic()
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda client: client.post_until(began + SECONDS), clients))
        took = time.monotonic() - began
    check(clients, took)


def make_forum():
    """Accounts with an alias in the first kit's forum, and threads to write in: their ids."""
    from django.contrib.auth.hashers import make_password

    from forums.actions import join_forum, start_thread
    from forums.models import Forum
    from hub.accounts.models import User

    forum, secret = Forum.objects.filter(kit_key__isnull=False).order_by("pk").first(), make_password(PASSPHRASE)
    names = [f"{RUN}-{client}-of-{n}" for client in range(CLIENTS) for n in range(ACCOUNTS_EACH)]
    users = User.objects.bulk_create(User(username=name, password=secret) for name in names)
    aliases = [join_forum(user=user, forum=forum, name=f"Heron {user.username}") for user in users]
    words = {"source": "Begun", "html": "<p>Begun</p>", "language": "en"}
    begun = (start_thread(forum=forum, author=alias.user, alias=alias, title="At once", client_id=uuid.uuid4(), **words)
             for alias in aliases[:THREADS])  # fmt: skip
    return [f"/en/forums/{forum.slug}/{thread.pk}/" for thread in begun]


class server:
    """`scripts/serve.py` on a free port, with its web processes and its worker; one signal ends all."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            port = probe.getsockname()[1]
        environ, self.log = os.environ | {"PORT": str(port)}, Path(os.environ["HUB_VAR"]) / "server.log"
        command = [sys.executable, str(ROOT / "scripts" / "serve.py")]
        with self.log.open("w") as log:
            self.process = subprocess.Popen(command, cwd=ROOT, env=environ, stdout=log, stderr=log)
        for _ in range(600):
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}/health/live", timeout=2)
                return f"http://127.0.0.1:{port}"
            except OSError:
                time.sleep(0.2)
        raise SystemExit("The server did not start.")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(30)
        told = [line for line in self.log.read_text().splitlines() if "Error" in line or "locked" in line]
        assert not told, "The server told of errors:\n" + "\n".join(told[:20])


class Stay(urllib.request.HTTPRedirectHandler):
    """An answer that leads elsewhere is an answer."""

    def redirect_request(self, *_):
        return None


class Client:
    """One woman after the other at one device. `sent`: {(user name, client id): thread} of what the hub said it took."""

    def __init__(self, address, number, threads):
        self.address, self.number, self.threads = address, number, threads
        self.chance, self.sent, self.waits, self.twice, self.account = random.Random(number), {}, [], 0, 0

    def post_until(self, end):
        while time.monotonic() < end:
            self.sign_in()
            while self.left >= 2 and time.monotonic() < end:
                self.post()

    def sign_in(self):
        self.name, self.account, self.left = f"{RUN}-{self.number}-of-{self.account}", self.account + 1, POSTS_EACH
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()), Stay)
        fields = self.fields_of("/en/accounts/login/")
        status, _body = self.ask("/en/accounts/login/", fields | {"login": self.name, "password": PASSPHRASE})
        assert status == 302, f"{self.name} could not sign in: {status}"

    def post(self):
        thread = self.chance.choice(self.threads)
        fields = self.fields_of(thread)
        fields |= {"body": f"Post {uuid.uuid4()} of {self.name}", "language": "en", "language_sure": "en"}
        for status in self.send(f"{thread}reply/", fields):
            self.left -= 1
            assert status == 302, f"A post of {self.name} was answered {status}."
        self.sent[self.name, fields["client_id"]] = thread

    def send(self, path, fields):
        """Once; or, one time in five, twice."""
        how = self.chance.random()
        if how < 0.1:
            self.twice += 1
            with ThreadPoolExecutor(2) as pool:
                return [status for status, _body in pool.map(lambda _n: self.ask(path, fields), range(2))]
        began = time.monotonic()
        statuses = [self.ask(path, fields)[0]]
        self.waits.append(time.monotonic() - began)
        if how > 0.9:
            self.twice += 1
            statuses.append(self.ask(path, fields)[0])
        return statuses

    def fields_of(self, path):
        status, body = self.ask(path)
        assert status == 200, f"{path} was answered {status}."
        return dict(HIDDEN.findall(body.replace(" hidden", "")))

    def ask(self, path, fields=None):
        data = urllib.parse.urlencode(fields).encode() if fields else None
        try:
            with self.opener.open(self.address + path, data, timeout=60) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, ""


def check(clients, took):
    from forums.counting import recount
    from forums.models import Post, Thread

    sent = {key for client in clients for key in client.sent}
    rows = Post.objects.filter(author__username__startswith=RUN).exclude(source="Begun")
    kept = [(name, str(client_id)) for name, client_id in rows.values_list("author__username", "client_id")]
    assert len(kept) == len(set(kept)), "posts are doubled"
    assert set(kept) == sent, f"{len(sent - set(kept))} posts are lost, {len(set(kept) - sent)} nobody sent"
    assert not rows.exclude(held="", hidden=False).exists(), "posts wait"
    names = ("post_count", "last_post_id", "last_post_at")
    for thread in Thread.objects.all():
        before = [getattr(thread, name) for name in names]
        recount(thread)
        assert [getattr(thread, name) for name in names] == before, f"thread {thread.pk} counts wrongly"
    waits = sorted(wait * 1000 for client in clients for wait in client.waits)
    accounts, twice = sum(client.account for client in clients), sum(client.twice for client in clients)
    print(
        f"{CLIENTS} clients, {took:.0f} s, {accounts} sign-ins: {len(sent)} posts ({len(sent) / took:.0f} a second), ",
        end="",
    )
    print(f"{twice} of them sent twice. None lost, none doubled, no error, counters exact. ", end="")
    print(
        f"A post took {statistics.median(waits):.0f} ms (median), {waits[len(waits) * 99 // 100]:.0f} ms (99 of 100)."
    )


if __name__ == "__main__":
    main()
