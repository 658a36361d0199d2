"""Addresses for everybody: courses, meetings, programmes."""

from django.urls import path

from cohorts.views import public

urlpatterns = [
    path("kurser/", public.courses, name="courses"),
    path("kurser/<slug:slug>/", public.course, name="course"),
    path("traffar/", public.meetings, name="meetings"),
    path("projekt/", public.programmes, name="programmes"),
    path("projekt/avslutade/", public.programmes_closed, name="programmes_closed"),
    path("projekt/<slug:slug>/", public.programme, name="programme"),
]
