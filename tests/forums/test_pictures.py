"""Pictures in posts: who may send them, who sees them, and when they are gone."""

import io
import json
import os
import subprocess
import sys
import zipfile
from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.utils import timezone
from PIL import Image

from forums import actions
from forums.models import Act, Forum, Post, PostPicture, Report
from forums.moderation import moderate_post
from forums.pictures import delete_orphans, forget_unsent, list_files, settle_pictures, store
from forums.privacy import erase_person, export_person
from hub.privacy import export_zip
from tests.forums.conftest import FORUM, HOME, words

ALT = "A drawing of a bridge"
SIZES = ("width", "height", "small_width", "small_height")


def photo(name="photo.jpg", kind="JPEG", size=(800, 600), content=None):
    out = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").save(out, kind)
    return SimpleUploadedFile(name, out.getvalue() if content is None else content)


def with_picture(**changes):
    return words(picture_1=photo(), alt_1=ALT, **changes)


@pytest.fixture(autouse=True)
def _empty_store(django_capture_on_commit_callbacks):
    """Files are no part of a test's transaction."""
    yield
    for name in list_files():
        store().delete(name)


@pytest.fixture
def shown(learner_client, alias, post, at):
    """The picture in a reply of the learner's."""
    assert learner_client.post(f"{at}reply/", with_picture()).status_code == 302
    return PostPicture.objects.select_related("post").get()


@pytest.fixture
def committed(django_capture_on_commit_callbacks):
    return django_capture_on_commit_callbacks(execute=True)


def statuses(client, *addresses):
    """A 404 is tried once with a language in front, as for every address without one."""
    return [client.get(address, follow=True).status_code for address in addresses]


def addresses(picture):
    return [picture.get_absolute_url(), picture.small_url]


def test_a_reply_with_a_picture_shows_it_small_with_its_words_and_size(stranger_client, shown, at):
    assert (
        f'<a class="post-picture" href="/pictures/{shown.key}/"><img src="/pictures/{shown.key}/small/" alt="{ALT}"'
        ' width="480" height="360" loading="lazy" decoding="async"></a>' in stranger_client.get(at).text
    )


def test_a_thread_begins_with_three(learner_client, alias, stranger_client):
    sent = {f"picture_{n}": photo() for n in (1, 2, 3)} | {f"alt_{n}": f"Part {n}" for n in (1, 2, 3)}
    answer = learner_client.post(f"{FORUM}new/", words(title="Three parts", **sent))
    page = stranger_client.get(answer["Location"]).text
    assert [page.index(f'alt="Part {n}"') for n in (1, 2, 3)] == sorted(
        page.index(f'alt="Part {n}"') for n in (1, 2, 3)
    )


def test_the_picture_is_served_under_headers_of_its_own(stranger_client, shown):
    for address in addresses(shown):
        answer = stranger_client.get(address)
        assert answer.status_code == 200
        assert answer["Content-Type"] == "image/webp"
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert answer["Content-Disposition"] == 'inline; filename="picture.webp"'
        assert answer["Cross-Origin-Resource-Policy"] == "same-origin"
        assert "private" in answer["Cache-Control"]
        assert Image.open(io.BytesIO(b"".join(answer.streaming_content))).format == "WEBP"


def test_nothing_is_kept_of_it_on_a_shared_phone(stranger_client, shown):
    assert "no-store" in stranger_client.get(shown.get_absolute_url())["Cache-Control"]


def test_the_file_is_under_no_other_address(visitor, stranger_client, shown):
    for name in shown.files:
        for client in (visitor, stranger_client):
            paths = [
                f"/media/{name}",
                f"/media/pictures/{name}",
                f"/media/../pictures/{name}",
                f"/media/%2e%2e/pictures/{name}",
            ]
            assert set(statuses(client, *paths)) == {404}


def test_a_visitor_sees_none(visitor, shown):
    assert [visitor.get(address).status_code for address in addresses(shown)] == [302, 302]


@pytest.mark.parametrize(
    ("change", "hers", "others", "moderators"),
    [
        ({"hidden": True}, 200, 404, 200),
        ({"held": "first"}, 200, 404, 200),
        ({"source": "", "html": ""}, 404, 404, 404),
    ],
    ids=["hidden", "held", "withdrawn"],
)
def test_it_is_seen_by_who_may_read_the_post(
    learner_client, stranger_client, moderator_client, shown, change, hers, others, moderators
):
    Post.objects.filter(pk=shown.post_id).update(**change)
    for client, status in [(learner_client, hers), (stranger_client, others), (moderator_client, moderators)]:
        assert statuses(client, *addresses(shown)) == [status, status]


