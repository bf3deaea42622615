"""The administrators' pages about who an alias is, and the member's about who asked."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_post_parameters, sensitive_variables
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from forums import unmasking
from forums.access import get_post
from forums.forms import AskWhoForm, sent
from hub.accounts.access import member_required, staff_page
from hub.accounts.roles import can_unmask
from hub.accounts.staff_forms import TakeUpForm
from hub.lib.limits import allow

TRIES_PER_HOUR = 10


@require_http_methods(["GET", "POST"])
@staff_page(can_unmask)
@sensitive_post_parameters("password")
def ask(request, post_id):
    seat, post = get_post(request, post_id)
    if post.alias.user_id in {None, request.user.pk}:
        raise Http404
    form, status = _checked(request, AskWhoForm)
    if status == 200 and form.is_bound:
        unmasking.ask(post=post, actor=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, _("Your request is kept. Now a second administrator must agree."))
        return redirect("forums:unmaskings")
    context = {"seat": seat, "post": post, "thread": post.thread, "form": form, "slow": status == 429}
    return render(request, "forums/unmask.html", context, status=status)


@require_GET
@staff_page(can_unmask)
def requests(request):
    context = {"waiting": unmasking.waiting_for(request.user), "open": unmasking.open_to(request.user)}
    return render(request, "forums/unmaskings.html", context)


@require_http_methods(["GET", "POST"])
@staff_page(can_unmask)
@sensitive_post_parameters("password")
def agree(request, unmasking_id):
    found = get_object_or_404(unmasking.to_agree(request.user), pk=unmasking_id)
    form, status = _checked(request, TakeUpForm)
    if status == 200 and form.is_bound:
        if unmasking.agree(request=found, actor=request.user):
            return redirect("forums:unmasked", found.pk)
        messages.info(request, _("This request is no longer open"))
        return redirect("forums:unmaskings")
    context = {"found": found, "form": form, "slow": status == 429}
    return render(request, "forums/unmask_agree.html", context, status=status)


@require_http_methods(["GET", "POST"])
@staff_page(can_unmask)
@sensitive_post_parameters("password")
@sensitive_variables("name", "context")
def unmasked(request, unmasking_id):
    """The name stands on the answer to her passphrase alone; opening the page shows none."""
    found = get_object_or_404(unmasking.open_to(request.user), pk=unmasking_id)
    form, status = _checked(request, TakeUpForm)
    name = unmasking.look(request=found, actor=request.user) if status == 200 and form.is_bound else None
    context = {"found": found, "form": form, "name": name, "slow": status == 429}
    return render(request, "forums/unmasked.html", context, status=status)


@require_POST
@staff_page(can_unmask)
def end(request, unmasking_id):
    found = get_object_or_404(unmasking.waiting_for(request.user), pk=unmasking_id)
    unmasking.end(request=found, actor=request.user)
    messages.success(request, _("The request is stopped."))
    return redirect("forums:unmaskings")


@require_GET
@member_required
def asked(request):
    return render(request, "forums/asked.html", {"rows": unmasking.about(request.user)})


def _checked(request, form_class):
    """A form that asks for her passphrase, and its status: 200, 422, or 429 after too many attempts, then not looked at."""
    if request.method == "POST" and not allow(f"unmask:{request.user.pk}", limit=TRIES_PER_HOUR, seconds=3_600):
        return form_class(user=request.user, initial={"reason": request.POST.get("reason", "")}), 429
    form = form_class(sent(request), user=request.user)
    return form, 422 if form.is_bound and not form.is_valid() else 200
