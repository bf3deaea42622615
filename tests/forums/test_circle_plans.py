"""How the forums that somebody may read are found among many circles: from her own rows, on SQLite and on PostgreSQL."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.utils import timezone

from courses.models import Cohort, CohortTrainer, Membership
from forums.models import Forum
from hub.accounts.models import Organisation, User

CIRCLES = 400
TABLES = [Cohort, CohortTrainer, Membership]


@pytest.fixture
def many_circles(learner, trainer):
    """Circles of twenty organisations, each with a trainer and three members. The learner is or was in three, the trainer holds one."""
    organisations = Organisation.objects.bulk_create([Organisation(name=f"Partner {n}") for n in range(20)])
    trainer.organisation = organisations[7]
    trainer.save()
    rows = [Cohort(organisation=organisations[n % 20], kit_key=UUID(int=1), title=f"{n}") for n in range(CIRCLES)]
    circles = Cohort.objects.bulk_create(rows)
    others = User.objects.bulk_create([User(username=f"other-{n}", password="!") for n in range(CIRCLES)])
    leads = [trainer if n == 7 else other for n, other in enumerate(others)]
    CohortTrainer.objects.bulk_create(
        [CohortTrainer(cohort=circle, user=lead) for circle, lead in zip(circles, leads, strict=True)]
    )
    Membership.objects.bulk_create(
        [Membership(cohort=circle, user=others[n - k]) for n, circle in enumerate(circles) for k in range(1, 4)]
    )
    for circle, state in ((circles[3], "member"), (circles[4], "ended"), (circles[5], "left")):
        Membership.objects.create(cohort=circle, user=learner, state=state)
    Forum.objects.bulk_create([Forum(cohort=circle, slug=f"circle-{n}", name="-") for n, circle in enumerate(circles)])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return circles


def slugs(user):
    return set(Forum.objects.readable_by(user).filter(slug__startswith="circle-").values_list("slug", flat=True))


def test_she_reads_the_forums_of_circles_she_is_in_was_in_at_their_end_or_holds(
    many_circles, learner, trainer, stranger
):
    assert [slugs(user) for user in (learner, trainer, stranger)] == [{"circle-3", "circle-4"}, {"circle-7"}, set()]
    trainer.organisation = Organisation.objects.exclude(pk=trainer.organisation_id).first()
    assert slugs(trainer) == set()


def test_a_substitute_reads_until_her_last_day(many_circles, stranger):
    stranger.organisation = many_circles[9].organisation
    today = timezone.localdate()
    part = CohortTrainer.objects.create(cohort=many_circles[9], user=stranger, part="substitute", until=today)
    assert slugs(stranger) == {"circle-9"}
    CohortTrainer.objects.filter(pk=part.pk).update(until=today - timedelta(days=1))
    assert slugs(stranger) == set()


@pytest.mark.parametrize("who", ["learner", "trainer", "stranger"])
def test_no_table_of_circles_is_read_through(request, many_circles, who):
    assert read_through(Forum.objects.readable_by(request.getfixturevalue(who))) == []


def read_through(found):
    """The tables of circles, their trainers and members of which a statement reads every row, by the database's own plan."""
    sql, values = found.query.sql_with_params()
    names = {model._meta.db_table for model in TABLES}
    explain = "EXPLAIN QUERY PLAN" if connection.vendor == "sqlite" else "EXPLAIN (FORMAT JSON)"
    with connection.cursor() as cursor:
        cursor.execute(f"{explain} {sql}", values)
        rows = cursor.fetchall()
    if connection.vendor == "sqlite":
        return [row[3] for row in rows if row[3].startswith("SCAN") and "forums_forum" not in row[3]]
    plan = json.loads(rows[0][0]) if isinstance(rows[0][0], str) else rows[0][0]
    return [node["Node Type"] for node in nodes(plan[0]["Plan"]) if node.get("Relation Name") in names and whole(node)]


def nodes(plan):
    yield plan
    for below in plan.get("Plans", []):
        yield from nodes(below)


def whole(node):
    """Whether it goes through a table or an index from end to end; what hangs below a bitmap has its condition there."""
    return node["Node Type"] != "Bitmap Heap Scan" and "Index Cond" not in node
