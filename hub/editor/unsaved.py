"""What stands in the page editor and is not saved: read as it is, not checked, never written."""

from contextlib import suppress

from wagtail.fields import StreamField


def take_in(page, request):
    """Lay what her editor sent into `page`. Fields that were not sent stay as they are, and so does what cannot be read."""
    form_class = page.get_edit_handler().get_form_class()
    form = form_class(request.POST, request.FILES, instance=page, for_user=request.user)
    for name, field in form.fields.items():
        if is_stream(page, name):
            with suppress(ValueError, KeyError, TypeError, RecursionError):  # no editor of ours sends what raises these
                setattr(page, name, field.widget.value_from_datadict(request.POST, request.FILES, name))
        elif name in {"title", "aim", "lead"} and name in request.POST:
            setattr(page, name, request.POST[name])


def is_stream(page, name):
    names = {field.name for field in page._meta.get_fields() if isinstance(field, StreamField)}
    return name in names
