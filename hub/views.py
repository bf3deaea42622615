from django.http import HttpResponse
from django.shortcuts import redirect


def health_live(request):
    return HttpResponse("ok", content_type="text/plain")


health_ready = health_live


def choose_language(request):
    return redirect("/en/")


def leave(request):
    return redirect("https://www.wikipedia.org/")


def not_found(request, exception=None):
    return HttpResponse("not found", status=404)


def forbidden(request, exception=None):
    return HttpResponse("forbidden", status=403)


def server_error(request):
    return HttpResponse("error", status=500)
