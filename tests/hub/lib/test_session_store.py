from datetime import timedelta

import pytest
from django.utils import timezone

from hub.lib.session_store import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    session = SessionStore()
    session["place"] = "here"
    session.save()
    return session


def test_a_session_is_found_by_one_statement(session, django_assert_num_queries):
    again = SessionStore(session.session_key)
    with django_assert_num_queries(1):
        assert again["place"] == "here"


def test_a_session_past_its_time_is_empty_and_loses_its_key(session):
    SessionStore.get_model_class().objects.update(expire_date=timezone.now() - timedelta(seconds=1))
    late = SessionStore(session.session_key)
    assert late.get("place") is None
    assert late.session_key is None


@pytest.mark.parametrize("key", [None, "", "short", "x" * 5000])
def test_a_key_that_is_none_of_ours_is_an_empty_session(session, key):
    assert SessionStore(key).get("place") is None


def test_a_session_that_is_ended_elsewhere_is_ended_here(session):
    other = SessionStore(session.session_key)
    assert other["place"] == "here"
    session.flush()
    assert SessionStore(other.session_key).get("place") is None
