"""Log-in by a code to one's own address. Only these pages of allauth are open."""

from allauth.account import views
from django.urls import path

from accounts.gates import anyone

ask_for_code = anyone(views.request_login_code)

urlpatterns = [
    path("", ask_for_code, name="account_login"),
    path("begar-kod/", ask_for_code, name="account_request_login_code"),
    path("kod/", anyone(views.confirm_login_code), name="account_confirm_login_code"),
    path("ut/", anyone(views.logout), name="account_logout"),
    path("nytt-konto/", anyone(views.signup), name="account_signup"),
    path("avstangt/", anyone(views.account_inactive), name="account_inactive"),
    path("igen/", anyone(views.reauthenticate), name="account_reauthenticate"),
]
