import datetime
import time
import uuid

from django import forms
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import get_language, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from forums.models import POST_LENGTH, TITLE_LENGTH, Act, Report, ReportReason, SpaceAlias, Thread
from forums.names import claims_role, fold_name, name_key
from forums.quotes import render_post
from hub.accounts.staff_forms import TakeUpForm
from hub.lib.text import TextField


def sent(request):
    """What a form is bound to: also an empty POST is one."""
    return request.POST if request.method == "POST" else None


def at_least(limit):
    message = ngettext_lazy(
        "Please write at least %(limit)d character.", "Please write at least %(limit)d characters.", "limit"
    )

    def check(value):
        if len(value) < limit:
            raise ValidationError(message, code="too_short", params={"limit": limit})

    return check


def post_number(value):
    """The id in `value`, a text from the client; None when it is none."""
    return int(value) if value and value.isdecimal() and len(value) < 19 else None


OPENED = signing.Signer(salt="forums.form-opened")


def open_stamp():
    """When a form was opened, in milliseconds, signed."""
    return OPENED.sign(int(time.time() * 1000))


def opened_at(stamp):
    """Seconds since 1970. Raises BadSignature for a stamp that is not ours."""
    return int(OPENED.unsign(stamp)) / 1000


class PostForm(forms.Form):
    body = TextField(label=_("Your text"), max_length=POST_LENGTH, widget=forms.Textarea({"rows": 8, "dir": "auto"}))
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES)
    # Plain fields: what she cannot see must never stop her, so that odd values count as none.
    client_id = forms.Field(required=False, widget=forms.HiddenInput)
    in_reply_to = forms.Field(required=False, widget=forms.HiddenInput)
    opened = forms.Field(required=False, widget=forms.HiddenInput)
    # Seen by nobody, so that only a program fills it in.
    homepage = forms.Field(
        label=_("Leave this empty"), required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, data=None, *, posts=None, initial=None, **kwargs):
        """`posts`: the posts that this one may answer."""
        self.posts = posts
        preset = {"language": get_language(), "client_id": uuid.uuid4(), "opened": open_stamp()}
        super().__init__(data, initial=preset | (initial or {}), **kwargs)

    def clean_client_id(self):
        try:
            return uuid.UUID(self.cleaned_data["client_id"] or "")
        except ValueError:
            return uuid.uuid4()

    def clean_in_reply_to(self):
        number = post_number(self.cleaned_data["in_reply_to"])
        return self.posts.filter(pk=number).first() if number and self.posts is not None else None

    def clean_body(self):
        self.html = render_post(self.cleaned_data["body"])
        if not self.html.strip():
            raise ValidationError(self.fields["body"].error_messages["required"], code="required")
        return self.cleaned_data["body"]

    def by_program(self):
        """Whether this looks sent by a program: the hidden field is filled in, or no person is so fast. Without a stamp nothing is said."""
        if self.cleaned_data["homepage"]:
            return True
        stamp = self.cleaned_data["opened"]
        try:
            return bool(stamp) and time.time() - opened_at(stamp) < settings.FORUM_FASTEST_SECONDS
        except signing.BadSignature:
            return True

    def writing(self):
        """What the actions store."""
        names = ("language", "client_id")
        return {name: self.cleaned_data[name] for name in names} | {
            "source": self.cleaned_data["body"],
            "html": str(self.html),
        }


class ThreadForm(PostForm):
    title = TextField(
        label=_("Title"),
        max_length=TITLE_LENGTH[1],
        one_line=True,
        validators=[at_least(TITLE_LENGTH[0])],
        help_text=_("A few words that say what you ask or tell."),
        widget=forms.TextInput({"dir": "auto"}),
    )
    kind = forms.ChoiceField(
        label=_("What is it?"), choices=Thread.Kind.choices, widget=forms.RadioSelect, required=False
    )
    about = forms.Field(required=False, widget=forms.HiddenInput)
    field_order = ["title", "kind", "body", "language"]

    def __init__(self, data=None, *, announces=False, initial=None, **kwargs):
        """`announces`: whether she may write announcements."""
        super().__init__(data, initial={"kind": Thread.Kind.QUESTION} | (initial or {}), **kwargs)
        if not announces:
            choices = self.fields["kind"].choices
            self.fields["kind"].choices = [choice for choice in choices if choice[0] != Thread.Kind.ANNOUNCEMENT]

    def clean_kind(self):
        return self.cleaned_data["kind"] or Thread.Kind.QUESTION

    def clean_about(self):
        try:
            return uuid.UUID(self.cleaned_data["about"] or "")
        except ValueError:
            return None


