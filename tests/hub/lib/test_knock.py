"""A server of our own on this machine answers in every way there is."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from hub.lib.knock import knock


class Answers(BaseHTTPRequestHandler):
    asked = []

    def do_HEAD(self):
        self.asked.append((self.command, self.path, self.headers["User-Agent"]))
        status = int(self.path.strip("/"))
        self.send_response(200 if status == 405 and self.command == "GET" else status)
        if status in (301, 302):
            self.send_header("Location", "/200")
        self.end_headers()

    do_GET = do_HEAD

    def log_message(self, *args):
        pass


@pytest.fixture(scope="module")
def server():
    made = HTTPServer(("127.0.0.1", 0), Answers)
    threading.Thread(target=made.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{made.server_port}"
    made.shutdown()
    made.server_close()


@pytest.mark.parametrize(
    ("status", "said"),
    [
        (200, ("there", "200")),
        (301, ("moved", "/200")),
        (302, ("there", "302")),
        (401, ("there", "401")),
        (404, ("gone", "404")),
        (410, ("gone", "410")),
        (503, ("silent", "503")),
    ],
)
def test_what_a_server_says_is_understood(server, status, said):
    assert knock(f"{server}/{status}") == said


def test_a_server_that_gives_no_head_is_asked_once_more_for_the_page(server):
    Answers.asked.clear()
    assert knock(f"{server}/405") == ("there", "200")
    assert [method for method, _path, _name in Answers.asked] == ["HEAD", "GET"]
    assert "link-check" in Answers.asked[0][2]


def test_nobody_at_home_is_silence():
    assert knock("http://127.0.0.1:9/", seconds=1)[0] == "silent"
    assert knock("http://[broken/", seconds=1)[0] == "silent"