def test_whoever_is_excluded_from_the_forum_sees_none(stranger_client, stranger_alias, restrict, shown):
    restrict(stranger_alias, "banned_until")
    assert stranger_client.get(shown.get_absolute_url()).status_code == 403


def test_moderators_see_it_where_they_decide(learner_client, stranger_client, moderator_client, shown):
    Post.objects.filter(pk=shown.post_id).update(held="first")
    assert shown.small_url in moderator_client.get(f"{HOME}moderation/waiting/").text
    Post.objects.filter(pk=shown.post_id).update(held="")
    stranger_client.post(f"{HOME}posts/{shown.post_id}/report/", {"reason": "private"})
    assert shown.small_url in moderator_client.get(f"{HOME}moderation/").text
    assert shown.small_url in moderator_client.get(f"{HOME}posts/{shown.post_id}/moderate/").text


# While she writes ------------------------------------------------------------------------------


def test_the_form_warns_of_the_place_and_says_what_it_takes(learner_client, alias, at, post):
    page = learner_client.get(f"{at}reply/").text
    assert "A picture can show where you are." in page
    assert 'enctype="multipart/form-data"' in page
    assert page.count('type="file"') == 3


def test_a_picture_without_words_is_asked_for_them_and_kept(learner_client, alias, post, at):
    """She need not choose it again."""
    answer = learner_client.post(f"{at}reply/", with_picture() | {"alt_1": ""})
    assert answer.status_code == 422
    assert "Good **morning**" in answer.text
    kept = PostPicture.objects.get()
    assert f'name="kept_1" value="{kept.key}"' in answer.text
    assert learner_client.get(kept.small_url).status_code == 200
    answer = learner_client.post(f"{at}reply/", words(kept_1=str(kept.key), alt_1=ALT))
    assert answer.status_code == 302
    assert Post.objects.latest("pk").attached.get() == kept


@pytest.mark.parametrize(
    "wrong", [{"body": ""}, {"body": "x" * 20_001}, {"language": "xx"}], ids=["empty", "long", "language"]
)
def test_a_picture_stays_when_something_else_is_wrong(learner_client, alias, post, at, wrong):
    answer = learner_client.post(f"{at}reply/", with_picture() | wrong)
    assert answer.status_code == 422
    assert f'value="{PostPicture.objects.get().key}"' in answer.text
    assert ALT in answer.text


def test_a_picture_stays_in_the_preview(learner_client, alias, post, at):
    answer = learner_client.post(f"{at}reply/", with_picture(preview="1"))
    assert f'value="{PostPicture.objects.get().key}"' in answer.text


def test_nobody_else_sees_or_takes_what_is_not_sent_yet(
    learner_client, stranger_client, moderator_client, alias, post, at
):
    learner_client.post(f"{at}reply/", with_picture() | {"alt_1": ""})
    kept = PostPicture.objects.get()
    for client in (stranger_client, moderator_client):
        assert statuses(client, *addresses(kept)) == [404, 404]
    assert stranger_client.post(f"{at}reply/", words(kept_1=str(kept.key), alt_1="Mine")).status_code == 302
    assert PostPicture.objects.get().post is None


@pytest.mark.parametrize("key", ["", "x", "\0", "0" * 5_000, "00000000-0000-0000-0000-000000000001"])
def test_an_odd_key_counts_as_no_picture(learner_client, alias, post, at, key):
    assert learner_client.post(f"{at}reply/", words(kept_1=key)).status_code == 302
    assert Post.objects.latest("pk").pictures == ""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "empty"),
        (b"<svg onload='alert(1)'/>", "SVG"),
        (b"\0\0\0\x18ftypheic", "HEIC"),
        (b"GIF89a", "GIF"),
        (b"%PDF-1.4", "JPEG, PNG and WebP"),
    ],
    ids=["empty", "SVG", "HEIC", "GIF", "PDF"],
)
def test_what_is_no_picture_is_refused_with_her_text_in_the_form(learner_client, alias, post, at, content, said):
    file = photo(content=content)
    answer = learner_client.post(f"{at}reply/", with_picture() | {"picture_1": file})
    assert answer.status_code == 422
    assert said in answer.text
    assert "Good **morning**" in answer.text
    assert ALT in answer.text
    assert (PostPicture.objects.count(), Post.objects.count(), list_files()) == (0, 1, [])


