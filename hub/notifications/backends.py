from django.contrib.auth.models import Group
from django.db.models import Exists, IntegerField, OuterRef, Q, Subquery

from hub.accounts.backends import FoldedNameBackend
from hub.accounts.models import User
from hub.accounts.roles import STAFF_ROLES, Role
from hub.lib.prepared import Prepared
from hub.notifications.models import Notification

MOST_COUNTED = 100  # the bell says "99+" from here on


class Counted(Subquery):
    """The number of rows of a query that ends after some: however much she has not read, no page counts it all."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


UNREAD = Counted(Notification.objects.unread().filter(user=OuterRef("pk")).order_by().values("pk")[:MOST_COUNTED])
STAFF = Q(is_superuser=True) | Exists(Group.objects.filter(user=OuterRef("pk"), name__in=STAFF_ROLES))
EDITS = Q(name__startswith=f"{Role.EDITOR}-") | Q(name__startswith=f"{Role.TRANSLATOR}-")
EDITOR = Q(is_superuser=True) | Exists(Group.objects.filter(EDITS, user=OuterRef("pk")))
KNOWN = {"unread_news": UNREAD, "is_in_staff": STAFF, "is_editor": EDITOR}
PERSON = Prepared(lambda user_id: User.objects.annotate(**KNOWN).filter(pk=user_id))


class NewsBackend(FoldedNameBackend):
    """The person of a session comes with what every page asks of her, KNOWN: in the statement that fetches her."""

    def get_user(self, user_id):
        user = PERSON.first(user_id=int(user_id))
        return user if user and self.user_can_authenticate(user) else None
