"""Every address of the site. Swedish stands at the root, English below ``/en/``."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from regai import first_steps, health, style, views
from regai.employer import back_from_employer
from regai.environment import EMPLOYER

site = (
    [
        path("", views.front, name="home"),
        path("for-arbetsgivare/", views.employers, name="employers"),
        path("fragor-och-svar/", views.questions, name="questions"),
        path("karta/", views.interest_map, name="map"),
        path("karta/intresse.csv", views.interest_map_csv, name="map_csv"),
        path("integritet/", views.privacy, name="privacy"),
        path("kakor/", views.cookies, name="cookies"),
        path("tillganglighet/", views.accessibility, name="accessibility"),
        path("sprak/", views.languages, name="languages"),
    ],
    "regai",
)
urlpatterns = i18n_patterns(
    path("", include(site)),
    path("logga-in/", include("regai.login_urls")),
    path("", include("cohorts.urls")),
    path("", include("deminimis.urls")),
    path("rapporter/", include("reports.urls")),
    path("kom-igang/", first_steps.first_steps, name="first_steps"),
    prefix_default_language=False,
)
urlpatterns += [
    path("healthz", views.alive),
    path("readyz", health.ready),
    path("drift/admin/", admin.site.urls),
    # Outside the languages: the employer knows one address.
    path(
        "logga-in/arbetsgivare/svar/",
        back_from_employer,
        {"provider_id": EMPLOYER},
        name="openid_connect_callback",
    ),
]
if settings.EXAMPLE_MODE:
    urlpatterns += i18n_patterns(
        path("", include("regai.example.urls")),
        path("stil/", style.style, name="style"),
        prefix_default_language=False,
    )
handler400 = "regai.errors.bad_request"
handler500 = "regai.errors.server_error"
handler429 = "regai.limits.too_many"  # allauth asks for it by this name
