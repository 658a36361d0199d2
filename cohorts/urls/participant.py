"""Addresses for people: signing up, answering, taking part, voting, paying."""

from django.urls import path

from cohorts.views import (
    check_in,
    fee_company,
    feeds,
    fees,
    group,
    interests,
    invitations,
    meetings,
    my,
    proofs,
    vote_results,
    votes,
)

urlpatterns = [
    path("anmalan/", interests.interest, name="interest"),
    path("anmalan/tack/", interests.interest_received, name="interest_received"),
    path("anmalan/<str:token>/", interests.interest_link, name="interest_link"),
    path("anmalan/<str:token>/andra/", interests.interest_change, name="interest_change"),
    path("inbjudan/<str:token>/", invitations.invitation, name="invitation"),
    path("min-sida/", my.my_page, name="my_page"),
    path("mina-uppgifter/", my.my_data, name="my_data"),
    path("mina-uppgifter/hamta/", my.my_data_file, name="my_data_file"),
    path("mina-uppgifter/radera/", my.my_erasure, name="my_erasure"),
    path("grupp/<int:cohort_id>/", group.group, name="group"),
    path("grupp/<int:cohort_id>/lektioner/", group.lessons, name="lessons"),
    path("grupp/<int:cohort_id>/fraga/", group.ask, name="ask"),
    path("grupp/<int:cohort_id>/behov/", group.needs, name="needs"),
    path("grupp/<int:cohort_id>/kursbevis/", proofs.hand_in, name="proof"),
    path("grupp/<int:cohort_id>/kursbevis/fil/", proofs.own_file, name="proof_file"),
    path("grupp/<int:cohort_id>/paminnelser/", proofs.reminders, name="lesson_reminders"),
    path("incheckning/<str:code>/", check_in.check_in, name="check_in"),
    path("grupp/<int:cohort_id>/lamna/", group.leave, name="leave"),
    path("traff/<int:meeting_id>/", meetings.meeting, name="meeting"),
    path("traff/<int:meeting_id>/kalender.ics", meetings.calendar, name="meeting_calendar"),
    path(
        "traff/<int:meeting_id>/svar/<str:token>/", meetings.meeting_answer, name="meeting_answer"
    ),
    path("min-sida/kalender/", feeds.my_calendars, name="my_calendars"),
    path("kalender/<str:token>/traffar.ics", feeds.feed, name="feed"),
    path("rosta/sa-skyddas-din-rost/", votes.protection, name="vote_protection"),
    path("rosta/<int:ballot_id>/", votes.vote, name="vote"),
    path("rosta/<int:ballot_id>/hinder/", votes.vote_hindrance, name="vote_hindrance"),
    path("rosta/<int:ballot_id>/resultat/", vote_results.result, name="vote_result"),
    path(
        "rosta/<int:ballot_id>/resultat/<str:name>",
        vote_results.result_file,
        name="vote_result_file",
    ),
    path("avgift/<int:participation_id>/", fees.fee, name="fee"),
    path("avgift/<int:participation_id>/betala/", fees.fee_private, name="fee_private"),
    path("avgift/foretag/<int:fee_id>/", fee_company.fee_company, name="fee_company"),
    path("avgift/svar/<str:token>/", fee_company.fee_by_link, name="fee_by_link"),
]
