"""Why there is no plan: which meeting first has no date, and what took its dates away."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

from cohorts.planning.drafts import Search
from cohorts.planning.facts import Cohort
from cohorts.planning.lines import Line
from cohorts.planning.lookup import WORKDAYS, weekday
from cohorts.planning.options import reached
from cohorts.planning.reasons import Reason, Value, _
from cohorts.planning.sequence import one_after_another
from cohorts.planning.thieves import Thief, thief_of

SENTENCES = {
    Thief.OUTSIDE: _("%(days)s av %(workdays)s vardagar ligger utanför perioden som planeras."),
    Thief.CLOSED: _("%(days)s av %(workdays)s vardagar är helgdagar eller lov."),
    Thief.NOTICE: _("%(days)s av %(workdays)s vardagar är för nära för ett nytt datum."),
    Thief.TIME: _("%(days)s av %(workdays)s vardagar är inte gruppens dag."),
    Thief.FACILITATOR: _("%(days)s av %(workdays)s vardagar är ingen handledare ledig."),
    Thief.ROOM: _("%(days)s av %(workdays)s vardagar finns ingen ledig lokal som rymmer gruppen."),
    Thief.LEADER: _("%(days)s av %(workdays)s vardagar går bara om gruppen byter handledare."),
    Thief.ATTENDANCE: _("%(days)s av %(workdays)s vardagar kan för få komma."),
}


def reasons(search: Search, *, certain: bool) -> tuple[Reason, ...]:
    """Return sentences; ``certain`` is whether it is proven that no plan exists."""
    stuck = [key for key, route in search.alone.items() if route is None]
    if stuck:
        alone = [one for key in stuck for one in _alone(search, search.case.cohorts[key])]
        return tuple(alone if len(search.lines) > 1 else (replace(r, cohort="") for r in alone))
    first = (
        _("Varje kursgrupp går att planera för sig, men inte alla samtidigt.")
        if certain
        else _("Ingen plan för alla kursgrupper hittades på den tid som sökningen fick.")
    )
    taken = _("De andra grupperna tar handledare eller lokaler på de dagar som hade gått.")
    waiting = one_after_another(search).missing
    return Reason(first), *(Reason(taken, cohort=key) for key in waiting)


def _alone(search: Search, cohort: Cohort) -> Iterator[Reason]:
    """Yield why a cohort has no series even if it were the only one."""
    lines = search.lines[cohort.id]
    if not lines:
        yield Reason(_("Ingen handledare är vald."), cohort=cohort.id)
        return
    chains = [(list(reached(line.rows, search.case.gap_days)), line) for line in lines]
    days, line = max(chains, key=lambda chain: sum(1 for row in chain[0] if row))
    number = len(days) - 1
    values: dict[str, Value] = {"number": number + 1, "meetings": cohort.meetings}
    if days[-1]:
        text = _(
            "Det finns datum för alla %(meetings)s träffar, men inte så att antalet per ort och "
            "per vecka stämmer."
        )
        yield Reason(text, values, cohort.id)
        return
    yield Reason(_("Träff %(number)s av %(meetings)s får inget datum."), values, cohort.id)
    yield from _lost_days(search, line, number, days[number - 1] if number else [])


def _lost_days(search: Search, line: Line, number: int, before: list[int]) -> Iterator[Reason]:
    """Yield where the meeting would have to stand, and what takes those days away."""
    least, most = search.case.gap_days
    first, last = (day.toordinal() for day in line.cohort.first)
    text = _("Den måste stå %(first)s till %(last)s.")
    if before:
        first, last = before[0] + least, before[-1] + most
        text = _(
            "Den måste stå %(first)s till %(last)s, %(least)s till %(most)s dagar efter den förra."
        )
    span: dict[str, Value] = {"first": _date(first), "last": _date(last)}
    yield Reason(text, {**span, "least": least, "most": most}, line.cohort.id)
    locked = [day for day, those in line.rows[number].items() if those[0].locked]
    if locked:
        text = _("Den är låst till %(on)s.")
        yield Reason(text, {"on": _date(locked[0])}, line.cohort.id)
        return
    workdays = [day for day in range(first, last + 1) if weekday(day) in WORKDAYS]
    lost = Counter(thief_of(search, line, number, _date(day)) for day in workdays)
    for thief, sentence in SENTENCES.items():
        if lost[thief]:
            values: dict[str, Value] = {"days": lost[thief], "workdays": len(workdays)}
            yield Reason(sentence, values, line.cohort.id)


def _date(day: int) -> date:
    return date.fromordinal(min(max(day, 1), date.max.toordinal()))
