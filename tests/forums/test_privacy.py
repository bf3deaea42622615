"""What the forums keep about a member goes with her, and nothing leads back."""

import pytest
from django.db import IntegrityError, transaction

from forums import actions, reading
from forums.models import Post, PostVersion, Report, SpaceAlias, ThreadRead
from forums.privacy import erase_person, export_person


@pytest.fixture
def post(alias, write, stranger_alias):
    """The learner wrote, changed, read and reported."""
    post = write(alias, "My old words")
    actions.edit_post(post=post, source="My new words", html="<p>My new words</p>", language="en")
    theirs = write(stranger_alias, "Not hers", thread=post.thread)
    reading.mark_read(user=alias.user, thread=post.thread, last_post_id=theirs.pk)
    actions.report_post(post=theirs, reporter=alias.user, reason="spam", note="My note")
    return post


def test_export_holds_all_of_hers_and_nothing_of_others(learner, post):
    tables = export_person(learner)
    assert [row["alias"] for row in tables["aliases"]] == ["Heron 27"]
    assert [(row["text"], row["older_versions"][0]["text"]) for row in tables["posts"]] == [
        ("My new words", "My old words")
    ]
    assert [row["note"] for row in tables["reports"]] == ["My note"]
    assert len(tables["read"]) == 1
    assert "Not hers" not in str(tables)


def test_erasing_leaves_a_former_member(learner, stranger_client, post):
    erase_person(learner)
    post.refresh_from_db()
    assert (post.author, post.alias.user, post.alias.name, str(post.alias)) == (None, None, "", "former member")
    assert not PostVersion.objects.exists()
    assert not ThreadRead.objects.filter(user=learner).exists()
    assert Report.objects.values_list("reporter", "note").get() == (None, "")
    page = stranger_client.get(post.thread.get_absolute_url()).text
    assert "former member" in page
    assert "Heron 27" not in page
    assert set(map(len, export_person(learner).values())) == {0}


def test_alias_of_a_former_member_is_given_to_nobody(learner, stranger, sign_in, make_user, forum, post):
    erase_person(learner)
    newcomer = sign_in(make_user("newcomer"))
    answer = newcomer.post("/en/forums/learners-kit/join/", {"name": "héron-27", "rules": "on"})
    assert answer.status_code == 422
    assert answer.context["form"].errors.as_data()["name"][0].code == "taken"


def test_two_former_members_of_a_forum_can_be(learner, stranger, post):
    erase_person(learner)
    erase_person(stranger)
    assert SpaceAlias.objects.filter(user=None).count() == 2
    assert Post.objects.filter(author=None).count() == 2


def test_database_refuses_a_second_alias_and_a_taken_name(learner, stranger, alias, make_user, forum):
    for user, name in [(learner, "Other 11"), (make_user("third"), "HERON 27")]:
        with pytest.raises(IntegrityError), transaction.atomic():
            SpaceAlias.objects.create(user=user, forum=forum, name=name)


def test_two_tabs_join_once(learner, forum, alias):
    assert actions.join_forum(user=learner, forum=forum, name="Other 11") == alias
