"""Every page kind of the hub once: its name, who sees it, and its address in a language.

Whatever must hold on every page (accessibility, no third party, no sideways scrolling) is tested over this list; a new kind of page
is added here. `who` names a fixture of tests/conftest.py; `address` takes the language and the ids that the `settled_hub` fixture
of tests/browser/conftest.py provides.
"""

from dataclasses import dataclass

LESSON = "kits/learner/start-where-you-are/your-kit-your-pace/"


@dataclass(frozen=True)
class PageKind:
    name: str
    address: str  # after /<language>/; {thread} and {post} are filled in
    who: str = "visitor"
    status: int = 200

    def path(self, language, **ids):
        return f"/{language}/{self.address.format(**ids)}"


PAGE_KINDS = [
    PageKind("home", ""),
    PageKind("about", "about/"),
    PageKind("help", "help/"),
    PageKind("privacy", "privacy/"),
    PageKind("accessibility", "accessibility/"),
    PageKind("kits", "kits/"),
    PageKind("kit for a visitor", "kits/learner/"),
    PageKind("module", "kits/learner/start-where-you-are/"),
    PageKind("lesson for a visitor", LESSON),
    PageKind("lesson with a table and a file", "kits/learner/start-where-you-are/what-you-bring/"),
    PageKind("lesson with a film", "kits/trainer/whom-we-serve/many-women-many-paths/"),
    PageKind("lesson for trainers", "kits/trainer/the-six-sessions/sessions-1-and-2/"),
    PageKind("sign-up", "accounts/signup/"),
    PageKind("sign-in", "accounts/login/"),
    PageKind("recover", "accounts/recover/"),
    PageKind("link by e-mail", "accounts/password/reset/"),
    PageKind("code by e-mail", "accounts/login/code/"),
    PageKind("words for a passphrase", "accounts/passphrases/"),
    PageKind("not found", "there-is-no-such-page/", status=404),
    PageKind("home for a member", "", who="learner"),
    PageKind("kit for a learner", "kits/learner/", who="learner"),
    PageKind("module for a learner", "kits/learner/start-where-you-are/", who="learner"),
    PageKind("lesson for a learner", LESSON, who="learner"),
    PageKind("older versions", "kits/record/lesson/{lesson}/{reflection}/versions/", who="learner"),
    PageKind("kit that asks first", "kits/trainer/", who="learner"),
    PageKind("code on paper", "kits/join/", who="learner"),
    PageKind("enrolment", "staff/kits/", who="trainer"),
    PageKind("enrolment in a kit", "staff/kits/{asking}/", who="trainer"),
    PageKind("terms of a kit", "staff/kits/{asking}/terms/", who="coordinator"),
    PageKind("names given for a kit", "staff/kits/{asking}/people/", who="trainer"),
    PageKind("invitations to a kit", "staff/kits/{asking}/invitations/", who="trainer"),
    PageKind("lesson with a quiz", "kits/learner/start-where-you-are/what-you-bring/", who="learner"),
    PageKind("lesson with an order", "kits/trainer/the-six-sessions/sessions-1-and-2/", who="learner"),
    PageKind("leaving a kit", "kits/record/kit/{kit}/leave/", who="learner"),
    PageKind("my learning", "my/", who="learner"),
    PageKind("my learning, nothing begun", "my/", who="stranger"),
    PageKind("booklet", "my/booklet/learner/", who="learner"),
    PageKind("booklet with empty pages", "my/booklet/learner/?blank=1", who="learner"),
    PageKind("booklet, nothing written", "my/booklet/trainer/", who="stranger"),
    PageKind("emptying the booklet", "my/booklet/learner/empty/", who="learner"),
    PageKind("action plan", "my/plan/learner/", who="learner"),
    PageKind("action plan, nothing planned", "my/plan/learner/", who="stranger"),
    PageKind("deleting a goal", "my/plan/learner/goals/{goal}/delete/", who="learner"),
    PageKind("what is new", "my/news/", who="learner"),
    PageKind("what is new, nothing", "my/news/", who="stranger"),
    PageKind("what is new, by e-mail", "my/news/settings/", who="learner"),
    PageKind("a link that stops nothing", "my/news/stop/x/", status=404),
    PageKind("e-mail about a forum", "forums/learner/mail/", who="learner"),
    PageKind("e-mail about a thread", "forums/learner/{thread}/mail/", who="learner"),
    PageKind("days in a calendar", "my/calendar/", who="learner"),
    PageKind("my data", "my/data/", who="learner"),
    PageKind("erase my data", "my/data/erase/", who="learner"),
    PageKind("account", "accounts/", who="learner"),
    PageKind("change passphrase", "accounts/password/change/", who="learner"),
    PageKind("recovery codes", "accounts/recovery-card/", who="learner"),
    PageKind("e-mail", "accounts/email/", who="learner"),
    PageKind("sessions", "accounts/sessions/", who="learner"),
    PageKind("passkeys", "accounts/passkeys/", who="learner"),
    PageKind("sign-out", "accounts/logout/", who="learner"),
    PageKind("what happened with the account", "accounts/events/", who="learner"),
    PageKind("whether two people may help", "accounts/helped/allow/", who="learner"),
    PageKind("a code of two people", "accounts/helped/"),
    PageKind("invitation for a visitor", "accounts/invitation/{token}/"),
    PageKind("invitation", "accounts/invitation/{token}/", who="learner"),
    PageKind("invitation of her own", "accounts/invitation/{token}/", who="coordinator"),
    PageKind("a passphrase of her own", "accounts/own-passphrase/", who="newcomer"),
    PageKind("no staff pages for a learner", "staff/", who="learner", status=404),
    PageKind("staff", "staff/", who="coordinator"),
    PageKind("staff, trainer", "staff/", who="trainer"),
    PageKind("organisations and people", "staff/people/", who="coordinator"),
    PageKind("organisation", "staff/organisations/{organisation}/", who="coordinator"),
    PageKind("inviting", "staff/organisations/{organisation}/invite/", who="coordinator"),
    PageKind("person of the staff", "staff/people/{person}/", who="coordinator"),
    PageKind("log of the staff", "staff/people/log/", who="coordinator"),
    PageKind("helping back in", "staff/help/", who="trainer"),
    PageKind("agreeing to help", "staff/help/{request}/", who="trainer"),
    PageKind("making sign-in cards", "staff/cards/", who="trainer"),
    PageKind("second step", "accounts/2fa/", who="moderator"),
    PageKind("forums", "forums/", who="learner"),
    PageKind("threads I follow", "forums/followed/", who="learner"),
    PageKind("my posts", "forums/mine/", who="learner"),
    PageKind("kept by me", "forums/kept/", who="learner"),
    PageKind("house rules", "forums/rules/", who="learner"),
    PageKind("forum", "forums/learner/", who="learner"),
    PageKind("empty forum", "forums/trainer/", who="learner"),
    PageKind("joining a forum", "forums/learner/join/", who="stranger"),
    PageKind("new thread", "forums/learner/new/", who="learner"),
    PageKind("thread", "forums/learner/{thread}/", who="learner"),
    PageKind("reply with a quote", "forums/learner/{thread}/reply/?quote={answer}", who="learner"),
    PageKind("edit a post", "forums/posts/{post}/edit/", who="learner"),
    PageKind("withdraw a post", "forums/posts/{post}/withdraw/", who="learner"),
    PageKind("report a post", "forums/posts/{answer}/report/", who="learner"),
    PageKind("thread for a moderator", "forums/learner/{thread}/", who="moderator"),
    PageKind("not for her", "forums/moderation/", who="learner", status=403),
    PageKind("moderate a post", "forums/posts/{post}/moderate/", who="moderator"),
    PageKind("moderate a thread", "forums/learner/{thread}/moderate/", who="moderator"),
    PageKind("moderation", "forums/moderation/", who="moderator"),
    PageKind("aliases I do not read", "forums/blocked/", who="learner"),
    PageKind("who asked about my alias", "forums/asked/", who="learner"),
    PageKind("waiting posts", "forums/moderation/waiting/", who="moderator"),
    PageKind("moderation log", "forums/moderation/log/", who="moderator"),
]
