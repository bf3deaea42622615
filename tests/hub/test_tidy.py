from datetime import timedelta
from uuid import uuid4

from django.core.management import call_command
from django.utils import timezone

from courses.models import Answer, Enrolment, EnrolmentTerms, ForgottenAnswer
from forums.models import Forum, Post, PostVersion, SpaceAlias, Thread


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


def test_older_versions_of_posts_go_after_seven_days_and_the_post_stays(learner):
    forum = Forum.objects.create(slug="a-forum", name_en="A forum")
    alias = SpaceAlias.objects.create(user=learner, forum=forum, name="Heron 27")
    thread = Thread.objects.create(forum=forum, alias=alias, title="A thread")
    post = Post.objects.create(thread=thread, author=learner, alias=alias, source="now", html="<p>now</p>")
    for days in (6, 8):
        when = timezone.now() - timedelta(days=days)
        PostVersion.objects.create(post=post, source=f"{days} days", html="", replaced_at=when)
    call_command("tidy")
    assert list(PostVersion.objects.values_list("source", flat=True)) == ["6 days"]
    assert Post.objects.get().source == "now"
