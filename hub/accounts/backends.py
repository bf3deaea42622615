from allauth.account.auth_backends import AuthenticationBackend

from hub.accounts.models import User
from hub.accounts.names import fold_name


class FoldedNameBackend(AuthenticationBackend):
    """Signs in by user name and passphrase; upper and lower case and full-width letters do not matter."""

    def _authenticate_by_username(self, username, password):
        user = User.objects.filter(folded_name=fold_name(username)).first()
        return self._check_password(user, password)
