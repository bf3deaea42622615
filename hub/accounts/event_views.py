"""What happened with her account, and a passphrase of her own in place of one that somebody else has seen."""

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_GET, require_http_methods

from hub.accounts import recovery
from hub.accounts.access import member_required, posted
from hub.accounts.cards import take_over
from hub.accounts.events import by_whom, in_words, newest_events
from hub.accounts.helped import open_for
from hub.accounts.staff_forms import OwnPassphraseForm


@require_GET
@never_cache
@member_required
def events(request):
    rows = [{"at": row.at, "words": in_words(row), "by": by_whom(row)} for row in newest_events(request.user)]
    return render(request, "account/events.html", {"rows": rows, "open": open_for(request.user).exists()})


@require_http_methods(["GET", "POST"])
@never_cache
@sensitive_post_parameters()
@member_required
def own_passphrase(request):
    """After a sign-in card: until this is done, hub.accounts.middleware shows her nothing else."""
    if not request.user.must_change_passphrase:
        return redirect("account_home")
    form = OwnPassphraseForm(posted(request), user=request.user)
    if not form.is_valid():
        return render(request, "account/own_passphrase.html", {"form": form}, status=422 if form.errors else 200)
    seed = recovery.new_seed()
    take_over(user=request.user, passphrase=form.cleaned_data["password1"], seed=seed)
    update_session_auth_hash(request, request.user)
    request.session["recovery_seed"] = seed
    messages.success(request, _("The account is yours now. The passphrase of the sign-in card does not work any more."))
    return redirect("recovery_card")
