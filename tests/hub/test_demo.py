import pytest
from django.core.management import CommandError, call_command
from django.db.models import Count, F

from courses.completion import rebuild
from courses.models import Answer, Completion, Enrolment, LessonProgress
from forums.models import Post, SpaceAlias, Thread
from hub.accounts.models import Organisation, User
from hub.accounts.roles import has_role

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
    assert partner.staff.count() == 9
    assert not User.objects.filter(username__startswith="learner", organisation__isnull=False).exists()


def test_one_thread_is_long_and_every_counter_is_true(seeded):
    counted = Thread.objects.annotate(n=Count("posts")).order_by("-n")
    assert [thread.post_count for thread in counted] == [thread.n for thread in counted]
    assert counted[0].n >= 60
    assert counted.last().n >= 1
    assert all(thread.last_post_id == thread.posts.last().pk for thread in counted)
    assert len(set(counted.values_list("forum", flat=True))) == 2


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
