"""My data: see it, take it along, erase it."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from hub.accounts.access import member_required, posted, sign_out_everything
from hub.accounts.forms import EraseForm
from hub.privacy import erase_person, export_person, export_zip, in_words


@never_cache
@member_required
def show(request):
    return render(request, "my_data.html", {"tables": in_words(export_person(request.user))})


@never_cache
@member_required
def take_along(request):
    # The name says nothing to whoever looks into her downloads.
    headers = {"Content-Disposition": 'attachment; filename="notes.zip"'}
    return HttpResponse(export_zip(request.user), content_type="application/zip", headers=headers)


@never_cache
@sensitive_post_parameters()
@member_required
def erase(request):
    form = EraseForm(posted(request), user=request.user)
    if not form.is_valid():
        return render(request, "my_data_erase.html", {"form": form}, status=422 if form.errors else 200)
    erase_person(user=request.user)
    response = render(request, "my_data_gone.html", {"user": None})
    return sign_out_everything(request, response)
