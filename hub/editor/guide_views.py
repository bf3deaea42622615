from django import forms
from django.conf import settings
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from hub.editor.checks_views import editor_page
from hub.editor.guide import SOURCE, guide_in, languages


class LanguageForm(forms.Form):
    language = forms.ChoiceField(choices=settings.LANGUAGES)


@require_GET
def show_guide(request):
    """In the language of her interface, or in the one she asks for; English where there is no guide in it."""
    form = LanguageForm({"language": get_language(), **request.GET.dict()})
    wanted = form.cleaned_data["language"] if form.is_valid() else get_language()
    guide = guide_in(wanted if wanted in languages() else SOURCE)
    others = [get_language_info(code) for code in languages() if code != guide.language]
    context = {"guide": guide, "others": others, "header_icon": "help"}
    return editor_page(request, "guide", _("Editor’s guide"), **context)
