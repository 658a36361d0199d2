"""Addresses of rooms, hours, closed days and plans."""

from django.urls import URLPattern, path

from cohorts.views import absences, formings, joint_plans, rooms, working

ROOM = "samordna/lokaler/<int:room_id>/"

urlpatterns: list[URLPattern] = [
    path("handledare/tider/", working.own_times, name="own_times"),
    path("handledare/tider/<int:time_id>/bort/", working.time_off_end, name="time_off_end"),
    path("handledare/borta/", absences.own_absence, name="own_absence"),
    path(
        "samordna/handledare/<int:user_id>/borta/", absences.leader_absence, name="leader_absence"
    ),
    path("samordna/handledare/", working.loads, name="loads"),
    path("samordna/handledare/<int:user_id>/", working.leader_times, name="leader_times"),
    path("samordna/forslag/nytt/", formings.forming_new, name="forming_new"),
    path("samordna/forslag/<int:forming_id>/", formings.forming, name="forming"),
    path("samordna/forslag/<int:forming_id>/bort/", formings.forming_end, name="forming_end"),
    path("samordna/planering/", joint_plans.planning, name="planning"),
    path("samordna/planering/<int:job_id>/", joint_plans.plan_job, name="plan_job"),
    path("samordna/planering/<int:job_id>/spara/", joint_plans.plan_save, name="plan_save"),
    path("samordna/planering/<int:job_id>/avbryt/", joint_plans.plan_stop, name="plan_stop"),
    path("samordna/lokaler/", rooms.rooms, name="rooms"),
    path(ROOM, rooms.room, name="room"),
    path(f"{ROOM}andra/", rooms.room_change, name="room_change"),
    path(f"{ROOM}avsluta/", rooms.room_end, name="room_end"),
    path(f"{ROOM}tider/<int:time_id>/bort/", rooms.room_free, name="room_free"),
    path("samordna/lov/", rooms.closed_days, name="closed_days"),
    path("samordna/lov/<int:break_id>/bort/", rooms.break_end, name="break_end"),
]
