"""Addresses for facilitators, coordinators and coaches."""

from django.urls import URLPattern, path

from cohorts.views import (
    coach,
    coordinator,
    desk,
    desk_changes,
    desk_freeing,
    desk_meeting,
    desk_member,
    desk_people,
    desk_release,
    desk_rounds,
    desk_votes,
    facilitator,
    people,
    series,
)

GROUP = "handledare/grupper/<int:cohort_id>/"
MEETING = "handledare/traffar/<int:meeting_id>/"

urlpatterns: list[URLPattern] = [
    path("handledare/", facilitator.facilitator, name="facilitator"),
    path("handledare/grupper/ny/", desk.cohort_new, name="cohort_new"),
    path(GROUP, desk.cohort_desk, name="cohort_desk"),
    path(f"{GROUP}bekrafta/", desk.cohort_confirm, name="cohort_confirm"),
    path(f"{GROUP}installd/", desk.cohort_cancel, name="cohort_cancel"),
    path(f"{GROUP}forslag/", desk_people.proposal, name="proposal"),
    path(f"{GROUP}skicka/", desk_release.release, name="release"),
    path(f"{GROUP}skickat/", desk_release.release_result, name="release_result"),
    path(
        f"{GROUP}inbjudningar/<int:invitation_id>/",
        desk_people.invitation_desk,
        name="invitation_desk",
    ),
    path(f"{GROUP}deltagare/<int:enrolment_id>/", desk_member.member_desk, name="member_desk"),
    path(f"{GROUP}avsluta-flera/", desk_freeing.free_several, name="free_several"),
    path(f"{GROUP}avslutade/", desk_freeing.freed_result, name="freed_result"),
    path(f"{GROUP}traffar/", series.series, name="series"),
    path(f"{GROUP}starta/", desk_rounds.round_start, name="round_start"),
    path(f"{GROUP}avsluta-kurs/", desk_rounds.round_close, name="round_close"),
    path(f"{GROUP}avsluta/", desk_rounds.cohort_complete, name="cohort_complete"),
    path(f"{GROUP}omrostning/", desk_votes.vote_new, name="vote_new"),
    path(MEETING, desk_meeting.meeting_desk, name="meeting_desk"),
    path(f"{MEETING}lista/", desk_meeting.attendance_sheet, name="attendance_sheet"),
    path(f"{MEETING}fragor/<int:item_id>/", desk_meeting.agenda_answer, name="agenda_answer"),
    path(f"{MEETING}flytta/", desk_changes.meeting_move, name="meeting_move"),
    path(f"{MEETING}vikarie/", desk_changes.meeting_substitute, name="meeting_substitute"),
    path(f"{MEETING}digital/", desk_changes.meeting_digital, name="meeting_digital"),
    path(f"{MEETING}stall-in/", desk_changes.meeting_cancel, name="meeting_cancel"),
    path("samordna/", coordinator.coordinator, name="coordinator"),
    path("samordna/forslag/", coordinator.proposals, name="proposals"),
    path("samordna/brev/<int:letter_id>/igen/", coordinator.letter_again, name="letter_again"),
    path("samordna/foretag/<int:company_id>/", coordinator.company_check, name="company_check"),
    path("samordna/personer/", people.people, name="people"),
    path("samordna/personer/personer.csv", people.people_csv, name="people_csv"),
    path("samordna/personer/personer.xlsx", people.people_xlsx, name="people_xlsx"),
    path("samordna/personer/<int:interest_id>/", people.person, name="person"),
    path("coach/", coach.coach, name="coach"),
    path("coach/anmal/", coach.coach_sign_up, name="coach_sign_up"),
    path("coach/<int:interest_id>/", coach.coach_person, name="coach_person"),
    path("coach/<int:interest_id>/igen/", coach.coach_resend, name="coach_resend"),
    path("coach/<int:interest_id>/muntligt/", coach.coach_spoken, name="coach_spoken"),
]
