"""The places for pictures in the form of a post: a file, what can be seen in it, and what the hub has kept of an earlier try."""

from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext_lazy as _

from forums.models import ALT_LENGTH, MOST_PICTURES, PostPicture
from forums.pictures import as_uuid, keep_picture, pictures_for, too_many_today
from hub.lib.limits import allow
from hub.lib.pictures import PictureRefused, read_picture, too_heavy
from hub.lib.text import TextField

TRIES_PER_DAY = 80
PLACES = range(1, MOST_PICTURES + 1)
ACCEPT = "image/jpeg,image/png,image/webp"


@dataclass
class Place:
    """One place, for the template: `kept` is the PostPicture that stands there now."""

    number: int
    kept: PostPicture | None
    picture: forms.BoundField
    alt: forms.BoundField
    drop: forms.BoundField


class PictureFields(forms.Form):
    """`owner` writes, in `post` when that is there already; `too_large` names the fields whose files were thrown away."""

    def __init__(self, *args, owner=None, post=None, too_large=(), **kwargs):
        super().__init__(*args, **kwargs)
        self.owner, self.post, self.too_large = owner, post, too_large
        self.fresh = {}
        self.kept = {}
        for place in PLACES:
            self.fields |= fields_of(place)
        if owner:
            self.kept = self.found() if self.is_bound else self.standing()

    def found(self):
        """What she sent with an earlier try, or what the post has: {place: row}."""
        asked = {place: as_uuid(self.data.get(self.add_prefix(f"kept_{place}"))) for place in PLACES}
        rows = pictures_for(owner=self.owner, post=self.post, keys=asked.values())
        found = {place: rows.pop(key) for place, key in asked.items() if key in rows}
        return {place: row for place, row in found.items() if not self.data.get(f"drop_{place}")}

    def standing(self):
        rows = self.post.attached.order_by("place")[:MOST_PICTURES] if self.post and self.post.pictures else []
        for place, row in zip(PLACES, rows, strict=False):
            self.initial[f"alt_{place}"] = row.alt
        return dict(zip(PLACES, rows, strict=False))

    def clean(self):
        cleaned = super().clean()
        for place in PLACES:
            self._read(place)
            if self.has_picture(place) and not cleaned.get(f"alt_{place}") and f"alt_{place}" not in self.errors:
                self.add_error(f"alt_{place}", _("Please say in one sentence what can be seen in this picture."))
        if self.fresh and too_many_today(self.owner, len(self.fresh)):
            self._refuse_fresh(_("You have sent many pictures today. Please send this one again tomorrow."))
        return cleaned

    def _read(self, place):
        name = f"picture_{place}"
        file = self.cleaned_data.get(name)
        if name in self.too_large:
            self.add_error(name, too_heavy())
        if not file or self.cleaned_data.get(f"drop_{place}"):
            return
        if not self.owner or not allow(f"picture:{self.owner.pk}", limit=TRIES_PER_DAY, seconds=86_400):
            self.add_error(name, _("You have sent many pictures today. Please send this one again tomorrow."))
            return
        try:
            self.fresh[place] = read_picture(file)
        except PictureRefused as refused:
            self.add_error(name, str(refused))

    def _refuse_fresh(self, message):
        for place in list(self.fresh):
            del self.fresh[place]
            self.add_error(f"picture_{place}", message)

    def has_picture(self, place):
        return place in self.fresh or place in self.kept

    def keep_pictures(self):
        """Store what has come with this try, so that whatever else is wrong she need not choose it again."""
        for place, picture in self.fresh.items():
            self.kept[place] = keep_picture(owner=self.owner, picture=picture)
        self.fresh = {}

    def chosen(self):
        """[(row, alt)] in order, as the actions take them."""
        return [(row, self.cleaned_data[f"alt_{place}"]) for place, row in sorted(self.kept.items())]

    def adds_pictures(self):
        return any(row.post_id is None for row in self.kept.values()) or bool(self.fresh)

    def places(self):
        names = ("picture", "alt", "drop")
        return [
            Place(place, self.kept.get(place), **{name: self[f"{name}_{place}"] for name in names}) for place in PLACES
        ]

    def opens_pictures(self):
        """Whether the places are shown unfolded."""
        return bool(self.kept) or (self.is_bound and any(name.startswith(("picture_", "alt_")) for name in self.errors))


def fields_of(place):
    widget = forms.FileInput({"accept": ACCEPT})
    return {
        # Translators: the file of a picture.
        f"picture_{place}": forms.FileField(label=_("Picture"), required=False, allow_empty_file=True, widget=widget),
        f"alt_{place}": TextField(
            label=_("What can be seen in it?"),
            max_length=ALT_LENGTH,
            one_line=True,
            required=False,
            help_text=_(
                "One sentence for those who cannot see it, for example: a drawing of a bridge with three numbers."
            ),
            widget=forms.TextInput({"dir": "auto"}),
        ),
        f"kept_{place}": forms.Field(required=False, widget=forms.HiddenInput),
        f"drop_{place}": forms.BooleanField(label=_("Take this picture away"), required=False),
    }
