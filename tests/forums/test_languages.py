"""Five languages in one conversation: which one a post is in, and what a reader is shown of the others."""

import pytest

from forums.languages import NAMES, Choice, keep_choice
from forums.models import Post, ReadingLanguages, Thread
from forums.privacy import erase_person, export_person
from tests.forums.conftest import FORUM, HOME, words

GREEK = "Ποια χαρτιά πήρες μαζί σου στο γραφείο; Εγώ ξέχασα το πτυχίο μου."
QUESTION = "This looks like Greek. Mark it as Greek?"


@pytest.fixture
def settings_page():
    return f"{HOME}languages/"


@pytest.fixture
def three(stranger_alias, write):
    """A thread in English with an answer in Greek and one in Hungarian."""
    first = write(stranger_alias, "A first question")
    write(stranger_alias, GREEK, thread=first.thread, language="el")
    write(stranger_alias, "Nálam egy állandó óra segített.", thread=first.thread, language="hu")
    return first.thread


# The language she writes in --------------------------------------------------------------------


def unsure(**changes):
    return words(language="en", **{"language_sure": "", "body": GREEK} | changes)


def test_sending_asks_once_and_changes_nothing_by_itself(learner_client, alias, post, at):
    answer = learner_client.post(f"{at}reply/", unsure())
    assert answer.status_code == 422
    assert QUESTION in answer.text
    assert GREEK in answer.text
    assert answer.context["form"]["language"].value() == "en"
    assert Post.objects.count() == 1


@pytest.mark.parametrize("said", ["el", "en"])
def test_one_tap_sends_it_in_the_language_she_says(learner_client, alias, post, at, said):
    page = learner_client.post(f"{at}reply/", unsure()).text
    assert f'name="language_is" value="{said}"' in page
    assert learner_client.post(f"{at}reply/", unsure(language_is=said)).status_code == 302
    assert Post.objects.latest("pk").language == said


def test_the_preview_asks_too_and_keeps_her_answer(learner_client, alias, post, at):
    page = learner_client.post(f"{at}reply/", unsure(preview="1"))
    assert page.status_code == 200
    assert QUESTION in page.text
    page = learner_client.post(f"{at}reply/", unsure(preview="en"))
    assert QUESTION not in page.text
    assert 'name="language_sure" value="en"' in page.text
    page = learner_client.post(f"{at}reply/", unsure(preview="el"))
    assert page.context["form"]["language"].value() == "el"
    assert Post.objects.count() == 1


def test_the_preview_of_the_script_asks_too(learner_client, forum):
    answer = learner_client.post(f"{HOME}preview/", unsure())
    assert QUESTION in answer.json()["ask"]


@pytest.mark.parametrize(
    "body", ["Ok", f"> {GREEK}\n\nYes", f"`{GREEK}`"], ids=["too short", "a quote alone", "code alone"]
)
def test_what_is_not_clear_is_not_asked(learner_client, alias, post, at, body):
    assert learner_client.post(f"{at}reply/", unsure(body=body)).status_code == 302


@pytest.mark.parametrize("answer", ["xx", "\0", "0" * 5_000])
def test_an_odd_answer_is_none(learner_client, alias, post, at, answer):
    assert learner_client.post(f"{at}reply/", unsure(language_is=answer)).status_code == 422


def test_a_thread_is_asked_by_its_title_and_text(learner_client, alias):
    answer = learner_client.post(f"{FORUM}new/", unsure(title="Ποια χαρτιά πήρες;", body="Ευχαριστώ πολύ για όλα"))
    assert QUESTION in answer.text
    assert not Thread.objects.exists()


# The languages she reads -----------------------------------------------------------------------


def test_every_language_has_a_name_for_sentences(settings):
    assert set(NAMES) == set(settings.LANGUAGE_NAMES)


def test_at_first_everything_is_shown(learner_client, three):
    page = learner_client.get(three.get_absolute_url()).text
    assert "Show: all languages" in page
    assert "folded-post" not in page


def test_her_choice_is_kept_and_leads_back(learner_client, learner, three, settings_page):
    page = learner_client.get(settings_page)
    assert page.context["form"]["languages"].value() == ["el", "en"]  # of her account, and of the page
    assert page.text.count("checked") == 3
    sent = {"show": "fold", "languages": ["en", "el"]}
    answer = learner_client.post(f"{settings_page}?thread={three.pk}", sent)
    assert answer["Location"] == three.get_absolute_url()
    answer = learner_client.post(f"{settings_page}?forum=learners-kit", sent)
    assert answer["Location"] == FORUM
    assert ReadingLanguages.objects.values_list("user", "show", "languages").get() == (learner.pk, "fold", "en el")


