from django.core.exceptions import PermissionDenied
from wagtail import hooks
from wagtail.admin.views.account import NameEmailSettingsPanel
from wagtail.users.models import UserProfile

from hub.accounts.models import User

# Our users have neither first nor last name, and Wagtail's panel asks for both. It has no setting to leave it out.
NameEmailSettingsPanel.is_active = lambda panel: False

# Wagtail writes to an editor in the language of whoever caused the mail, unless she chose one in the editor: hers stands in her account.
stock_language = UserProfile.get_preferred_language
UserProfile.get_preferred_language = lambda profile: (
    profile.preferred_language or profile.user.language or stock_language(profile)
)


@hooks.register("before_bulk_action")
def one_person_at_a_time(request, action_type, objects, action):
    """Bulk actions on users know nothing of who may grant what, nor of erasing what the apps keep."""
    if User in action.models:
        raise PermissionDenied
