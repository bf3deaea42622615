"""Prepares a hub and serves it: one web process and one task worker side by side, until Ctrl-C or SIGTERM.

PORT (8000), HOST (127.0.0.1), WEB_PROCESSES (1), WEB_THREADS (4); DEBUG=1 serves with Django's reloading server.
"""

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request

from prepare import prepare
from stamps import ROOT

PORT = os.environ.get("PORT", "8000")
HOST = os.environ.get("HOST", "127.0.0.1")
DEBUG = os.environ.get("DEBUG") == "1"
ADDRESS = f"http://{'localhost' if HOST in {'127.0.0.1', '0.0.0.0'} else HOST}:{PORT}/"
TIDY_EVERY = 15 * 60  # seconds between two runs of `manage.py tidy`


def manage(*arguments):
    return [sys.executable, "manage.py", *arguments]


def web():
    if DEBUG:
        return manage("runserver", f"{HOST}:{PORT}")
    threads = ["--blocking-threads", os.environ.get("WEB_THREADS", "4")]
    processes = ["--workers", os.environ.get("WEB_PROCESSES", "1"), "--respawn-failed-workers"]
    where = ["--host", HOST, "--port", PORT, "--no-ws", "--log-level", "warning"]
    return [
        sys.executable,
        "-m",
        "granian",
        "--interface",
        "wsgi",
        *where,
        *processes,
        *threads,
        "hub.wsgi:application",
    ]


class Stop(Exception):
    """Somebody asked us to end."""


class Children:
    """The processes we keep running; one that ends by itself is started again, not faster than every few seconds."""

    def __init__(self, **commands):
        self.commands = commands
        self.running = {name: self.start(name) for name in commands}

    def start(self, name):
        return subprocess.Popen(self.commands[name], cwd=ROOT)

    def revive(self):
        for name, process in self.running.items():
            if process.poll() is not None:
                print(f"The {name} process ended with {process.returncode}; starting it again.", flush=True)
                time.sleep(3)
                self.running[name] = self.start(name)

    def end(self):
        for process in self.running.values():
            if process.poll() is None:
                process.terminate()
        deadline = time.monotonic() + 10
        for process in self.running.values():
            try:
                process.wait(max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main():
    if is_taken():
        sys.exit(f"Port {PORT} is in use. Try another one: PORT=8080 make run")
    prepare()
    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    children = Children(web=web(), worker=manage("db_worker", "--interval", "2"))
    try:
        wait_until_it_answers(children)
        watch(children)
    except Stop:
        print("\nStopping …", flush=True)
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        children.end()


def stop(*_):
    raise Stop


def is_taken():
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1" if HOST == "0.0.0.0" else HOST, int(PORT))) == 0


def wait_until_it_answers(children):
    for _ in range(120):
        if children.running["web"].poll() is not None:
            sys.exit("The web process did not start; its message stands above.")
        try:
            urllib.request.urlopen(f"{ADDRESS}health/live", timeout=2)
            break
        except urllib.error.HTTPError:
            break  # it answers, if only to other hosts
        except OSError:
            time.sleep(0.25)
    print(f"\nThe hub is at {ADDRESS}   (Ctrl-C stops it)", flush=True)
    print("The first administrator: .venv/bin/python manage.py createsuperuser, then /editor/\n", flush=True)


def watch(children):
    tidied = time.monotonic()
    while True:
        time.sleep(1)
        children.revive()
        if time.monotonic() - tidied > TIDY_EVERY:
            tidied = time.monotonic()
            subprocess.run(manage("tidy"), cwd=ROOT)


if __name__ == "__main__":
    main()
