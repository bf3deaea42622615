from django.http import HttpResponse


def see_other(url):
    """After a POST: read on there (303)."""
    return HttpResponse(status=303, headers={"Location": url})
