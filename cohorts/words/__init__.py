"""The words people read about cohorts, seats, rounds, meetings and fees."""

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from cohorts.planning.facts import Relaxation
from cohorts.planning.formation.facts import Waiting
from cohorts.rules import (
    AnswerKind,
    CohortState,
    EnrolmentState,
    FeeKind,
    InterestState,
    InvitationState,
    MeetingState,
    ParticipationState,
    RoundState,
)
from cohorts.rules.cohorts import ConfirmRefusal
from cohorts.rules.interests import TIME_CODES
from cohorts.rules.meetings import AnswerRefusal
from cohorts.rules.votes import Hindering, OpenRefusal, RunnerUpRefusal, VoidWhy
from cohorts.words.attendance import (
    CHECK_IN_REFUSALS,
    CORRECTION_REFUSALS,
    MARKS,
    PROOF_REFUSALS,
    PROOF_STATES,
)
from cohorts.words.erasures import ERASURE_REFUSALS, ERASURE_STATES, KEPT, KEPT_FOR, PERSONAL
from cohorts.words.payments import (
    ACCESS_STATES,
    CODE_FAULTS,
    DROP_OUT_REFUSALS,
    ENDING_WHYS,
    FEE_REFUSALS,
    FEE_STAGES,
    FEE_STATES,
    FEE_WHYS,
    OFFER_REFUSALS,
    ORDER_KINDS,
    ORDER_REFUSALS,
    PAYERS,
    PLACE_REFUSALS,
    VALUE_REFUSALS,
)
from cohorts.words.planning import (
    BREAK_REFUSALS,
    HAND_OVER_REFUSALS,
    PAIR_KINDS,
    PAIR_REFUSALS,
    PLAN_JOB_STATES,
    PLANNING_CHANGES,
    PREVIEW_CHANGED,
    ROOM_REFUSALS,
    ROOM_TIME_KINDS,
    TOO_LATE_TO_RESTORE,
    TOUCHED,
    WAITING_HELP,
    WAYS,
)
from cohorts.words.seating import FREED, GAP_REFUSALS, REASONS, REASONS_TO_YOU, SEAT_REFUSALS

# The tables of the other files are found here as well.
__all__ = [
    "ACCESS_STATES",
    "BREAK_REFUSALS",
    "CHECK_IN_REFUSALS",
    "CODE_FAULTS",
    "CORRECTION_REFUSALS",
    "DROP_OUT_REFUSALS",
    "ENDING_WHYS",
    "ERASURE_REFUSALS",
    "ERASURE_STATES",
    "FEE_REFUSALS",
    "FEE_STAGES",
    "FEE_STATES",
    "FEE_WHYS",
    "FREED",
    "GAP_REFUSALS",
    "HAND_OVER_REFUSALS",
    "KEPT",
    "KEPT_FOR",
    "MARKS",
    "OFFER_REFUSALS",
    "ORDER_KINDS",
    "ORDER_REFUSALS",
    "PAIR_KINDS",
    "PAIR_REFUSALS",
    "PAYERS",
    "PERSONAL",
    "PLACE_REFUSALS",
    "PLANNING_CHANGES",
    "PLAN_JOB_STATES",
    "PREVIEW_CHANGED",
    "PROOF_REFUSALS",
    "PROOF_STATES",
    "REASONS",
    "REASONS_TO_YOU",
    "ROOM_REFUSALS",
    "ROOM_TIME_KINDS",
    "SEAT_REFUSALS",
    "TOO_LATE_TO_RESTORE",
    "TOUCHED",
    "VALUE_REFUSALS",
    "WAITING_HELP",
    "WAYS",
]

