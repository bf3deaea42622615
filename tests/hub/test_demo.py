from uuid import uuid4

import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F, Max

from courses.completion import rebuild
from courses.models import Answer, Completion, Enrolment, LessonProgress
from forums import actions
from forums.counting import recount
from forums.models import Forum, Post, SpaceAlias, Thread, ThreadRead
from hub.accounts.models import Organisation, User
from hub.accounts.roles import has_role
from hub.search import keeping
from hub.search.models import PostWords, ThreadWords

SIZE = {"learners": 7, "threads": 4, "posts": 100, "password": "four quiet circles", "verbosity": 0}


@pytest.fixture
def seeded(loaded_hub):
    call_command("seed_demo", **SIZE)


def test_learners_are_enrolled_in_both_kits_and_some_way_through(seeded):
    assert User.objects.filter(username__startswith="learner").count() == 7
    assert set(Enrolment.objects.values_list("user").annotate(kits=Count("pk")).values_list("kits", flat=True)) == {2}
    assert len(set(LessonProgress.objects.values_list("user").annotate(n=Count("pk")).values_list("n", flat=True))) > 1
    assert Answer.objects.filter(body__how="screen").exists()


def test_counters_and_completions_are_those_of_the_record(loaded_hub):
    call_command("seed_demo", **SIZE | {"learners": 31})
    assert Completion.objects.filter(key=F("kit_key")).exists()
    rebuilt = rebuild(enrolments=Enrolment.objects.all())
    assert (rebuilt.looked_at, rebuilt.corrected) == (62, 0)


def test_everybody_signs_in_with_the_given_passphrase(seeded, client):
    for name in ("learner00001", "learner00007", "trainer001", "editor-el", "coordinator"):
        assert client.login(username=name, password=SIZE["password"]), name


@pytest.mark.parametrize(
    ("name", "role"),
    [("trainer001", "trainer"), ("moderator001", "moderator"), ("editor-sv", "editor"), ("coordinator", "coordinator")],
)
def test_there_is_one_person_per_staff_role(seeded, name, role):
    assert has_role(User.objects.get(username=name), role)


def test_the_staff_belongs_to_one_organisation_and_learners_to_none(seeded):
    call_command("seed_demo", **SIZE)
    partner = Organisation.objects.get(name="Demo partner")
    assert partner.staff.count() == 10
    assert not User.objects.filter(username__startswith="learner", organisation__isnull=False).exists()


def test_one_thread_is_long_and_every_counter_is_true(seeded):
    counted = Thread.objects.annotate(n=Count("posts")).order_by("-n")
    assert [thread.post_count for thread in counted] == [thread.n for thread in counted]
    assert counted[0].n >= 60
    assert counted.last().n >= 1
    assert all(thread.last_post_id == thread.posts.last().pk for thread in counted)
    assert len(set(counted.values_list("forum", flat=True))) == 2


COUNTED = ("pk", "post_count", "last_post_id", "last_post_at", "hidden", "held", "kind", "language", "tags", "accepted")


def test_threads_and_posts_are_in_the_index_as_it_would_have_them(seeded):
    def state():
        return [list(model.objects.order_by("pk").values_list("pk", "words")) for model in (ThreadWords, PostWords)]

    before = state()
    keeping.rebuild()
    assert state() == before
    assert [len(rows) for rows in before] == [Thread.objects.count(), Post.objects.count()]


def test_counting_again_finds_nothing_to_mend(seeded):
    before = list(Thread.objects.order_by("pk").values_list(*COUNTED))
    for thread in Thread.objects.all():
        recount(thread)
    assert list(Thread.objects.order_by("pk").values_list(*COUNTED)) == before


def test_rows_made_in_bulk_are_like_those_of_the_ordinary_actions(seeded):
    """Written by other means, so that each column is compared but those that differ from post to post."""
    made = Post.objects.filter(in_reply_to__isnull=False).first()
    words = {"source": made.source, "html": made.html, "language": made.language, "client_id": uuid4()}
    here = {"forum": made.thread.forum, "author": made.author, "alias": made.alias, "title": made.thread.title}
    thread = actions.start_thread(**here, **words)
    del here["forum"], here["title"]
    answer = actions.reply(thread=thread, in_reply_to=thread.posts.get(), **here, **words | {"client_id": uuid4()})
    assert same(made, answer, "thread_id in_reply_to_id client_id created_at")
    assert same(made.thread, thread, "alias_id language post_count created_at last_post_id last_post_at")
    mark = ThreadRead.objects.get(user=made.author, thread=thread)
    assert same(ThreadRead.objects.filter(user=made.author).first(), mark, "thread_id last_post_id")


def same(one, other, but):
    """Whether two rows are alike in all columns but these; compared as they stand in the database."""
    model, but = type(one), {"id", *but.split()}
    names = [field.attname for field in model._meta.concrete_fields if field.attname not in but]
    rows = [model.objects.values(*names).get(pk=row.pk) for row in (one, other)]
    return rows[0] == rows[1] or pytest.fail(f"{rows[0]} is not {rows[1]}")


def test_whoever_wrote_has_read_so_far_and_follows(seeded):
    wrote = Post.objects.values_list("author", "thread").annotate(last=Max("pk")).order_by("author", "thread")
    marks = ThreadRead.objects.order_by("user", "thread")
    assert list(marks.values_list("user", "thread", "last_post_id")) == list(wrote)
    assert set(marks.values_list("following", flat=True)) == {True}


def test_an_answer_stands_behind_what_it_answers_in_the_same_thread(seeded):
    answers = Post.objects.filter(in_reply_to__isnull=False)
    assert answers.count() > 10
    assert not answers.exclude(in_reply_to__thread=F("thread"), in_reply_to__lt=F("pk")).exists()


def test_posts_written_afterwards_have_ids_and_moments_behind(seeded):
    learner = User.objects.get(username="learner00001")
    forum = Forum.objects.filter(kit_key__isnull=False).first()
    alias = SpaceAlias.objects.get(user=learner, forum=forum)
    words = {"source": "x", "html": "<p>x</p>", "language": "en", "client_id": uuid4()}
    thread = actions.start_thread(forum=forum, author=learner, alias=alias, title="And then", **words)
    newest = Post.objects.order_by("-pk")[1]
    assert thread.posts.get().pk > newest.pk
    assert thread.pk == Thread.objects.order_by("-pk").first().pk
    assert thread.created_at > newest.created_at


def test_every_post_is_under_an_alias_of_its_author(seeded):
    assert Post.objects.count() == 100
    for post in Post.objects.select_related("alias", "thread"):
        assert (post.alias.user_id, post.alias.forum_id) == (post.author_id, post.thread.forum_id)


def test_a_second_run_adds_to_what_is_there(seeded):
    call_command("seed_demo", **SIZE | {"learners": 9})
    assert User.objects.filter(username__startswith="learner").count() == 9
    assert SpaceAlias.objects.count() == 18
    assert (Thread.objects.count(), Post.objects.count()) == (8, 200)


def test_a_public_hub_is_not_filled_by_mistake_and_never_gets_staff(loaded_hub, settings):
    settings.PRODUCTION = True
    with pytest.raises(CommandError, match="public hub"):
        call_command("seed_demo", **SIZE)
    assert not User.objects.exists()
    call_command("seed_demo", **SIZE, yes=True)
    assert set(User.objects.values_list("is_superuser", flat=True)) == {False}
    assert not User.objects.filter(groups__isnull=False).exists()


def test_without_kits_it_says_what_to_do(db):
    with pytest.raises(CommandError, match="load_kits"):
        call_command("seed_demo", **SIZE)
