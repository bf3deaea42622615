"""Proves on a hub of its own, over HTTP, that no answer is lost or doubled: `.venv/bin/python scripts/prove_answers.py`.

1. 16 clients send the same 1,000 writes in random order, some of them twice; the record must be that of one client in order.
2. The server is killed (SIGKILL, with all its children) 20 times while a client writes; every answer it acknowledged must be there,
   and after repeating what was not acknowledged, every answer once.

The hub stands in a new folder (or HUB_VAR) and uses DATABASE_URL if set; that database must be one made for this.
CLIENTS, WRITES and KILLS change the numbers.
"""

import http.client
import os
import random
import signal
import socket
import subprocess
import sys
import tempfile
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]
os.environ.setdefault("HUB_VAR", tempfile.mkdtemp(prefix="prove-"))
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hub.settings")
CLIENTS, WRITES, KILLS = (
    int(os.environ.get(*pair)) for pair in [("CLIENTS", "16"), ("WRITES", "1000"), ("KILLS", "20")]
)


def main():
    import django
    from prepare import prepare

    prepare()
    django.setup()
    same_record()
    survives_kills()


class Server:
    """A hub in a process group of its own, so that one signal ends all of it at once."""

    def __enter__(self):
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.start()
        return self

    def start(self):
        where = ["--host", "127.0.0.1", "--port", str(self.port), "--no-ws", "--log-level", "error"]
        command = [
            sys.executable,
            "-m",
            "granian",
            "--interface",
            "wsgi",
            *where,
            "--blocking-threads",
            "4",
            "hub.wsgi:application",
        ]
        self.process = subprocess.Popen(command, cwd=ROOT, start_new_session=True)
        for _ in range(600):
            try:
                return self.ask("GET", "/health/live")
            except OSError:
                time.sleep(0.1)
        raise SystemExit("The server did not start.")

    def ask(self, method, path, body="", headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body, headers or {})
        response = connection.getresponse()
        return response.status, response.read()

    def kill(self):
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def __exit__(self, *_):
        self.kill()


class Woman:
    """A new account with a session; `send` posts a write (block, id, words, base) as the script of a lesson does."""

    def __init__(self, name):
        from django.test import Client

        from courses.queries import kit_outline
        from hub.accounts.models import User

        User.objects.filter(username=name).delete()
        self.user = User.objects.create_user(name)
        client = Client()
        client.force_login(self.user)
        self.lesson = kit_outline("en", "learner").lessons[0]
        token = "a" * 32
        self.headers = {
            "Accept": "application/json",
            "Content-Type": "application/x-www-form-urlencoded",
            "Cookie": f"sessionid={client.cookies['sessionid'].value}; csrftoken={token}",
            "X-CSRFToken": token,
        }

    def send(self, server, write):
        block, client_id, words, base = write
        body = urlencode({"text": words, "client_id": client_id, "base": base or ""})
        path = f"/en/kits/record/lesson/{self.lesson.key}/{block}/answer/"
        while True:
            status, _body = server.ask("POST", path, body, self.headers)
            if status != 429:
                return status
            time.sleep(1)  # as the script does: later

    def record(self):
        from courses.models import Answer

        names = ("block_id", "client_id", "base", "body__text", "state")
        return sorted(map(str, Answer.objects.filter(user=self.user).values_list(*names)))


def blocks(woman):
    from courses.pieces import lesson_pieces

    own = [part["id"] for kind, part in lesson_pieces(woman.lesson.pk) if kind == "reflection"]
    return [*own, *(f"{n:08x}-0000-4000-8000-000000000000" for n in range(20))]  # and parts that are there no more


def history(woman, number):
    from courses.versions import new_id

    places, last, writes = blocks(woman), {}, []
    for turn in range(number):
        block = random.choice(places)
        base = last.get(block) if random.random() < 0.9 else None
        last[block] = new_id(after=base)
        writes.append((block, last[block], f"words {turn}", base))
    return writes


def same_record():
    one, many = Woman("one-client"), Woman("many-clients")
    writes = history(one, WRITES)
    started = time.monotonic()
    with Server() as server:
        for write in writes:
            assert one.send(server, write) == 200
        with ThreadPoolExecutor(CLIENTS) as pool:
            list(pool.map(lambda seed: replay(server, many, writes, seed), range(CLIENTS)))
    assert many.record() == one.record(), "The records differ."
    seconds = time.monotonic() - started
    print(
        f"{CLIENTS} clients, {WRITES} writes each: the same {len(one.record())} versions. {seconds:.0f} s", flush=True
    )


def replay(server, woman, writes, seed):
    order = writes + random.Random(seed).sample(writes, len(writes) // 10)
    random.Random(seed).shuffle(order)
    for write in order:
        status = woman.send(server, write)
        assert status == 200, f"{write} was answered {status}."


def survives_kills():
    woman = Woman("killed-server")
    acknowledged = []
    with Server() as server:
        for kill in range(KILLS):
            writes = history(woman, 400)
            with ThreadPoolExecutor(2) as pool:
                sending = pool.submit(send_until_killed, server, woman, writes, acknowledged)
                time.sleep(random.uniform(0.3, 1.2))
                server.kill()
                left = sending.result()
            server.start()
            missing = set(acknowledged) - texts_kept(woman)
            assert not missing, f"Kill {kill + 1} lost {len(missing)} acknowledged answers."
            assert woman.send(server, left[0]) == 200  # the one whose answer never came: repeated unchanged
            acknowledged.append((str(left[0][1]), left[0][2]))
    kept = woman.record()
    assert len(kept) == len(acknowledged) == len(set(acknowledged))
    print(f"{KILLS} kills, {len(kept)} answers acknowledged: none lost, none doubled.", flush=True)


def send_until_killed(server, woman, writes, acknowledged):
    for number, write in enumerate(writes):
        try:
            assert woman.send(server, write) == 200
        except (OSError, http.client.HTTPException):
            return writes[number:]
        acknowledged.append((str(write[1]), write[2]))
    raise SystemExit("The server was not killed in time.")


def texts_kept(woman):
    from courses.models import Answer

    rows = Answer.objects.filter(user=woman.user).values_list("client_id", "body__text")
    return {(str(client_id), words) for client_id, words in rows}


if __name__ == "__main__":
    main()
