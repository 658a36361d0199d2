"""Logging in: a code to one's own address, a passkey or the employer, and the second step.

Only these pages of allauth are open.
"""

from allauth.account import views
from allauth.mfa.base import views as factor
from allauth.mfa.recovery_codes import views as spare
from allauth.mfa.totp import views as app
from allauth.mfa.webauthn import views as passkey
from django.urls import path

from accounts.gates import anyone, first_step
from regai.employer import cancelled_at_employer, log_in_at_employer
from regai.environment import EMPLOYER
from regai.second_factor import ActivateApp, AddPasskey, second_factor

ask_for_code = anyone(views.request_login_code)
KEYS, SPARE = "sakerhet/nycklar/", "sakerhet/reservkoder/"

urlpatterns = [
    path("", ask_for_code, name="account_login"),
    path("begar-kod/", ask_for_code, name="account_request_login_code"),
    path("kod/", anyone(views.confirm_login_code), name="account_confirm_login_code"),
    path("ut/", anyone(views.logout), name="account_logout"),
    path("nytt-konto/", anyone(views.signup), name="account_signup"),
    path("avstangt/", anyone(views.account_inactive), name="account_inactive"),
    path("igen/", anyone(views.reauthenticate), name="account_reauthenticate"),
    path(
        "arbetsgivare/",
        log_in_at_employer,
        {"provider_id": EMPLOYER},
        name="openid_connect_login",
    ),
    path("arbetsgivare/avbrutet/", cancelled_at_employer, name="socialaccount_login_cancelled"),
    path("nyckel/", anyone(passkey.login_webauthn), name="mfa_login_webauthn"),
    path("extra-steg/", second_factor, name="second_factor"),
    path("extra-steg/kod/", anyone(factor.authenticate), name="mfa_authenticate"),
    path("extra-steg/minns/", anyone(factor.trust), name="mfa_trust"),
    path("extra-steg/igen/", first_step(factor.reauthenticate), name="mfa_reauthenticate"),
    path(
        "extra-steg/nyckel/",
        first_step(passkey.reauthenticate_webauthn),
        name="mfa_reauthenticate_webauthn",
    ),
    path("sakerhet/", first_step(factor.index), name="mfa_index"),
    path("sakerhet/app/", first_step(ActivateApp.as_view()), name="mfa_activate_totp"),
    path("sakerhet/app/ta-bort/", first_step(app.deactivate_totp), name="mfa_deactivate_totp"),
    path(SPARE, first_step(spare.view_recovery_codes), name="mfa_view_recovery_codes"),
    path(
        f"{SPARE}nya/",
        first_step(spare.generate_recovery_codes),
        name="mfa_generate_recovery_codes",
    ),
    path(
        f"{SPARE}hamta/",
        first_step(spare.download_recovery_codes),
        name="mfa_download_recovery_codes",
    ),
    path(KEYS, first_step(passkey.list_webauthn), name="mfa_list_webauthn"),
    path(f"{KEYS}ny/", first_step(AddPasskey.as_view()), name="mfa_add_webauthn"),
    path(f"{KEYS}<int:pk>/andra/", first_step(passkey.edit_webauthn), name="mfa_edit_webauthn"),
    path(
        f"{KEYS}<int:pk>/ta-bort/", first_step(passkey.remove_webauthn), name="mfa_remove_webauthn"
    ),
]
