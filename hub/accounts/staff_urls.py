"""/<lang>/staff/: what trainers and coordinators do with accounts. Who may do what: hub/accounts/roles.py."""

from django.urls import path, register_converter
from django.urls.converters import IntConverter

from hub.accounts import card_views, helped_views, people_views


class KeyConverter(IntConverter):
    regex = "[0-9]{1,18}"  # what a key's column can hold


register_converter(KeyConverter, "key")

urlpatterns = [
    path("", people_views.home, name="staff_home"),
    path("people/", people_views.people, name="staff_people"),
    path("people/log/", people_views.log, name="staff_log"),
    path("people/<key:person_id>/", people_views.person, name="staff_person"),
    path("people/<key:person_id>/move/", people_views.move, name="staff_move"),
    path("people/<key:person_id>/roles/<key:group_id>/take/", people_views.take_role, name="staff_take_role"),
    path("organisations/<key:organisation_id>/", people_views.organisation, name="staff_organisation"),
    path("organisations/<key:organisation_id>/close/", people_views.close, name="staff_close_organisation"),
    path("organisations/<key:organisation_id>/open/", people_views.open_again, name="staff_open_organisation"),
    path("organisations/<key:organisation_id>/invite/", people_views.invite, name="staff_invite"),
    path("invitations/<key:invitation_id>/withdraw/", people_views.withdraw, name="staff_withdraw"),
    path("help/", helped_views.help_back, name="staff_help"),
    path("help/<key:request_id>/", helped_views.agree, name="staff_help_agree"),
    path("help/<key:request_id>/end/", helped_views.end, name="staff_help_end"),
    path("cards/", card_views.cards, name="staff_cards"),
]