class JoinForm(forms.Form):
    name = TextField(
        label=_("Your alias in this forum"),
        max_length=40,
        one_line=True,
        validators=[at_least(2)],
        help_text=_("Do not use your real name, your town or a name you use elsewhere."),
        widget=forms.TextInput(
            {"autocomplete": "off", "autocapitalize": "words", "spellcheck": "false", "dir": "auto"}
        ),
    )
    rules = forms.BooleanField(
        label=_("I have read the house rules and will keep to them."),
        error_messages={"required": _("Please read the house rules and tick the box.")},
    )

    def __init__(self, data=None, *, user, forum, **kwargs):
        self.user, self.forum = user, forum
        super().__init__(data, **kwargs)
        if SpaceAlias.objects.filter(user=user).exists():
            del self.fields["rules"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        folded = fold_name(name)
        if sum(c.isalpha() for c in name) < 2:
            raise ValidationError(_("Please use at least two letters."), code="bare")
        if claims_role(name):
            raise ValidationError(_("This name sounds like a role. Please choose another one."), code="role")
        if folded == fold_name(self.user.get_username()):
            raise ValidationError(
                _("This is your user name. An alias is safer when nobody knows it."), code="user_name"
            )
        if self.forum.aliases.filter(name_key=name_key(name)).exists():
            raise ValidationError(
                _("This alias is taken, or very close to one. Please choose another one."), code="taken"
            )
        return name


class SwitchForm(forms.Form):
    """On or off: follow, keep, thank."""

    on = forms.TypedChoiceField(choices=[("1", ""), ("0", "")], coerce=lambda value: value == "1")


class ReportForm(forms.ModelForm):
    reason = forms.ChoiceField(
        label=_("What is wrong?"),
        choices=[choice for choice in ReportReason.choices if choice[0] != ReportReason.WORDS],
        widget=forms.RadioSelect,
    )
    note = TextField(
        label=_("Anything else the moderators should know"),
        max_length=1000,
        required=False,
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )

    class Meta:
        model = Report
        fields = ["reason", "note"]


class AskWhoForm(TakeUpForm):
    """Why an administrator asks who an alias is. The member reads these words."""

    reason = TextField(
        label=_("Why"),
        max_length=1000,
        validators=[at_least(20)],
        help_text=_("The member reads this reason and your user name."),
        widget=forms.Textarea({"rows": 3, "dir": "auto"}),
    )
    field_order = ["reason", "password"]


ENDING = {Act.MUTE, Act.BAN, Act.HUB_BAN}


class ActForm(forms.Form):
    """One act of a moderator. `acts` are those that make sense on the page."""

    act = forms.ChoiceField(label=_("What to do"), widget=forms.RadioSelect)
    until = forms.DateField(
        label=_("Until (only for a pause or an exclusion)"),
        required=False,
        widget=forms.DateInput({"type": "date"}, format="%Y-%m-%d"),
    )
    reason = TextField(
        label=_("Why"),
        max_length=500,
        required=False,
        help_text=_("Kept in the log that moderators read. Name no person."),
        widget=forms.Textarea({"rows": 2, "dir": "auto"}),
    )

    def __init__(self, data=None, *, acts, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["act"].choices = [(act.value, act.label) for act in acts]
        if not ENDING & set(acts):
            del self.fields["until"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") in ENDING and "until" not in self.errors:
            self._check_end(cleaned)
        if cleaned.get("act") == Act.WARN and not cleaned.get("reason"):
            self.add_error("reason", _("Please write the words that she shall read."))
        return cleaned

    def _check_end(self, cleaned):
        today = timezone.localdate()
        until = cleaned.get("until")
        if not until or not today < until <= today + datetime.timedelta(days=3660):
            self.add_error("until", _("Please give a day after today, within ten years."))
        else:
            cleaned["until"] = timezone.make_aware(datetime.datetime.combine(until, datetime.time.max))
