"""What the benches share: a page called in process, its statements and CPU time, a free port, and where the figures are written."""

import socket
import time

from stamps import ROOT

BARE = "/health/live"


def caller(path, who=None, *, session=None, warm=3):
    """Calls the page through the whole middleware, as the server does; as `who`, or in her session. It is called `warm` times at once."""
    from django.core.handlers.wsgi import WSGIHandler
    from django.test import RequestFactory

    handler, factory, cookies = WSGIHandler(), RequestFactory(), {}
    asked = dict(zip(("PATH_INFO", "QUERY_STRING"), [*path.split("?"), ""], strict=False))
    if session := session or (who and session_of(who)):
        cookies = {"HTTP_COOKIE": f"sessionid={session}"}

    def call():
        environ = factory._base_environ(**asked, REQUEST_METHOD="GET", HTTP_ACCEPT_ENCODING="gzip", **cookies)
        status = []
        response = handler(environ, lambda code, headers: status.append(code))
        body = b"".join(response)
        response.close()
        assert status[0].startswith("200"), f"{path}: {status[0]}"
        return body

    for _ in range(warm):  # what is cached is cached, templates are compiled
        call()
    return call


def session_of(username):
    from django.test import Client

    from hub.accounts.models import User

    client = Client()
    client.force_login(User.objects.get(username=username))
    session = client.session
    session["own_device"] = True
    session.save()
    return session.session_key


def count_statements(call):
    return len(statements(call))


def statements(call):
    """The SQL that a page sends, without transaction control."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as seen:
        call()
    control = ("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT", "ROLLBACK")
    return [query["sql"] for query in seen if not query["sql"].startswith(control)]


def cpu_of(call):
    began = time.thread_time()
    call()
    return (time.thread_time() - began) * 1000


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def write_part(name, lines):
    """Put lines between the marks <!-- name --> and <!-- /name --> of docs/performance.md."""
    path, start, end = ROOT / "docs" / "performance.md", f"<!-- {name} -->", f"<!-- /{name} -->"
    head, _, rest = path.read_text().partition(start)
    path.write_text(f"{head}{start}\n" + "\n".join(lines) + f"\n{end}{rest.partition(end)[2]}")
