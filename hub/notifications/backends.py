from django.db.models import Count, OuterRef, Subquery
from django.db.models.functions import Coalesce

from hub.accounts.backends import FoldedNameBackend
from hub.accounts.models import User
from hub.lib.prepared import Prepared
from hub.notifications.models import Notification

UNREAD = (
    Notification.objects.unread().filter(user=OuterRef("pk")).order_by().values("user").annotate(number=Count("pk"))
)
PERSON = Prepared(
    lambda user_id: User.objects.annotate(unread_news=Coalesce(Subquery(UNREAD.values("number")), 0)).filter(pk=user_id)
)


class NewsBackend(FoldedNameBackend):
    """The person of a session comes with `unread_news`, for the bell on every page: in the statement that fetches her."""

    def get_user(self, user_id):
        user = PERSON.first(user_id=int(user_id))
        return user if user and self.user_can_authenticate(user) else None
