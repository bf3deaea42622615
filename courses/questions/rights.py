"""Who may change which language of a question bank.

Whoever writes the English source, coordinators and administrators make, import and delete banks; an editor of another language
changes the row of hers.
"""

from wagtail.permission_policies import ModelPermissionPolicy

from hub.accounts.roles import published_languages


def editable_languages(user):
    """The codes of the languages whose banks a person may change. Banks have no drafts: a change is read at once."""
    return set(published_languages(user))


class BankPolicy(ModelPermissionPolicy):
    def user_has_permission(self, user, action):
        source_only = action in {"add", "delete"} and "en" not in editable_languages(user)
        return not source_only and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)

    def user_has_permission_for_instance(self, user, action, instance):
        own = instance.locale.language_code in editable_languages(user)
        return own and self.user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        return any(self.user_has_permission_for_instance(user, action, instance) for action in actions)