def test_a_file_over_eight_megabytes_is_thrown_away_and_said(learner_client, alias, post, at):
    heavy = photo(content=b"\xff\xd8" + b"\0" * 8_100_000)
    answer = learner_client.post(f"{at}reply/", with_picture() | {"picture_1": heavy})
    assert answer.status_code == 422
    assert "larger than 8 MB" in answer.text
    assert "Good **morning**" in answer.text


def test_a_fourth_file_is_left_out(learner_client, alias, post, at):
    sent = {f"picture_{n}": photo() for n in range(1, 6)} | {f"alt_{n}": ALT for n in range(1, 6)}
    learner_client.post(f"{at}reply/", words(**sent))
    assert PostPicture.objects.count() == 3


def test_twenty_pictures_a_day(learner_client, learner, alias, post, at):
    sizes = dict.fromkeys(SIZES, 1)
    PostPicture.objects.bulk_create(PostPicture(owner=learner, post=post, **sizes) for _ in range(20))
    answer = learner_client.post(f"{at}reply/", with_picture())
    assert answer.status_code == 422
    assert "many pictures today" in answer.text
    PostPicture.objects.update(added_at=timezone.now() - timedelta(days=1, minutes=1))
    assert learner_client.post(f"{at}reply/", with_picture()).status_code == 302


def test_sent_twice_it_is_one_post_with_one_picture(learner_client, alias, post, at):
    sent = with_picture()
    for _ in range(2):
        sent["picture_1"].seek(0)
        assert learner_client.post(f"{at}reply/", sent).status_code == 302
    assert Post.objects.count() == 2
    assert PostPicture.objects.filter(post__isnull=False).count() == 1


def test_a_new_members_post_with_a_picture_waits(learner_client, alias, post, at, settings):
    settings.FORUM_LINK_DAYS = 7
    learner_client.post(f"{at}reply/", with_picture())
    assert Post.objects.latest("pk").held == Post.Held.PICTURE


def test_a_new_member_adds_none_to_a_post_that_was_let_through(learner_client, alias, write, settings):
    hers = write(alias)
    settings.FORUM_LINK_DAYS = 7
    answer = learner_client.post(f"{HOME}posts/{hers.pk}/edit/", with_picture())
    assert (answer.status_code, Post.objects.get(pk=hers.pk).pictures) == (403, "")
    assert "Good **morning**" in answer.text


# Changed and gone ------------------------------------------------------------------------------


def test_a_change_keeps_replaces_and_takes_away(learner_client, shown, committed):
    edit = f"{HOME}posts/{shown.post_id}/edit/"
    page = learner_client.get(edit).text
    assert f'name="kept_1" value="{shown.key}"' in page
    assert f'value="{ALT}"' in page
    learner_client.post(edit, words(kept_1=str(shown.key), alt_1="A longer drawing"))
    assert 'alt="A longer drawing"' in Post.objects.get(pk=shown.post_id).pictures
    with committed:
        learner_client.post(edit, words(kept_1=str(shown.key), alt_1=ALT, drop_1="on"))
    assert Post.objects.get(pk=shown.post_id).pictures == ""
    assert (PostPicture.objects.count(), list_files()) == (0, [])


def test_withdrawing_deletes_the_files(learner_client, shown, committed):
    assert len(list_files()) == 2
    with committed:
        learner_client.post(f"{HOME}posts/{shown.post_id}/withdraw/")
    assert (PostPicture.objects.count(), list_files()) == (0, [])
    assert Post.objects.get(pk=shown.post_id).pictures == ""
    assert statuses(learner_client, *addresses(shown)) == [404, 404]


def test_erasing_deletes_the_files_and_leaves_the_words(learner, shown, committed):
    with committed:
        erase_person(learner)
    post = Post.objects.get(pk=shown.post_id)
    assert (post.source, post.pictures, post.author) == ("Good **morning**", "", None)
    assert (PostPicture.objects.count(), list_files()) == (0, [])