INTEREST_STATES = {
    InterestState.UNVERIFIED: _("väntar på att bekräftas"),
    InterestState.ACTIVE: _("aktiv"),
    InterestState.PAUSED: _("pausad"),
    InterestState.WITHDRAWN: _("avslutad"),
    InterestState.EXPIRED: _("har gått ut"),
    InterestState.MERGED: _("sammanslagen med en annan"),
    InterestState.ANONYMISED: _("raderad"),
}
COHORT_STATES = {
    CohortState.DRAFT: _("utkast"),
    CohortState.FORMING: _("bildas"),
    CohortState.CONFIRMED: _("klar att starta"),
    CohortState.RUNNING: _("pågår"),
    CohortState.COMPLETED: _("genomförd"),
    CohortState.ARCHIVED: _("arkiverad"),
    CohortState.CANCELLED: _("inställd"),
}
ROUND_STATES = {
    RoundState.PROPOSED: _("föreslagen"),
    RoundState.IN_BALLOT: _("i omröstning"),
    RoundState.CHOSEN: _("vald"),
    RoundState.FEE_CHECK: _("avgiften avgörs"),
    RoundState.RUNNING: _("pågår"),
    RoundState.CLOSED: _("avslutad"),
    RoundState.DROPPED: _("blev inte av"),
}
INVITATION_STATES = {
    InvitationState.DRAFT: _("utkast, inte skickad"),
    InvitationState.RELEASED: _("skickad, väntar på svar"),
    InvitationState.ACCEPTED: _("tackat ja"),
    InvitationState.DECLINED: _("tackat nej"),
    InvitationState.EXPIRED: _("svarade inte i tid"),
    InvitationState.REVOKED: _("återtagen"),
}
ENROLMENT_STATES = {
    EnrolmentState.ACTIVE: _("deltar"),
    EnrolmentState.COMPLETED: _("har gått klart"),
    EnrolmentState.WITHDRAWN: _("har lämnat gruppen"),
    EnrolmentState.REMOVED: _("borttagen"),
    EnrolmentState.TRANSFERRED: _("har lämnat platsen till en kollega"),
}
PARTICIPATION_STATES = {
    ParticipationState.OFFERED: _("väntar på ditt svar"),
    ParticipationState.CONFIRMED: _("bekräftad"),
    ParticipationState.SAT_OUT: _("står över den här kursen"),
    ParticipationState.LAPSED: _("svarade inte i tid"),
    ParticipationState.NOT_STARTED: _("inte börjat"),
    ParticipationState.STARTED: _("har börjat"),
    ParticipationState.FINISHED: _("klar"),
    ParticipationState.VERIFIED: _("klar och intygad"),
    ParticipationState.DROPPED: _("har slutat"),
}
# What staff read of somebody else.
MEMBER_STATES = {
    **PARTICIPATION_STATES,
    ParticipationState.OFFERED: _("har inte svarat"),
}
MEETING_STATES = {
    MeetingState.DRAFT: _("utkast"),
    MeetingState.SCHEDULED: _("planerad"),
    MeetingState.HELD: _("har hållits"),
    MeetingState.CLOSED: _("avslutad"),
    MeetingState.CANCELLED: _("inställd"),
}
FEE_KINDS = {
    FeeKind.NOT_NEEDED: _("kursen är gratis för alla"),
    FeeKind.CERTIFICATE_REQUESTED: _("väntar på de minimis-intyg"),
    FeeKind.IN_REVIEW: _("granskas av en handläggare"),
    FeeKind.FREE_AS_AID: _("gratis som stöd av mindre betydelse"),
    FeeKind.FEE: _("kursavgift"),
    FeeKind.WAIVED: _("ingen avgift: ingen verksamhet som räknas som företag"),
}
ANSWERS = {
    AnswerKind.ON_SITE: _("kommer på plats"),
    AnswerKind.DIGITAL: _("är med digitalt"),
    AnswerKind.NO: _("kan inte"),
    AnswerKind.WAITING: _("väntar på plats vid bordet"),
}
# What a person may choose; to wait is what comes of asking for a seat at a full table.
ANSWERS_TO_GIVE = {kind: said for kind, said in ANSWERS.items() if kind != AnswerKind.WAITING}
LEVELS = {
    "grund": _("grundnivå"),
    "fortsättning": _("fortsättning"),
    "fördjupning": _("fördjupning"),
}
WEEKDAYS = {
    0: _("måndag"),
    1: _("tisdag"),
    2: _("onsdag"),
    3: _("torsdag"),
    4: _("fredag"),
    5: _("lördag"),
    6: _("söndag"),
}
TIMES_OF_DAY = {
    "morning": _("förmiddag"),
    "lunch": _("lunch"),
    "afternoon": _("eftermiddag"),
}
TIMES = {
    code: format_lazy("{} {}", WEEKDAYS[int(code[0])], TIMES_OF_DAY[code[2:]])
    for code in TIME_CODES
}
LANGUAGES = {
    "sv": _("svenska"),
    "en": _("engelska"),
}
CONFIRM_REFUSALS = {
    ConfirmRefusal.TOO_FEW_ACCEPTED: _("För få har tackat ja för att gruppen ska kunna starta."),
    ConfirmRefusal.NO_MEETING: _("Planera minst en träff innan gruppen bekräftas."),
}
ANSWER_REFUSALS = {
    AnswerRefusal.MEETING_OVER: _("Träffen har redan börjat. Svaret sparades inte."),
    AnswerRefusal.MEETING_OFF: _("Träffen är inställd. Ingenting sparades."),
    AnswerRefusal.NOT_STARTED: _("Träffen har inte börjat än, så närvaron sparades inte."),
    AnswerRefusal.NOT_A_MEMBER: _("Du är inte med i gruppen längre. Ingenting sparades."),
    AnswerRefusal.LOCKED: _(
        "Närvaron låstes 14 dagar efter träffen. Ingenting ändrades. Den kan rättas med ett skäl."
    ),
    AnswerRefusal.MARKED_MEANWHILE: _(
        "Någon annan har markerat samma person sedan du öppnade sidan. Ingenting sparades."
        " Se efter vad som gäller och spara igen."
    ),
}
OPEN_REFUSALS = {
    OpenRefusal.NOT_RUNNING: _("Gruppen måste ha börjat innan den kan rösta om nästa kurs."),
    OpenRefusal.ONE_IS_OPEN: _("En omröstning förbereds eller pågår redan i gruppen."),
    OpenRefusal.TOO_FEW_COURSES: _("Välj minst två kurser att rösta om."),
    OpenRefusal.TOO_MANY_COURSES: _("Välj högst tolv kurser att rösta om."),
    OpenRefusal.TOO_FEW_VOTERS: _("Det behövs minst två deltagare för att rösta."),
    OpenRefusal.CLOSES_IN_THE_PAST: _("Omröstningen måste stänga senare än nu."),
    OpenRefusal.CLOSES_BEFORE_OPENING: _("Omröstningen måste stänga efter att den har öppnat."),
}
# Why a vote ended, where the site knows it; who calls one off writes a reason.
VOID_WHYS = {
    VoidWhy.TOO_FEW_VOTERS.value: _("För få var med i gruppen när omröstningen skulle öppna."),
    VoidWhy.TOO_LATE.value: _("Omröstningen kunde inte öppna i tid."),
    VoidWhy.COHORT_COMPLETED.value: _("Gruppen avslutades."),
    VoidWhy.COHORT_CANCELLED.value: _("Gruppen ställdes in."),
}
HINDRANCES = {
    Hindering.ACCESSIBILITY: _("tillgängligheten: jag kan inte använda den"),
    Hindering.LANGUAGE: _("språket"),
    Hindering.OTHER: _("något annat"),
}
RUNNER_UP_REFUSALS = {
    RunnerUpRefusal.NOT_WAITING: _(
        "Kursen väntar inte på att börja, så ingen annan kan ta dess plats. Ingenting ändrades."
    ),
    RunnerUpRefusal.NO_VOTE: _(
        "Kursen valdes inte i en omröstning. Öppna en i stället. Ingenting ändrades."
    ),
    RunnerUpRefusal.NOBODY_LEFT: _(
        "Ingen kurs kommer efter: gruppen satte ”ingen av dessa” före resten, eller så är kurserna"
        " slut. Öppna en ny omröstning. Ingenting ändrades."
    ),
}
RELAXATIONS = {
    Relaxation.IGNORE_CLOSED_DAYS: _("lägga en träff på en helgdag"),
    Relaxation.FACILITATOR_ALWAYS_FREE: _("ta en annan veckodag, eller låta någon annan leda"),
    Relaxation.ENOUGH_ROOMS: _("hitta en lokal till"),
    Relaxation.GAP_MAX_PLUS_7: _("låta det gå upp till 35 dagar mellan två träffar"),
    Relaxation.GAP_MIN_MINUS_7: _("låta det gå ner till 7 dagar mellan två träffar"),
    Relaxation.ALLOW_DIGITAL: _("ha en träff digitalt"),
    Relaxation.NO_MIN_ATTEND: _("låta färre kunna komma"),
    Relaxation.NO_TRAVEL_TIME: _("korta restiden för den som leder"),
}
WAITING_REASONS = {
    Waiting.NO_COMMON_TIME: _("har inga tider gemensamma med tillräckligt många"),
    Waiting.TOO_FEW: _("för få vill ha samma ort och språk"),
    Waiting.COMPANY_FULL: _("för många från samma företag"),
    Waiting.NO_CAPACITY: _("ingen handledare har plats för en grupp till"),
    Waiting.APART: _("ska inte vara i samma grupp som någon annan"),
    Waiting.OTHER: _("räcker inte till en grupp till"),
}
