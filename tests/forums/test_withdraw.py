from forums import actions
from forums.models import Post, Thread

FORUM = "/en/forums/learners-kit/"


def test_withdrawn_post_leaves_no_word_for_anybody(learner_client, alias, stranger_client, stranger_alias, write):
    post = write(alias, "My town is Foldvar")
    write(stranger_alias, "An answer", thread=post.thread)
    actions.edit_post(post=post, source="Still Foldvar", html="<p>Still Foldvar</p>", language="en")
    at = f"/en/forums/posts/{post.pk}/withdraw/"

    assert "Still Foldvar" in learner_client.get(at).text
    assert learner_client.post(at).status_code == 302

    page = stranger_client.get(post.thread.get_absolute_url()).text
    assert "This post was withdrawn by its author." in page
    assert "An answer" in page
    assert "Foldvar" not in page
    assert not post.versions.exists()
    assert Post.objects.get(pk=post.pk).source == ""
    # The title was hers too; the thread stays for those who answered.
    assert Thread.objects.values_list("title", "hidden").get() == ("", False)
    assert "a withdrawn question" in stranger_client.get(FORUM).text


def test_withdrawn_question_without_answers_goes_from_the_list(learner_client, alias, write):
    post = write(alias)
    reply = learner_client.post(f"/en/forums/posts/{post.pk}/withdraw/")
    assert reply.url == FORUM
    assert Thread.objects.get().hidden
    assert "withdrawn question" not in learner_client.get(FORUM).text


def test_answer_withdrawn_keeps_the_title(learner_client, alias, stranger_alias, write):
    post = write(stranger_alias)
    answer = write(alias, "An answer", thread=post.thread)
    learner_client.post(f"/en/forums/posts/{answer.pk}/withdraw/")
    assert Thread.objects.values_list("title", "hidden").get() == ("How did you begin?", False)


def test_only_its_author_withdraws_a_post_and_only_once(learner_client, stranger_client, alias, write):
    post = write(alias)
    at = f"/en/forums/posts/{post.pk}/withdraw/"
    assert stranger_client.post(at).status_code == 404
    assert Post.objects.get().source == "A first question"
    learner_client.post(at)
    assert learner_client.post(at).status_code == 404
    assert learner_client.get(f"/en/forums/posts/{post.pk}/edit/").status_code == 404