@pytest.mark.parametrize("query", ["thread=999", "thread=%00", "forum=nowhere", "forum=%00", f"thread={'9' * 400}"])
def test_an_odd_way_back_leads_to_the_forums(learner_client, settings_page, query):
    answer = learner_client.post(f"{settings_page}?{query}", {"show": "all"})
    assert answer["Location"] == HOME


@pytest.mark.parametrize(
    "sent",
    [{}, {"show": "x"}, {"show": "fold"}, {"show": "mine", "languages": ["xx"]}, {"show": "mine", "languages": "\0"}],
)
def test_an_unsound_choice_is_asked_again(learner_client, settings_page, sent):
    assert learner_client.post(settings_page, sent).status_code == 422
    assert not ReadingLanguages.objects.exists()


@pytest.mark.parametrize("show", ["fold", "mine"])
def test_posts_in_other_languages_are_folded_and_none_is_missing(learner_client, learner, three, show):
    keep_choice(user=learner, show=show, languages=["en"])
    page = learner_client.get(three.get_absolute_url())
    assert [post.folded for post in page.context["page"]] == [False, True, True]
    assert page.text.count('<details class="disclosure folded-post">') == 2
    assert "<summary>A post in Greek. Show</summary>" in page.text
    assert GREEK in page.text
    assert 'lang="el" dir="auto"><p>Ποια' in page.text


def test_a_link_to_a_post_opens_it_and_her_own_stay_open(learner_client, learner, alias, write, three):
    write(alias, GREEK, thread=three, language="el")
    keep_choice(user=learner, show="fold", languages=["en"])
    greek = three.posts.filter(language="el").first()
    page = learner_client.get(f"{three.get_absolute_url()}?at={greek.pk}").context["page"]
    assert [post.folded for post in page] == [False, False, True, False]


def test_only_her_languages_stand_in_the_list(learner_client, learner, stranger_alias, write):
    for language in ("en", "el", "hu"):
        write(stranger_alias, title=f"Thread in {language}", language=language)
    keep_choice(user=learner, show="mine", languages=["en", "hu"])
    page = learner_client.get(FORUM)
    assert [thread.language for thread in page.context["page"]] == ["hu", "en"]
    keep_choice(user=learner, show="fold", languages=["en"])
    assert len(learner_client.get(FORUM).context["page"]) == 3
    keep_choice(user=learner, show="mine", languages=["sv"])
    assert "There is no thread in your languages yet." in learner_client.get(FORUM).text


def test_pages_of_her_languages_follow_each_other(learner_client, learner, alias, many_threads):
    many_threads(alias, 50)
    Thread.objects.filter(pk__in=list(Thread.objects.values_list("pk", flat=True)[::2])).update(language="sv")
    keep_choice(user=learner, show="mine", languages=["sv"])
    first = learner_client.get(FORUM).context["page"]
    second = learner_client.get(f"{FORUM}?after={first.next}").context["page"]
    assert (len(first), len(second), second.next) == (20, 5, None)


def test_her_choice_is_hers_alone(stranger_client, learner, three):
    keep_choice(user=learner, show="fold", languages=["en"])
    assert "folded-post" not in stranger_client.get(three.get_absolute_url()).text


@pytest.mark.parametrize("show", ["all", "fold", "mine"])
def test_the_choice_costs_no_statement(learner_client, learner, three, django_assert_num_queries, show):
    keep_choice(user=learner, show=show, languages=["en"])
    learner_client.get(FORUM)
    # session, user, forum, alias, groups, threads, pinned, reading marks
    with django_assert_num_queries(8):
        learner_client.get(FORUM)
    learner_client.get(three.get_absolute_url())
    # session, user, thread with forum and reading mark, alias, groups, posts, roles of the authors, her marks on posts
    with django_assert_num_queries(8):
        learner_client.get(three.get_absolute_url())


def test_my_data_has_it_and_erasing_takes_it(learner):
    keep_choice(user=learner, show="fold", languages=["en", "el"])
    assert export_person(learner)["reading_languages"] == [{"shown": "other languages folded", "languages": "en el"}]
    erase_person(learner)
    assert not ReadingLanguages.objects.exists()


@pytest.mark.parametrize(("show", "folds"), [("all", False), ("fold", True), ("mine", True)])
def test_what_is_folded(show, folds):
    assert (Choice(show, ("en",)).folds("hu"), Choice(show, ("en",)).folds("en")) == (folds, False)
