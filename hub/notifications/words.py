"""What is told, in sentences: made when they are read, in the language of the page or of her mails."""

from dataclasses import dataclass

from django.conf import settings
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext_lazy

from hub.notifications.models import Kind


@dataclass(frozen=True, slots=True)
class Detail:
    """What a notification is about, as far as she may read it now."""

    title: str = ""
    place: str = ""  # such as the name of a forum


# Without a title, and in a mail: how many of each kind.
COUNTED = {
    Kind.REPLY: ngettext_lazy(
        "%(count)d new post in a thread you follow", "%(count)d new posts in threads you follow", "count"
    ),
    Kind.TO_HER: ngettext_lazy("%(count)d answer to a post of yours", "%(count)d answers to posts of yours", "count"),
    Kind.MENTION: ngettext_lazy("%(count)d post speaks to you", "%(count)d posts speak to you", "count"),
    Kind.THREAD: ngettext_lazy(
        "%(count)d new thread in a forum you follow", "%(count)d new threads in forums you follow", "count"
    ),
    Kind.ANNOUNCEMENT: ngettext_lazy("%(count)d announcement", "%(count)d announcements", "count"),
    Kind.ACCEPTED: ngettext_lazy(
        "%(count)d answer of yours was chosen as the one that helped",
        "%(count)d answers of yours were chosen as those that helped",
        "count",
    ),
    Kind.MODERATED: ngettext_lazy(
        "%(count)d message about a post of yours", "%(count)d messages about posts of yours", "count"
    ),
    Kind.REPORT: ngettext_lazy(
        "Thank you. %(count)d report of yours was looked at.",
        "Thank you. %(count)d reports of yours were looked at.",
        "count",
    ),
    Kind.CIRCLE: ngettext_lazy("%(count)d message about a circle", "%(count)d messages about circles", "count"),
    # Translators: a certificate; in a mail, and where it must say nothing to somebody else.
    Kind.CERTIFICATE: ngettext_lazy(
        "%(count)d message about something you asked for", "%(count)d messages about things you asked for", "count"
    ),
    # Translators: in a mail; it must say nothing to somebody else who sees it.
    Kind.REMINDER: _("You asked us to remind you. All you did is kept, and there is no hurry."),
    Kind.LAST_REMINDER: _(
        "You asked us to remind you. This is the last time, because you have not come for a while. "
        "You can ask for reminders again whenever you like."
    ),
    Kind.PLACE: ngettext_lazy(
        "A place in %(count)d kit became free for you", "Places in %(count)d kits became free for you", "count"
    ),
    # Translators: the e-mail of Monday morning to who translates the kits. %(count)d is nearly always 1.
    Kind.TEXTS: ngettext_lazy(
        "%(count)d message about texts that wait for a translation or a review",
        "%(count)d messages about texts that wait for a translation or a review",
        "count",
    ),
}
# Translators: in the list of what is new. %(title)s is the title of a thread or of a kit.
TITLED = {
    Kind.REPLY: ngettext_lazy("%(count)d new post in “%(title)s”", "%(count)d new posts in “%(title)s”", "count"),
    Kind.TO_HER: ngettext_lazy(
        "%(count)d answer to your post in “%(title)s”", "%(count)d answers to your posts in “%(title)s”", "count"
    ),
    Kind.MENTION: ngettext_lazy(
        "%(count)d post in “%(title)s” speaks to you", "%(count)d posts in “%(title)s” speak to you", "count"
    ),
    Kind.THREAD: _("A new thread: “%(title)s”"),
    Kind.ANNOUNCEMENT: _("An announcement: “%(title)s”"),
    Kind.ACCEPTED: _("Your answer in “%(title)s” was chosen as the one that helped."),
    Kind.REPORT: _("Thank you. What you reported in “%(title)s” was looked at."),
    Kind.PLACE: _("A place became free for you: “%(title)s”"),
    # Translators: %(title)s is a list such as “5 pages in Greek, 2 pages in Italian”.
    Kind.TEXTS: _("Waiting for a translation or a review: %(title)s"),
}
# What a moderator or a trainer did, by the name of the act.
DONE = {
    "hide": _("A moderator has hidden your post."),
    "reported": _("Your post is hidden until a moderator has looked at it."),
    "restore": _("A moderator shows your post again."),
    "release": _("A moderator has let your post through. Others can read it now."),
    "refuse": _("A moderator did not let your post through."),
    "warn": _("A moderator wrote to you. You find the words in the forum."),
    "mute": _("A moderator has paused your writing in a forum. You can read."),
    "unmute": _("You can write in the forum again."),
    "ban": _("A moderator has excluded your alias from a forum for a time."),
    "unban": _("You can read and write in the forum again."),
    "hub_ban": _("A moderator has excluded you from the forums for a time."),
    "hub_unban": _("You can read and write in the forums again."),
    "move": _("A moderator has moved a thread of yours to another forum."),
    "unmask_asked": _("Another administrator asks who an alias is. A second one has to agree."),
    # Translators: a circle is a small group that takes a kit together with a trainer.
    "circle_notice": _("Your trainer wrote to your circle."),
    "circle_place": _("A place in a circle became free for you."),
    "circle_slip": _("You are invited to a circle."),
    "circle_list": _("Your trainer took out a list on which you stand under your name in the circle."),
    "circle_removed": _("You are no longer in a circle. Your kit and all you wrote stay yours."),
    "circle_comment": _("Your trainer wrote to you about an answer that you shared."),
    "circle_closed": _("Your circle has closed. Your name in it is deleted."),
    "certificate_ready": _("Your certificate is ready. You can take it from here."),
    "certificate_withdrawn": _("A coordinator has withdrawn your certificate. Open it to read why."),
    "unmask": _("Two administrators asked who your alias is. Read who and why."),
}

BY_ACT = {Kind.MODERATED, Kind.CIRCLE, Kind.CERTIFICATE}  # each says what was done


def details_of(user, rows):
    """{id of a notification: Detail}. The apps above know the words; settings.NOTIFICATION_WORDS names who asks them."""
    return import_string(settings.NOTIFICATION_WORDS)(user, rows)


def sentence(row, count, title=""):
    """`count` notifications like `row` in one sentence."""
    if row.kind in BY_ACT and row.context.get("act") in DONE:
        return str(DONE[row.context["act"]])
    pattern = TITLED.get(row.kind) if title else None
    return (pattern or COUNTED[row.kind]) % {"count": count, "title": title}


def group(rows):
    """The rows that say the same of the same thread, together: [[row, …], …], in the order of their first."""
    found = {}
    for row in rows:
        alone = row.kind in BY_ACT or not row.topic
        found.setdefault((row.pk,) if alone else (row.kind, row.topic, row.read_at is None), []).append(row)
    return list(found.values())


def counted(rows):
    """One sentence for each kind among the rows."""
    kinds = {}
    for row in rows:
        kinds.setdefault(row.kind, []).append(row)
    return [str(COUNTED[kind] % {"count": len(some)}) for kind, some in kinds.items()]
