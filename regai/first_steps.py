"""Kom igång: what a new site still lacks, in the order that is easiest; and the example's end."""

from dataclasses import dataclass

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import role_needed
from accounts.models import RoleHeld
from accounts.requests import UserRequest
from accounts.rules import Role
from cohorts.models import Cohort, Interest, Meeting
from cohorts.queries import current_programme
from outbox.models import Message
from outbox.rules import LetterState
from regai.example.removing import remove_example

NEEDED = frozenset({Role.COORDINATOR, Role.FACILITATOR, Role.AID_OFFICER})


@dataclass(frozen=True, slots=True)
class FirstStep:
    """One thing to do once: what, why, where, and whether it is done."""

    title: str
    why: str
    url: str
    done: bool


@role_needed(Role.COORDINATOR, Role.OPERATOR)
def first_steps(request: UserRequest) -> HttpResponse:
    """Show what is done and what is left; in the example a post takes the example away."""
    has_example = settings.EXAMPLE_MODE and Interest.objects.exists()
    if request.method == "POST":
        if not has_example:
            raise Http404
        remove_example(by=request.user, now=timezone.now())
        messages.success(
            request,
            _("Exemplet är borttaget. Du är ensam kvar. Kurser, orter och projekt finns kvar."),
        )
        return redirect("first_steps")
    tasks = _steps()
    return TemplateResponse(
        request,
        "site/getting_started.html",
        {
            "tasks": tasks,
            "left": sum(not task.done for task in tasks),
            "has_example": has_example,
            "me": request.user,
        },
    )


def _steps() -> list[FirstStep]:
    programme = current_programme()
    held = set(RoleHeld.objects.filter(ended_at=None).values_list("role", flat=True))
    return [
        FirstStep(
            _("Beskriv ert projekt"),
            _("Mål, finansiärer och tid. Driften läser in det från en fil (load_reference)."),
            reverse("cohorts:programmes"),
            programme is not None and not programme.is_example,
        ),
        FirstStep(
            _("Ge kollegor roller"),
            _("Minst en samordnare, en handledare och en handläggare (make_staff)."),
            "",
            held >= NEEDED,
        ),
        FirstStep(
            _("Anmäl en första person"),
            _("Pröva formuläret själv. Du får brevet som alla får."),
            reverse("cohorts:interest"),
            Interest.objects.exists(),
        ),
        FirstStep(
            _("Se att brev kommer fram"),
            _("Brev som inte kommer fram står bland breven, med vad som hände."),
            reverse("cohorts:letters"),
            Message.objects.filter(state=LetterState.SENT).exists(),
        ),
        FirstStep(
            _("Öppna en första grupp"),
            _("Med kurs, ort och startdag. Ingen blir inbjuden av det."),
            reverse("cohorts:cohort_new"),
            Cohort.objects.exists(),
        ),
        FirstStep(
            _("Planera träffarna"),
            _("Tjänsten föreslår dagar som passar gruppen, handledaren och lokalen."),
            reverse("cohorts:facilitator"),
            Meeting.objects.exists(),
        ),
    ]
