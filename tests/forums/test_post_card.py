"""A drawn post is kept in memory: whoever sees something else must not be given it."""

from forums import actions


def test_each_reader_sees_her_own_side_of_a_post(learner_client, stranger_client, alias, stranger_alias, write):
    post = write(alias)
    at = post.thread.get_absolute_url()
    mine, hers, again = (c.get(at).text for c in (learner_client, stranger_client, learner_client))
    assert f"posts/{post.pk}/withdraw/" in mine
    assert f"posts/{post.pk}/withdraw/" not in hers
    assert f"posts/{post.pk}/report/" in hers
    assert mine.count("posts/") == again.count("posts/")


def test_a_change_shows_at_once_in_every_language(learner_client, alias, write):
    post = write(alias, "The first words")
    at = post.thread.get_absolute_url()
    assert "The first words" in learner_client.get(at).text
    assert ">Rispondi<" in learner_client.get(at.replace("/en/", "/it/")).text
    actions.edit_post(post=post, source="Other words", html="<p>Other words</p>", language="en")
    page = learner_client.get(at).text
    assert "Other words" in page
    assert "The first words" not in page
    assert ">Reply<" in page


def test_the_name_goes_at_once_when_a_member_is_erased(stranger_client, learner, alias, stranger_alias, write):
    from forums.privacy import erase_person

    post = write(alias)
    at = post.thread.get_absolute_url()
    assert alias.name in stranger_client.get(at).text
    erase_person(learner)
    page = stranger_client.get(at).text
    assert alias.name not in page
    assert "former member" in page
