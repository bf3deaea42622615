from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hub.accounts.access import member_required
from hub.learning.queries import learning_of


@require_safe
@member_required
def my_learning(request):
    learning = learning_of(request.user, get_language())
    first, rest = learning["cards"][:1], learning["cards"][1:]
    context = {**learning, "first": first[0] if first else None, "rest": rest}
    return render(request, "my_learning.html", context)
