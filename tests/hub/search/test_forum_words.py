"""Which threads and posts she finds: those that she could open, and no number tells of others."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.utils import timezone

from courses.models import GlossaryTerm
from forums import actions
from forums.models import Block, Forum, Post, SpaceAlias, Thread
from hub.lib.sanitise import render_markdown
from hub.search import keeping
from hub.search.query import read_query
from hub.search.results import search
from tests.circles import employ, let_join, make_circle_of
from tests.forums.conftest import write  # noqa: F401  (a fixture)

WORD = "kvasikristaller"


@pytest.fixture
def forum(db):
    return Forum.objects.create(slug="stars", name_en="Stars")


@pytest.fixture
def alias(stranger, forum):
    return actions.join_forum(user=stranger, forum=forum, name="Heron 27")


@pytest.fixture
def post(write, alias):  # noqa: F811
    row = write(alias, f"Who has worked with {WORD} here?", title="About my work", language="sv")
    keeping.index_posts(pks=[row.pk])
    return row


def found(user, text=WORD, language="sv"):
    """(titles of threads, texts of posts, number of each) for somebody."""
    threads = search(text=text, language=language, user=user, tab="threads")
    posts = search(text=text, language=language, user=user, tab="posts")
    assert threads.counts["threads"] == len(threads.page.object_list)
    assert posts.counts["posts"] == len(posts.page.object_list)
    return [row.title for row in threads.page.object_list], [str(row.snippet) for row in posts.page.object_list]


NOTHING = ([], [])


def test_a_member_finds_it_inflected_and_marked(post, learner):
    titles, snippets = found(learner, "kvasikristallerna")
    assert titles == ["About my work"]
    assert snippets == [f"Who has worked with <mark>{WORD}</mark> here?"]


def test_every_word_has_to_be_there(post, learner):
    assert found(learner, f"{WORD} worked") != NOTHING
    assert found(learner, f"{WORD} zebror") == NOTHING


def test_a_word_that_no_page_has_is_found_as_she_wrote_it(post, learner, small_hub):
    GlossaryTerm.objects.create(key="like", term_en="kvasekristoller", definition_en="Nearly the same word.")
    keeping.sync_entries()
    assert read_query(WORD, "en").corrected == {WORD: "kvasekristoller"}
    assert found(learner)[0] == ["About my work"]


def test_a_whole_sentence_finds_what_has_its_rarest_words(post, learner):
    assert found(learner, f"tell me who worked {WORD}", "en")[0] == ["About my work"]


def test_a_thread_whose_title_says_it_stands_among_the_first(small_hub, write, alias, learner_client):  # noqa: F811
    keeping.sync_entries()
    for title in ("Lesson words", "Other things"):
        keeping.index_posts(pks=[write(alias, "Opening words of a lesson.", title=title).pk])
    page = learner_client.get("/en/search/?q=lesson+word").content.decode()
    titles = [
        ">Lesson one</a>",
        ">Lesson two</a>",
        "<mark>Lesson</mark> <mark>words</mark></a>",
        "In the forums",
        ">Other things</a>",
    ]
    places = [page.index(title) for title in titles]
    assert places == sorted(places)


def test_a_thread_is_found_by_another_name_of_a_term(write, alias, learner):  # noqa: F811
    GlossaryTerm.objects.create(key="cv", term_en="CV", also_en="resume", term_sv="CV", also_sv="meritförteckning")
    keeping.sync_entries()
    keeping.index_posts(pks=[write(alias, "My resume is long.", title="How long").pk])
    assert found(learner, "meritförteckningen") == (["How long"], ["My <mark>resume</mark> is long."])


def test_a_visitor_finds_nothing_that_is_for_members(post):
    assert found(AnonymousUser()) == NOTHING


def test_a_visitor_finds_what_was_begun_in_an_open_forum_since_it_is_open(post, forum, write, alias):  # noqa: F811
    forum.public = True
    forum.save()
    newer = write(alias, f"More about {WORD}.", title="Open to all")
    keeping.index_posts(pks=[newer.pk])
    assert found(AnonymousUser())[0] == ["Open to all"]


@pytest.mark.parametrize(
    "change",
    [
        lambda post: Post.objects.update(hidden=True) and Thread.objects.update(hidden=True),
        lambda post: Post.objects.update(held="first") and Thread.objects.update(held=True),
        lambda post: actions.withdraw_post(post=post),
        lambda post: Forum.objects.update(staff_only=True),
        lambda post: post.delete() and Thread.objects.all().delete(),
    ],
    ids=["hidden", "held", "withdrawn", "staff only", "deleted"],
)
def test_what_is_not_for_her_any_more_is_gone_at_once(post, learner, change):
    change(post)
    assert found(learner) == NOTHING


def test_words_that_were_edited_away_bring_nothing_up_before_the_index_knows(post, learner):
    Post.objects.update(source="Something else", html="<p>Something else</p>")
    titles = search(text=WORD, language="sv", user=learner, tab="threads").page.object_list
    posts = search(text=WORD, language="sv", user=learner, tab="posts").page.object_list
    assert (titles, posts) == ([], [])


def test_an_edit_is_found_by_its_new_words_alone(post, learner, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        text = "Now about grafen."
        actions.edit_post(post=post, source=text, html=render_markdown(text), language="sv")
    assert found(learner, "grafen")[1] == ["Now about <mark>grafen</mark>."]
    assert found(learner) == NOTHING


def test_who_does_not_read_an_alias_does_not_find_it(post, learner, alias):
    Block.objects.create(user=learner, alias=alias)
    assert found(learner) == NOTHING


@pytest.mark.parametrize("field", ["banned_until", "hub_banned_until"])
def test_who_is_kept_out_of_a_forum_finds_nothing_in_it(post, learner, forum, field):
    actions.join_forum(user=learner, forum=forum, name="Maple 81")
    SpaceAlias.objects.filter(user=learner).update(**{field: timezone.now() + timedelta(days=1)})
    assert found(learner) == NOTHING


def test_what_is_written_in_a_circle_is_found_by_its_members_alone(post, forum, trainer, learner, stranger, moderator):
    circle = make_circle_of(employ(trainer), uuid4())
    let_join(circle, learner)
    Forum.objects.filter(cohort=circle).delete()
    Forum.objects.filter(pk=forum.pk).update(cohort=circle)
    assert [found(user) != NOTHING for user in (learner, trainer, stranger, moderator)] == [True, True, False, False]


def test_a_former_member_is_no_name(post, learner, client):
    SpaceAlias.objects.update(user=None, name="")
    Post.objects.update(author=None)
    client.force_login(learner)
    page = client.get(f"/en/search/?q={WORD}&tab=posts").content.decode()
    assert "former member" in page
    assert "Heron" not in page


@pytest.mark.parametrize("number", [1, 3])
@pytest.mark.parametrize(("tab", "statements"), [("", 8), ("threads", 8), ("posts", 8)])
def test_it_costs_the_same_with_one_and_with_three(
    write,  # noqa: F811
    alias,
    learner_client,
    django_assert_num_queries,
    tab,
    number,
    statements,
):
    for n in range(number):
        keeping.index_posts(pks=[write(alias, f"About {WORD} {n}", title="About it").pk])
    learner_client.get(f"/en/search/?q={WORD}&tab={tab}")
    # session, user, whether entries have changed, threads with the word, her groups, forums, those she may read, their lines;
    # posts with the word and those she may read, for their tab
    with django_assert_num_queries(statements):
        page = learner_client.get(f"/en/search/?q={WORD}&tab={tab}").content.decode()
    assert page.count("<mark>") == number


def test_titles_come_before_texts_and_her_language_before_others(write, alias, learner):  # noqa: F811
    for title, language in [("One", "en"), (f"On {WORD}", "en"), ("Two", "sv")]:
        keeping.index_posts(pks=[write(alias, f"About {WORD}", title=title, language=language).pk])
    assert found(learner)[0] == [f"On {WORD}", "Two", "One"]


def test_what_a_task_lost_is_found_after_tidying(write, alias, learner):  # noqa: F811
    write(alias, f"About {WORD}")
    assert keeping.behind() == 1
    keeping.catch_up()
    assert keeping.behind() == 0
    assert len(found(learner)[1]) == 1
