"""A prepared read gives what its queryset gives, in the same one query."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db.models import Count
from django.utils import timezone

from courses.models import Answer, Enrolment, EnrolmentChange
from hub.lib.prepared import Prepared

pytestmark = pytest.mark.django_db


@pytest.fixture
def enrolments(learner):
    return [Enrolment.objects.create(user=learner, kit_key=uuid4()) for _ in range(3)]


def test_objects_come_with_their_fields_annotations_and_related_objects(learner, enrolments, django_assert_num_queries):
    EnrolmentChange.objects.create(enrolment=enrolments[1], after="left", why="left")
    rows = Prepared(
        lambda user_id, kit_key: (
            Enrolment.objects.for_kit(user_id, kit_key).select_related("user").annotate(number=Count("changes"))
        )
    )
    with django_assert_num_queries(1):
        (found,) = rows(user_id=learner.pk, kit_key=enrolments[1].kit_key)
        assert found == enrolments[1]
        assert (found.kit_key, found.created_at) == (enrolments[1].kit_key, enrolments[1].created_at)
        assert (found.number, found.user) == (1, learner)
    found.line = "changed"
    found.save()
    assert Enrolment.objects.get(pk=found.pk).line == "changed"


def test_the_kept_statement_takes_other_values(learner, enrolments):
    one = Prepared(lambda user_id, kit_key: Enrolment.objects.for_kit(user_id, kit_key))
    assert [one.first(user_id=learner.pk, kit_key=row.kit_key) for row in enrolments] == enrolments
    assert one.first(user_id=learner.pk, kit_key=uuid4()) is None
    assert one(user_id=learner.pk + 1, kit_key=enrolments[0].kit_key) == []


def test_values_are_converted(learner):
    body, lesson = {"text": "Ő says 100 % “yes”"}, uuid4()
    Answer.objects.create(
        user=learner, kit_key=uuid4(), lesson_key=lesson, block_id=uuid4(), client_id=uuid4(), body=body
    )
    rows = Prepared(lambda lesson_key: Answer.objects.filter(lesson_key=lesson_key).values_list("lesson_key", "body"))
    assert rows(lesson_key=lesson) == [(lesson, body)]


def test_lists_of_any_length(learner, enrolments, django_assert_num_queries):
    rows = Prepared(lambda keys: Enrolment.objects.filter(kit_key__in=keys).order_by("pk"))
    for count in (1, 3, 2, 1):
        assert rows(keys=[row.kit_key for row in enrolments[:count]]) == enrolments[:count]
    with django_assert_num_queries(0):
        assert rows(keys=[]) == []


def test_moments_and_a_value_that_stands_in_two_places(learner, enrolments):
    later = Prepared(
        lambda moment: Enrolment.objects.filter(created_at__gt=moment).union(
            Enrolment.objects.filter(state_at__gt=moment), all=True
        )
    )
    now = timezone.now()
    assert (len(later(moment=now - timedelta(hours=1))), later(moment=now + timedelta(hours=1))) == (6, [])


def test_a_value_that_the_statement_does_not_hold_is_refused():
    with pytest.raises(ValueError, match="not in the statement"):
        Prepared(lambda user_id: Enrolment.objects.all())(user_id=1)
