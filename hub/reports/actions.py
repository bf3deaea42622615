"""What coordinators change."""

from django.db import transaction

from hub.reports.models import SlipCount, Target


@transaction.atomic
def set_targets(*, year, half, numbers):
    """`numbers` is {figure: number, or None for no target}."""
    for figure, number in numbers.items():
        about = {"figure": figure, "year": year, "half": half}
        if number is None:
            Target.objects.filter(**about).delete()
        else:
            Target.objects.update_or_create(**about, defaults={"number": number})


def add_slips(*, organisation, day, slips, more, same, less):
    """What a group ticked; see SlipCount. At least five slips, which the form asks for."""
    return SlipCount.objects.create(organisation=organisation, day=day, slips=slips, more=more, same=same, less=less)