def test_nothing_is_deleted_when_the_erasing_fails(learner, shown, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks():  # never run, as after a rollback
        erase_person(learner)
    assert len(list_files()) == 2


def test_a_hidden_post_keeps_its_picture_for_the_moderators(shown, moderator):
    moderate_post(post=shown.post, moderator=moderator, alias=None, act=Act.HIDE)
    assert len(list_files()) == 2


def test_she_takes_her_pictures_along(learner, shown):
    table = export_person(learner)["pictures"]
    assert [(row["seen"], row["post_id"]) for row in table] == [(ALT, shown.post_id)]
    archive = zipfile.ZipFile(io.BytesIO(export_zip(learner)))
    name = json.loads(archive.read("notes.json"))["pictures"][0]["picture"]
    assert Image.open(io.BytesIO(archive.read(name))).size == (800, 600)


def test_what_is_never_sent_is_forgotten_after_a_day(learner_client, alias, post, at, committed):
    learner_client.post(f"{at}reply/", with_picture() | {"alt_1": ""})
    assert forget_unsent() == 0
    PostPicture.objects.update(added_at=timezone.now() - timedelta(days=1, minutes=1))
    with committed:
        assert forget_unsent() == 1
    assert list_files() == []


def test_files_that_nobody_knows_are_deleted_once_they_are_old(shown, monkeypatch):
    store().save(f"{'a' * 32}.webp", photo())
    assert delete_orphans() == 0
    monkeypatch.setattr(type(store()), "get_modified_time", lambda self, name: timezone.now() - timedelta(days=2))
    assert delete_orphans() == 1
    assert sorted(list_files()) == sorted(shown.files)


def test_markup_in_the_words_of_a_picture_is_shown_as_it_is(alias, write, learner, shown):
    hers = write(alias)
    settle_pictures(post=shown.post, pictures=[(shown, '"><script>alert(1)</script>')])
    assert "<script>" not in shown.post.pictures
    settle_pictures(post=hers, pictures=[(shown, "from another post")])
    assert Post.objects.get(pk=hers.pk).pictures == ""


def test_pictures_cost_the_thread_no_statement(stranger_client, shown, at, django_assert_num_queries):
    stranger_client.get(at)
    # as without: session, user, thread with forum and reading mark, alias, groups, posts, roles of the authors, her marks on posts
    with django_assert_num_queries(8):
        stranger_client.get(at)


def test_a_picture_costs_six_statements(stranger_client, shown, django_assert_num_queries):
    stranger_client.get(shown.small_url)
    # session, user, picture, post with thread and forum, aliases, groups
    with django_assert_num_queries(6):
        stranger_client.get(shown.small_url)


def test_a_post_that_was_withdrawn_meanwhile_takes_none(alias, write, shown):
    actions.withdraw_post(post=shown.post)
    actions.edit_post(post=shown.post, source="", html="", language="en", pictures=[(shown, ALT)])
    assert Post.objects.get(pk=shown.post_id).pictures == ""


def test_words_of_a_picture_are_looked_at_like_those_of_the_post(learner_client, alias, post, at):
    learner_client.post(f"{at}reply/", with_picture() | {"alt_1": "A photo of your passport"})
    assert Report.objects.get().post == Post.objects.latest("pk")


def test_visitors_of_an_open_forum_are_told_of_pictures_and_see_none(visitor, forum, shown, at):
    Forum.objects.filter(pk=forum.pk).update(public=True, public_since=timezone.now() - timedelta(days=1))
    page = visitor.get(at)
    assert page.status_code == 200
    assert "Only members see the pictures in this post." in page.text
    assert "/pictures/" not in page.text


def test_tidying_forgets_what_was_never_sent_and_looks_at_files_once_a_day(shown, learner, committed, monkeypatch):
    looked = []
    monkeypatch.setattr("hub.management.commands.tidy.delete_orphans", lambda: looked.append(1))
    old = timezone.now() - timedelta(days=2)
    PostPicture.objects.create(owner=learner, added_at=old, **dict.fromkeys(SIZES, 1))
    with committed:
        call_command("tidy")
        call_command("tidy")
    assert list(PostPicture.objects.all()) == [shown]
    assert looked == [1]


def test_with_a_bucket_pictures_lie_in_a_private_part_of_it():
    """In a process of its own: settings are read once."""
    asked = "from hub import settings; print(settings.STORAGES['pictures']['OPTIONS'])"
    environment = os.environ | {"STORAGE_URL": "s3://key:secret@store.example/bucket", "HUB_VAR": str(settings.VAR)}
    done = subprocess.run([sys.executable, "-c", asked], env=environment, capture_output=True, text=True, check=True)
    assert "'location': 'pictures'" in done.stdout
    assert "'default_acl': 'private'" in done.stdout
    assert "'querystring_auth': True" in done.stdout
