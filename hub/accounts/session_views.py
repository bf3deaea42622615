"""Where she is signed in: seen, and ended one by one or all at once."""

from allauth.usersessions.internal.flows.sessions import end_other_sessions
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib import messages
from django.http import HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from hub.accounts.access import member_required, posted, sign_out_everything


class EndSessionsForm(forms.Form):
    """One of her own sessions; without one, all but this."""

    session = forms.ModelChoiceField(queryset=UserSession.objects.none(), required=False)

    def __init__(self, *args, user, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["session"].queryset = UserSession.objects.filter(user=user)


@never_cache
@member_required
def sessions(request):
    form = EndSessionsForm(posted(request), user=request.user)
    if not form.is_valid():
        rows = sorted(UserSession.objects.purge_and_list(request.user), key=lambda row: (not row.is_current(), -row.pk))
        context = {"sessions": rows, "form": form}
        return render(request, "usersessions/usersession_list.html", context, status=422 if form.errors else 200)
    row = form.cleaned_data["session"]
    if row is None:
        end_other_sessions(request, request.user)
        messages.info(request, _("You are signed out everywhere else."))
    elif row.is_current():
        row.delete()
        return sign_out_everything(request, HttpResponseRedirect(reverse("wagtail_serve", args=[""])))
    else:
        row.end()
        messages.info(request, _("You are signed out there."))
    return redirect("usersessions_list")
