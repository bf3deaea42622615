"""Answers that a woman shows to those who hold her circle: each by itself, the words as they are at that moment, until she takes it back.

Nothing else of her answers is read for a trainer. Who may: `shared_with` for trainers, the owner's own membership for her.
"""

from dataclasses import dataclass, field

from django.db import transaction
from django.db.models import Prefetch

from courses.cohorts import lock
from courses.enrolment_words import NotAllowed
from courses.models import Answer, Membership, ShareComment, SharedAnswer
from hub.notifications.actions import tell
from hub.notifications.models import Kind

KIND = "reflection"  # ticks and questions are never shared
COMMENTS = Prefetch("comments", ShareComment.objects.order_by("pk"))


def written(membership):
    """The words she could share in her circle: the present ones of each part of its kit."""
    hers = Answer.objects.filter(user=membership.user_id, kit_key=membership.cohort.kit_key, kind=KIND)
    return hers.filter(state=Answer.State.CURRENT).exclude(body__text="").order_by("pk")


def shared_with(cohort):
    """What those who hold the circle see: of those who are in it now."""
    here = SharedAnswer.objects.filter(membership__cohort=cohort, membership__state=Membership.State.MEMBER)
    return here.select_related("membership", "answer").prefetch_related(COMMENTS)


@transaction.atomic
def share(*, membership, client_id):
    """Show the words of this version; an older version of the same part is no longer shown. Raises NotAllowed, Answer.DoesNotExist."""
    lock(membership.cohort)
    if not Membership.objects.here().filter(pk=membership.pk).exists():
        raise NotAllowed("circle left")
    answer = written(membership).select_for_update().get(client_id=client_id)
    same = {"answer__lesson_key": answer.lesson_key, "answer__block_id": answer.block_id}
    membership.shared.filter(**same).exclude(answer=answer).delete()
    return membership.shared.get_or_create(answer=answer)[0]


@transaction.atomic
def stop_sharing(*, membership, client_id):
    """Gone at once from what trainers see, with what they wrote about it."""
    membership.shared.filter(answer__client_id=client_id).delete()


@transaction.atomic
def comment(*, cohort, share_id, by, text):
    """The same words of one person, sent twice, are one comment. Raises NotAllowed, or SharedAnswer.DoesNotExist when she has taken it
    back meanwhile.
    """
    found = lock(cohort)
    row = (
        SharedAnswer.objects.select_for_update(of=["self"])
        .select_related("membership")
        .get(pk=share_id, membership__cohort=found, membership__state=Membership.State.MEMBER)
    )
    made, _new = row.comments.get_or_create(by=by, text=text)
    context = {"circle": found.pk, "act": "circle_comment"}
    path, key = f"my/circles/{found.pk}/shared/", f"share-comment:{made.pk}"
    tell(kind=Kind.CIRCLE, recipients=[row.membership.user_id], context=context, path=path, key=key)
    return made


# Her page -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Page:
    """A part she wrote in: the present words, and the version that her trainers see."""

    lesson: str
    answer: Answer | None
    shown: Answer | None = None
    comments: list = field(default_factory=list)

    @property
    def is_newer(self):
        """She has written anew since she shared it."""
        return bool(self.answer and self.shown and self.answer.pk != self.shown.pk)


def pages_of(membership, titles):
    """[Page] of what she shares and could share. `titles`: {key of a lesson: title}. Three statements, however many."""
    pages = {(row.lesson_key, row.block_id): Page(titles.get(row.lesson_key, ""), row) for row in written(membership)}
    for row in membership.shared.select_related("answer").prefetch_related(COMMENTS):
        place = row.answer.lesson_key, row.answer.block_id
        page = pages.setdefault(place, Page(titles.get(place[0], ""), None))
        page.shown, page.comments = row.answer, list(row.comments.all())
    order = {key: number for number, key in enumerate(titles)}
    return [pages[place] for place in sorted(pages, key=lambda place: order.get(place[0], len(order)))]
