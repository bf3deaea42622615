"""Sessions in the database, as Django keeps them; to find one its SQL is not made anew (hub/lib/prepared.py)."""

from django.contrib.sessions.backends import db
from django.utils import timezone

from hub.lib.prepared import Prepared

SESSION = Prepared(lambda key, now: SessionStore.get_model_class().objects.filter(session_key=key, expire_date__gt=now))


class SessionStore(db.SessionStore):
    def _get_session_from_db(self):
        found = SESSION.first(key=self.session_key, now=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found
