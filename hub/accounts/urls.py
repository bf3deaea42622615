"""Every account address. allauth.urls is not included whole: only the flows we use can be reached."""

from allauth.account import views as account_views
from allauth.mfa.base import views as mfa_views
from allauth.mfa.recovery_codes import views as mfa_codes_views
from allauth.mfa.totp import views as totp_views
from django.urls import path, re_path
from django.views.generic import RedirectView

from hub.accounts import event_views, helped_views, invitation_views, session_views, views, way_views
from hub.accounts.views import form_page

urlpatterns = [
    path("", views.account_home, name="account_home"),
    path("login/", views.LoginView.as_view(), name="account_login"),
    path("login/code/", way_views.request_code, name="account_request_login_code"),
    path("login/code/confirm/", way_views.confirm_code, name="account_confirm_login_code"),
    path("login/passkey/", way_views.login_passkey, name="mfa_login_webauthn"),
    path("logout/", views.sign_out, name="account_logout"),
    path("signup/", views.SignupView.as_view(), name="account_signup"),
    path("inactive/", account_views.account_inactive, name="account_inactive"),
    path("reauthenticate/", form_page(account_views.ReauthenticateView), name="account_reauthenticate"),
    path("recovery-card/", views.recovery_card, name="recovery_card"),
    path("recovery-card/text/", views.recovery_text, name="recovery_text"),
    path("recovery-card/kept/", views.recovery_kept, name="recovery_kept"),
    path("recovery-card/new/", views.recovery_new, name="recovery_new"),
    path("recover/", views.recover, name="account_recover"),
    path("helped/", helped_views.use_code, name="account_helped"),
    path("helped/allow/", helped_views.setting, name="account_help_setting"),
    path("helped/stop/", helped_views.stop, name="account_help_stop"),
    path("events/", event_views.events, name="account_events"),
    path("own-passphrase/", event_views.own_passphrase, name="account_own_passphrase"),
    path("invitation/", invitation_views.invitation, name="invitation"),
    path("invitation/<str:token>/", invitation_views.follow, name="invitation_link"),
    path("passphrases/", views.suggestions, name="passphrase_suggestions"),
    path("password/change/", way_views.password_change, name="account_change_password"),
    path("password/set/", RedirectView.as_view(pattern_name="account_home"), name="account_set_password"),
    path("email/", form_page(account_views.EmailView), name="account_email"),
    path("confirm-email/", account_views.email_verification_sent, name="account_email_verification_sent"),
    re_path(r"^confirm-email/(?P<key>[-:\w]+)/$", account_views.confirm_email, name="account_confirm_email"),
    path("password/reset/", form_page(account_views.PasswordResetView), name="account_reset_password"),
    path("password/reset/done/", account_views.password_reset_done, name="account_reset_password_done"),
    re_path(
        r"^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
        form_page(account_views.PasswordResetFromKeyView),
        name="account_reset_password_from_key",
    ),
    path(
        "password/reset/key/done/",
        RedirectView.as_view(pattern_name="account_login"),
        name="account_reset_password_from_key_done",
    ),
    path("sessions/", session_views.sessions, name="usersessions_list"),
    path("2fa/", mfa_views.index, name="mfa_index"),
    path("2fa/authenticate/", way_views.second_step, name="mfa_authenticate"),
    path("2fa/reauthenticate/", form_page(mfa_views.ReauthenticateView), name="mfa_reauthenticate"),
    path("2fa/reauthenticate/passkey/", way_views.reauthenticate_passkey, name="mfa_reauthenticate_webauthn"),
    path("passkeys/", way_views.list_passkeys, name="mfa_list_webauthn"),
    path("passkeys/add/", way_views.add_passkey, name="mfa_add_webauthn"),
    path("passkeys/<int:pk>/rename/", way_views.rename_passkey, name="mfa_edit_webauthn"),
    path("passkeys/<int:pk>/remove/", way_views.remove_passkey, name="mfa_remove_webauthn"),
    path("2fa/totp/activate/", form_page(totp_views.ActivateTOTPView), name="mfa_activate_totp"),
    path("2fa/totp/deactivate/", form_page(totp_views.DeactivateTOTPView), name="mfa_deactivate_totp"),
    path("2fa/recovery-codes/", mfa_codes_views.view_recovery_codes, name="mfa_view_recovery_codes"),
    path("2fa/recovery-codes/generate/", mfa_codes_views.generate_recovery_codes, name="mfa_generate_recovery_codes"),
    path("2fa/recovery-codes/download/", mfa_codes_views.download_recovery_codes, name="mfa_download_recovery_codes"),
]
