from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage

from hub.accounts.roles import needs_second_factor


class SecondStepStage(AuthenticateStage):
    """Asks for the second step of those whose role needs one, and of those who set up an authenticator app.

    For everybody else a passkey is one more way in, not one more thing to have with her: a woman who made one on her phone still
    gets in elsewhere by her passphrase or her card.
    """

    def _should_handle(self, request):
        return super()._should_handle(request) and asks_second_step(self.login.user)


def asks_second_step(user):
    return needs_second_factor(user) or Authenticator.objects.filter(user=user, type=Authenticator.Type.TOTP).exists()
