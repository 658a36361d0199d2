"""The words people read about rooms, hours, plans and changes of plans."""

from django.utils.translation import gettext_lazy as _

from cohorts.planning.formation.facts import Waiting
from cohorts.rules.plans import PairKind, PairRefusal, PlanJobState, Way
from cohorts.rules.rooms import BreakRefusal, RoomRefusal, RoomTimeKind
from cohorts.rules.sittings import HandOverRefusal, Touched

ROOM_TIME_KINDS = {
    RoomTimeKind.BOOKED: _("bokad av andra"),
    RoomTimeKind.CLOSED: _("stängd"),
}

ROOM_REFUSALS = {
    RoomRefusal.NAME_TAKEN: _("Det finns redan en lokal med det namnet på orten."),
    RoomRefusal.HAS_MEETINGS: _("Träffar är planerade i lokalen. Flytta dem först."),
    RoomRefusal.HAS_MEETING_THEN: _("En träff är planerad i lokalen då. Flytta den först."),
}

# What has happened to a room, a time, a break or somebody's hours.
PLANNING_CHANGES = {
    "added": _("lades till"),
    "changed": _("ändrades"),
    "ended": _("togs bort"),
    "off": _("ledig tid lades till"),
    **{str(kind): word for kind, word in ROOM_TIME_KINDS.items()},
}

BREAK_REFUSALS = {
    BreakRefusal.OVERLAPS: _("Kommunen har redan ett lov som täcker någon av dagarna."),
}

PLAN_JOB_STATES = {
    PlanJobState.WAITING: _("väntar på sin tur"),
    PlanJobState.RUNNING: _("planeras nu"),
    PlanJobState.DONE: _("klar att granska"),
    PlanJobState.FAILED: _("gick inte att planera"),
    PlanJobState.STOPPED: _("avbruten"),
    PlanJobState.SAVED: _("sparad"),
}

# Values: day, and for a room its seats and how many people it must hold.
TOUCHED = {
    Touched.PAST: _("%(day)s: tiden har redan varit."),
    Touched.RHYTHM: _("%(day)s: det ska gå 14–28 dagar mellan träffarna."),
    Touched.CLOSED_DAY: _("%(day)s är helg, helgdag eller lov på orten."),
    Touched.OUTSIDE_HOURS: _("%(day)s: tiden ligger utanför arbetstiden för den som leder."),
    Touched.LEADER_OFF: _("%(day)s: den som leder är ledig eller upptagen då."),
    Touched.LEADS_ANOTHER: _(
        "%(day)s: den som leder har en annan träff då, eller hinner inte resa mellan dem."
    ),
    Touched.WEEK_FULL: _(
        "%(day)s: den som leder har redan så många träffar som får plats i veckan."
    ),
    Touched.ROOM_TOO_SMALL: _("%(day)s: lokalen har %(seats)s platser, men gruppen är %(people)s."),
    Touched.ROOM_TAKEN: _("%(day)s: lokalen är upptagen eller stängd då."),
    Touched.ROOM_ELSEWHERE: _("%(day)s: lokalen ligger på en annan ort än träffen."),
}

HAND_OVER_REFUSALS = {
    HandOverRefusal.LEADS_IT_ALREADY: _("leder redan träffen"),
    HandOverRefusal.LEADS_ANOTHER_THEN: _("leder en annan träff då, eller hinner inte resa"),
    HandOverRefusal.OUTSIDE_HOURS: _("arbetar inte då"),
    HandOverRefusal.IS_OFF: _("är ledig eller upptagen då"),
    HandOverRefusal.WEEK_FULL: _("har redan så många träffar som får plats i veckan"),
}

WAYS = {
    Way.ANY_WEEKDAY: _("Andra veckodagar"),
    Way.SOME_DIGITAL: _("Några träffar digitalt"),
    Way.LATER: _("Börja två veckor senare"),
    Way.FEWER: _("En träff färre"),
}

# What would help somebody who waits, for the coordinator.
WAITING_HELP = {
    Waiting.NO_COMMON_TIME: _("Fråga om fler tider passar."),
    Waiting.TOO_FEW: _("Fråga om digitalt eller en annan ort går, eller vänta in fler."),
    Waiting.COMPANY_FULL: _("En grupp till på orten, eller fler från andra företag, hjälper."),
    Waiting.NO_CAPACITY: _("En handledare till den tiden hjälper."),
    Waiting.APART: _("En grupp till hjälper."),
    Waiting.OTHER: _("Fler intresserade, eller en större grupp, hjälper."),
}

PAIR_KINDS = {
    PairKind.TOGETHER: _("ska vara i samma grupp"),
    PairKind.APART: _("ska inte vara i samma grupp"),
}

PAIR_REFUSALS = {
    PairRefusal.NOT_TWO: _("Välj två olika personer ur utkastet. Ingenting är ändrat."),
    PairRefusal.CONTRADICTS: _(
        "De två har redan det motsatta önskemålet. Ta bort det först. Ingenting är ändrat."
    ),
}

TOO_LATE_TO_RESTORE = _(
    "Gruppen kan inte återställas: den är inte inställd, eller så har det gått mer än 14 dagar."
)

PREVIEW_CHANGED = _(
    "Något har ändrats sedan förslaget visades. Inget är sparat: se över förslaget igen."
)
