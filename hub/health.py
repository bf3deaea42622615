"""What a load balancer and an operator's monitor ask."""

from django.core.cache import cache
from django.db import DatabaseError, connection
from django.db.models import Min
from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from courses.translation.sound import tree_state
from hub.search.keeping import behind


def live(request):
    """The process answers. Touches no database: the measure that all other pages are compared with."""
    return HttpResponse("ok", content_type="text/plain")


def ready(request):
    """Can the hub do its work? 503 when not. A long wait of the oldest task means that the worker is not running."""
    state = {"database": answers(ask_database), "cache": answers(ask_cache), "oldest_waiting_task_seconds": None}
    state["tree"], state["posts_not_found_yet"] = "unknown", None
    if state["cache"]:
        state["tree"] = tree_state()  # a wrong tree is for the operator to mend: the site still answers
    if state["database"]:
        state["oldest_waiting_task_seconds"] = oldest_wait()
        state["posts_not_found_yet"] = behind()
    return JsonResponse(state, status=200 if state["database"] and state["cache"] else 503)


def answers(ask):
    try:
        return ask()
    except (DatabaseError, OSError, ConnectionError):
        return False


def ask_database():
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def ask_cache():
    cache.set("ready", "yes", 10)
    return cache.get("ready") == "yes"


def oldest_wait():
    """Seconds since the oldest task that could run now was queued; 0 when none waits."""
    oldest = DBTaskResult.objects.ready().aggregate(oldest=Min("enqueued_at"))["oldest"]
    return round((timezone.now() - oldest).total_seconds()) if oldest else 0
