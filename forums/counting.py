"""The counters of a thread, derived from its posts."""


def recount(thread):
    """Make the counters of a thread again from its posts."""
    shown = thread.posts.filter(hidden=False, held="")
    last = shown.order_by("-pk").only("created_at").first()
    thread.post_count = shown.count()
    thread.last_post_id = last.pk if last else 0
    thread.last_post_at = last.created_at if last else thread.created_at
    thread.save(update_fields=["post_count", "last_post_id", "last_post_at"])
