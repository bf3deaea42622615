from datetime import timedelta
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from courses.models import Answer, Enrolment, EnrolmentTerms, ForgottenAnswer


def test_older_versions_of_answers_go_after_thirty_days_and_the_words_themselves_stay(learner):
    block = {"user": learner, "kit_key": uuid4(), "lesson_key": uuid4(), "block_id": uuid4()}

    def version(text, state, days):
        answer = Answer.objects.create(client_id=uuid4(), body={"text": text}, state=state, **block)
        Answer.objects.filter(pk=answer.pk).update(replaced_at=timezone.now() - timedelta(days=days))

    version("first", Answer.State.REPLACED, 31)
    version("second", Answer.State.REPLACED, 29)
    version("written elsewhere", Answer.State.BESIDE, 400)
    version("now", Answer.State.CURRENT, 400)
    for days in (29, 31):
        row = ForgottenAnswer.objects.create(user=learner, client_id=uuid4())
        ForgottenAnswer.objects.filter(pk=row.pk).update(day=timezone.now() - timedelta(days=days))
    call_command("tidy")
    assert ForgottenAnswer.objects.count() == 1
    assert set(Answer.objects.values_list("body__text", flat=True)) == {"second", "written elsewhere", "now"}


def test_a_kit_that_reached_its_last_day_ends(learner):
    terms = EnrolmentTerms.objects.create(kit_key=uuid4(), ends_at=timezone.now() - timedelta(minutes=1))
    Enrolment.objects.create(user=learner, kit_key=terms.kit_key)
    call_command("tidy")
    assert Enrolment.objects.values_list("state", "why").get() == ("left", "ended")
