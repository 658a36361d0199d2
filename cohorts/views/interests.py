"""Signing up without an account, and the page behind the link in the letters."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.gates import anyone, link_in_hand
from accounts.rules import MoveRefused
from cohorts import words
from cohorts.actions import interests as actions
from cohorts.emails.readers import CONFIRM, MANAGE
from cohorts.forms.interests import ChangeForm, InterestForm, PauseForm
from cohorts.models import Interest
from cohorts.queries.interests import interest_by_link
from cohorts.rules import InterestState
from cohorts.views.links import (
    OpenedFor,
    ended_link,
    has_ended,
    open_link,
    superseded_link,
    unknown_link,
)


@anyone
def interest(request: HttpRequest) -> HttpResponse:
    """Take a non-binding sign-up. Whoever is in already gets the same answer."""
    form = InterestForm(request.POST or None, initial={"place": request.GET.get("plats")})
    if request.method == "POST" and form.is_valid():
        try:
            actions.register_interest(answers=form.answers(), now=timezone.now())
        except actions.NoProgramme:
            form.add_error(None, _("Just nu tar inget projekt emot anmälningar. Inget sparades."))
        else:
            return redirect("cohorts:interest_received")
    return TemplateResponse(request, "cohorts/participant/interest.html", {"form": form})


@anyone
def interest_received(request: HttpRequest) -> HttpResponse:
    """Say that a letter is on its way, whoever signed up."""
    return TemplateResponse(request, "cohorts/participant/interest_received.html")


@link_in_hand
def interest_link(request: HttpRequest, token: str) -> HttpResponse:
    """Show an interest to the person whose letter it is, and do what they ask for."""
    found = _found(request, token)
    if isinstance(found, HttpResponse):
        return found
    opened, interest = found
    pause = PauseForm()
    if request.method == "POST":
        wish = request.POST.get("do", "")
        if wish == "pause":
            pause = PauseForm(request.POST)
            if pause.is_valid() and pause.cleaned_data["until"] < timezone.localdate():
                pause.add_error("until", _("Välj en dag som inte har varit."))
        if wish != "pause" or pause.is_valid():
            _do(request, wish, interest, opened, pause)
            return redirect("cohorts:interest_link", token=token)
    return TemplateResponse(
        request,
        "cohorts/participant/interest_link.html",
        {
            "interest": interest,
            "token": token,
            "asks_to_confirm": interest.state == InterestState.UNVERIFIED,
            "form": pause,
            "states": words.INTEREST_STATES,
            "chosen_times": _times(interest),
        },
    )


@link_in_hand
def interest_change(request: HttpRequest, token: str) -> HttpResponse:
    """Let the person change what they told."""
    found = _found(request, token)
    if isinstance(found, HttpResponse):
        return found
    opened, interest = found
    places = [ranked.place_id for ranked in interest.places.all()]
    initial = {
        "name": interest.name,
        "email": interest.email,
        "company": interest.company_as_told,
        "times": interest.times,
        "language": interest.language,
        "topics": interest.topics,
        **dict(zip(("place", "second_place", "third_place"), places, strict=False)),
    }
    form = ChangeForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.change_interest(
            interest_id=interest.pk,
            generation=opened.link.generation,
            answers=form.answers(),
            now=timezone.now(),
        )
        messages.success(request, _("Dina ändringar är sparade. Din plats i kön är kvar."))
        return redirect("cohorts:interest_link", token=token)
    return TemplateResponse(
        request, "cohorts/participant/interest_change.html", {"form": form, "token": token}
    )


def _found(request: HttpRequest, token: str) -> tuple[OpenedFor, Interest] | HttpResponse:
    """Return the link and its interest, or the page that says what is wrong."""
    opened = open_link(token, CONFIRM, MANAGE)
    interest = interest_by_link(opened.link.row) if opened else None
    if opened is None or interest is None:
        return unknown_link(request)
    if interest.link_generation != opened.link.generation:
        return superseded_link(request)
    if has_ended(opened.link):
        return ended_link(request)
    return opened, interest


def _do(
    request: HttpRequest, wish: str, interest: Interest, opened: OpenedFor, pause: PauseForm
) -> None:
    """Do what a button asked for, and say what came of it."""
    pk, generation, now = interest.pk, opened.link.generation, timezone.now()
    try:
        match wish:
            case "confirm":
                actions.confirm_interest(interest_id=pk, generation=generation, now=now)
                said = _("Tack! Din intresseanmälan är bekräftad. Den är icke-bindande.")
            case "pause":
                until = pause.cleaned_data["until"]
                actions.pause_interest(interest_id=pk, generation=generation, until=until, now=now)
                said = _("Anmälan är pausad. Din plats i kön är kvar.")
            case "resume":
                actions.resume_interest(interest_id=pk, generation=generation, now=now)
                said = _("Anmälan är aktiv igen, med din gamla plats i kön.")
            case "renew":
                actions.renew_interest(interest_id=pk, generation=generation, now=now)
                said = _("Tack! Du är kvar i nio månader till.")
            case "withdraw":
                actions.withdraw_interest(interest_id=pk, generation=generation, now=now)
                said = _("Anmälan är avslutad. Ångrar du dig kan du börja igen här i 30 dagar.")
            case _unknown:
                return
    except (Interest.DoesNotExist, MoveRefused, actions.LinkSuperseded):
        messages.warning(request, _("Det gick inte, för anmälan har ändrats sedan sidan visades."))
    except actions.TooLate:
        messages.warning(request, _("Det har gått mer än 30 dagar. Gör en ny intresseanmälan."))
    else:
        messages.success(request, said)


def _times(interest: Interest) -> list[str]:
    return [
        f"{words.WEEKDAYS[int(code[0])]} {words.TIMES_OF_DAY[code[2:]]}" for code in interest.times
    ]
