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
from forums.names import claims_role, hints_at, name_key
from forums.picture_fields import PictureFields
from forums.quotes import render_post
from forums.tag_forms import TagsField
from forums.tags import tags_of
from hub.accounts.staff_forms import TakeUpForm
from hub.lib.guess_language import guess_language
from hub.lib.sanitise import TooMuch, refuse_too_much
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


NAMED = dict(settings.LANGUAGES)


def with_answer(data):
    """What she sent, with the language that she has just said it is, while sending or in the preview."""
    answer = data and next((data[name] for name in ("language_is", "preview") if data.get(name) in NAMED), None)
    if not answer:
        return data
    data = data.copy()
    data["language"] = data["language_sure"] = answer
    return data


class PostForm(PictureFields):
    body = TextField(label=_("Your text"), max_length=POST_LENGTH, widget=forms.Textarea({"rows": 8, "dir": "auto"}))
    language = forms.ChoiceField(label=_("Language you write in"), choices=settings.LANGUAGES)
    # Plain fields: what she cannot see must never stop her, so that odd values count as none.
    client_id = forms.Field(required=False, widget=forms.HiddenInput)
    in_reply_to = forms.Field(required=False, widget=forms.HiddenInput)
    opened = forms.Field(required=False, widget=forms.HiddenInput)
    # The language that she has said it is when she was asked.
    language_sure = forms.Field(required=False, widget=forms.HiddenInput)
    # Seen by nobody, so that only a program fills it in.
    homepage = forms.Field(
        label=_("Leave this empty"), required=False, widget=forms.TextInput({"autocomplete": "off", "tabindex": "-1"})
    )

    def __init__(self, data=None, *, posts=None, initial=None, **kwargs):
        """`posts`: the posts that this one may answer."""
        self.posts = posts
        data = with_answer(data)
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
        try:
            refuse_too_much(self.cleaned_data["body"])
        except TooMuch as wrong:
            said = _(
                "This text has too many marks, lines or quotes in quotes to be shown well. Please make it simpler, or write two "
                "posts; it is still in the field."
            )
            raise ValidationError(said, code="too_much") from wrong
        self.html = render_post(self.cleaned_data["body"])
        if not self.html.strip():
            raise ValidationError(self.fields["body"].error_messages["required"], code="required")
        return self.cleaned_data["body"]

    def other_language(self):
        """The language her text seems to be in, when it is not the one she chose; None once she has answered."""
        text = f"{self.cleaned_data.get('title', '')}\n{self.cleaned_data['body']}"
        guess = guess_language(text, self.cleaned_data["language"])
        answered = self.cleaned_data["language_sure"] == self.cleaned_data["language"]
        return None if answered or guess not in NAMED or guess == self.cleaned_data["language"] else guess

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
            "pictures": self.chosen(),
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
    tags = TagsField()
    field_order = ["title", "kind", "body", "tags", "language"]

    def __init__(self, data=None, *, forum, announces=False, initial=None, **kwargs):
        """`announces`: whether she may write announcements."""
        super().__init__(data, initial={"kind": Thread.Kind.QUESTION} | (initial or {}), **kwargs)
        self.fields["tags"].choices = tags_of(forum.pk).items()
        if not self.fields["tags"].choices:
            del self.fields["tags"]
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

    HINTS = {
        "user_name": _(
            "Your user name stands in this alias. An alias is safer when nobody knows it. One of the ideas below?"
        ),
        "address": _(
            "A part of your e-mail address stands in this alias. Others could know you by it. One of the ideas below?"
        ),
    }

    def __init__(self, data=None, *, user, forum, **kwargs):
        self.user, self.forum = user, forum
        super().__init__(data, **kwargs)
        if SpaceAlias.objects.filter(user=user).exists():
            del self.fields["rules"]

    def clean_name(self):
        name = self.cleaned_data["name"]
        if sum(c.isalpha() for c in name) < 2:
            raise ValidationError(_("Please use at least two letters."), code="bare")
        if claims_role(name):
            raise ValidationError(_("This name sounds like a role. Please choose another one."), code="role")
        addresses = {self.user.email, *self.user.emailaddress_set.values_list("email", flat=True)}
        if hint := hints_at(name, username=self.user.get_username(), addresses=addresses):
            raise ValidationError(self.HINTS[hint], code=hint)
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
        if not (ENDING | {Act.CLOSE_ON}) & set(acts):
            del self.fields["until"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") in ENDING and "until" not in self.errors:
            self._check_end(cleaned)
        if cleaned.get("act") == Act.WARN and not cleaned.get("reason"):
            self.add_error("reason", _("Please write the words that she shall read."))
        return cleaned

    def _check_end(self, cleaned, at=datetime.time.max):
        today = timezone.localdate()
        until = cleaned.get("until")
        if not until or not today < until <= today + datetime.timedelta(days=3660):
            self.add_error("until", _("Please give a day after today, within ten years."))
        else:
            cleaned["until"] = timezone.make_aware(datetime.datetime.combine(until, at))


class ThreadActForm(ActForm):
    """One act on a thread. `homes` are the forums it may move to."""

    to = forms.ModelChoiceField(label=_("Move to"), queryset=None, required=False)
    field_order = ["act", "until", "to", "reason"]

    def __init__(self, data=None, *, acts, homes, **kwargs):
        super().__init__(data, acts=acts, **kwargs)
        self.fields["until"].label = _("Day from which nobody can write")
        if Act.MOVE in acts:
            self.fields["to"].queryset = homes
        else:
            del self.fields["to"]

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("act") == Act.CLOSE_ON and "until" not in self.errors:
            self._check_end(cleaned, at=datetime.time.min)
        elif cleaned.get("act") != Act.CLOSE_ON:
            cleaned["until"] = None
        if cleaned.get("act") == Act.MOVE and not cleaned.get("to") and "to" not in self.errors:
            self.add_error("to", _("Please choose the forum."))
        return cleaned
