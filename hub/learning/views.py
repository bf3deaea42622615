from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from hub.accounts.access import member_required
from hub.learning.actions import begin_visit
from hub.learning.circles import circles_of
from hub.learning.queries import enrolments_of, learning_of
from hub.learning.reminding import TOPIC
from hub.notifications.actions import see_news


@require_safe
@member_required
def my_learning(request):
    enrolments = enrolments_of(request.user)
    see_news(request.user, TOPIC)
    begin_visit(user=request.user, enrolments=enrolments)
    context = learning_of(request.user, enrolments, get_language()) | {"circles": circles_of(request.user)}
    return render(request, "my_learning.html", context)
