"""Who may try a passphrase: asked before anything is hashed, because hashing is what a flood of attempts would make us pay for.

No rule locks an account, or strangers could keep its owner out:

- her own device, or a session of hers that is asked again, is counted apart from everybody else;
- everybody else is counted by line and by provider, and by account and line;
- once an account has had AT_ACCOUNT attempts from strangers in a window, a further one needs a page that was opened at least WAIT
  seconds ago and was not used before. Who types her name and passphrase has had it open for as long; who sends a hundred attempts
  a second has not. Attempts that get so far are bounded by the number of lines somebody holds, and never by those of others.

An unknown name is counted like a known one.
"""

import secrets
import time
from dataclasses import dataclass, field

from django.core import signing

from hub.lib.address import household, neighbourhood
from hub.lib.limits import allow, give_back

WINDOW = 300  # seconds
FROM_OWN_DEVICE = 10
FROM_HOUSEHOLD = 100  # a class of 25 behind one line, each mistyping a few times
FROM_NEIGHBOURHOOD = 400
AT_ACCOUNT_FROM_HOUSEHOLD = 10
AT_ACCOUNT = 10
SIGN_UPS_FROM_HOUSEHOLD = 80
WAIT = 10  # seconds
TICKET_LIFE = 3600  # seconds
SALT = "hub.accounts.attempts"


@dataclass
class Attempt:
    """One try of a passphrase for the folded `name`. `device` is the id of a device or session known to be hers, or empty."""

    name: str
    address: str
    device: str = ""
    ticket: str = ""
    counted: list = field(default_factory=list)

    def refusal(self):
        """Count it: "" if it may be made, else "wait" (a page that has been open for a while passes) or "too_many"."""
        if self.device and self.count(f"device:{self.device}", FROM_OWN_DEVICE):
            return ""
        line = household(self.address)
        within = (
            self.count(f"neighbourhood:{neighbourhood(self.address)}", FROM_NEIGHBOURHOOD)
            and self.count(f"household:{line}", FROM_HOUSEHOLD)
            and self.count(f"account:{self.name}:{line}", AT_ACCOUNT_FROM_HOUSEHOLD)
        )
        if not within:
            return "too_many"
        return "" if self.count(f"account:{self.name}", AT_ACCOUNT) or use_ticket(self.ticket) else "wait"

    def count(self, key, limit):
        self.counted.append(f"sign-in:{key}")
        return allow(self.counted[-1], limit=limit, seconds=WINDOW)

    def succeeded(self):
        """The right passphrase: nothing was guessed, so nothing counts."""
        for key in self.counted:
            give_back(key, seconds=WINDOW)


def new_ticket():
    """Says when a sign-in page was opened; it is good for one attempt."""
    return signing.dumps([secrets.token_urlsafe(12), int(time.time())], salt=SALT)


def use_ticket(ticket):
    """Whether `ticket` is ours, has waited long enough and was not used before."""
    try:
        number, opened_at = signing.loads(ticket, salt=SALT, max_age=TICKET_LIFE)
    except signing.BadSignature:
        return False
    return time.time() - opened_at >= WAIT and allow(f"ticket:{number}", limit=1, seconds=2 * TICKET_LIFE)


def may_ask_for_code(*, email, address):
    """Whether one more code may be sent to `email`: enough for whoever mistypes, too few to fill a mailbox.

    What somebody far away asks for uses up the second count only, after twenty codes within an hour.
    """
    line = household(address)
    return (
        allow(f"code:{line}", limit=60, seconds=600)
        and allow(f"code:{email}:{line}", limit=4, seconds=600)
        and allow(f"code:{email}", limit=20, seconds=3600)
    )


def may_sign_up(*, address):
    """A class of 25 women behind one line signs up within ten minutes, each mistyping something twice."""
    return allow(f"sign-up:{household(address)}", limit=SIGN_UPS_FROM_HOUSEHOLD, seconds=600)
