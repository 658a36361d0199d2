"""How one kind of fact about a programme is told: a value of its file in, lines of a page out."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

NO_BREAK_SPACE = "\u00a0"


def told_or_plain(tell: Callable[[Any], list[str]], value: Any) -> tuple[tuple[str, ...], bool]:
    """Return the lines of ``tell``, and whether they are the file's own words.

    A value of another shape than expected is given as it stands.
    """
    try:
        return tuple(tell(value)), tell in QUOTING
    except (AttributeError, IndexError, KeyError, TypeError, ValueError):
        return (_plain(value),), True


def text(value: Any) -> list[str]:
    """Return a text, or a list of texts with commas, as one line."""
    return [_plain(value)]


def each(value: Iterable[Any]) -> list[str]:
    """Return a list as a line each."""
    return [_plain(value)] if isinstance(value, str) else [_plain(one) for one in value]


def countries(value: Iterable[str]) -> list[str]:
    """Return country codes as names."""
    names = {"SE": _("Sverige"), "NO": _("Norge"), "FI": _("Finland")}
    return [", ".join(names.get(code, code) for code in value)]


def money(value: Mapping[str, Any]) -> list[str]:
    """Return a budget: a total, or an amount a year."""
    if "total" in value:
        return [_amount(value["total"], value["currency"])]
    years = value["years"]
    said = _("%(amount)s om året, %(first)s–%(last)s")
    amount = _amount(value["per_year"], value["currency"])
    return [said % {"amount": amount, "first": years[0], "last": years[-1]}]


def shares(value: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return who carries how much, a line each."""
    return [
        f"{share['by']}: {_amount(share['amount'], share['currency'])}"
        + (f" ({share['account']})" if share.get("account") else "")
        for share in value
    ]


def direct_benefit(value: Mapping[str, Any]) -> list[str]:
    """Return what goes straight to companies, and for what."""
    said = _("%(total)s i allt, %(year)s om året, till ungefär %(many)s företag")
    first = said % {
        "total": _amount(value["total"], value["currency"]),
        "year": _amount(value["per_year"], value["currency"]),
        "many": value["companies_about"],
    }
    return [first, _plain(value["covers"])]


def phases(value: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the phases with their periods and whom they put first."""
    lines = []
    for phase in value:
        line = f"{phase['name']}: {period(phase['period'])}"
        if groups := phase.get("priority_groups"):
            line += "; " + _("särskilt %(groups)s") % {"groups": _plain(groups)}
        if reason := phase.get("reason"):
            line += f" ({reason})"
        lines.append(line)
    return lines


def reach(value: Mapping[str, Any]) -> list[str]:
    """Return how far a programme reaches."""
    said = _("%(many)s kommuner i %(area)s")
    return [said % {"many": value["municipalities_eligible"], "area": value["area"]}]


def target_group(value: Mapping[str, Any]) -> list[str]:
    """Return which companies count."""
    names = {"micro": _("mikro"), "small": _("små"), "medium": _("medelstora")}
    sizes = ", ".join(names.get(size, size) for size in value["size"])
    return [sizes, *(_plain(value[key]) for key in ("ownership", "seat") if key in value)]


def teams(value: Mapping[str, Any]) -> list[str]:
    """Return how teams across municipalities work."""
    least, most = value["size"]
    said = _("%(least)s–%(most)s personer från flera kommuner")
    return [said % {"least": least, "most": most}, _plain(value["steps"])]


def staffing(value: Mapping[str, Any]) -> list[str]:
    """Return who is paid for how much."""
    if "per_municipality" in value:
        said = _("%(share)s %(unit)s i varje kommun")
        return [said % {"share": f"{value['per_municipality']:g}", "unit": value["unit"]}]
    said = _("%(role)s i %(place)s, %(share)s")
    share = f"{value['share']:.0%}".replace("%", f"{NO_BREAK_SPACE}%")
    return [said % {"role": value["role"], "place": value["place"], "share": share}]


def meeting_series(value: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return how often which body meets."""
    lines = []
    for series in value:
        if "per_year" in series:
            often = _("%(many)s gånger om året") % {"many": series["per_year"]}
        else:
            least, most = series["per_month"]
            often = _("%(least)s–%(most)s gånger i månaden") % {"least": least, "most": most}
        lines.append(f"{series['body']}: {often}")
    return lines


def months_each(value: Mapping[str, Any]) -> list[str]:
    """Return how long each participant is with the programme."""
    return [_("ungefär %(months)s månader var") % {"months": value["months_each_about"]}]


def documents(value: Iterable[Mapping[str, Any]]) -> list[str]:
    """Return the documents with their years."""
    return [f"{document['kind']}, {document['year']}" for document in value]


def rhythm(value: Mapping[str, Any]) -> list[str]:
    """Return how often and where cohorts meet."""
    least, most = value["every_weeks"]
    often = _("med %(least)s–%(most)s veckors mellanrum") % {"least": least, "most": most}
    return [often, _plain(value["kinds"]), _plain(value["places"])]


def final_report(value: Mapping[str, Any]) -> list[str]:
    """Return the figures of the final report for one municipality."""
    persons, leaders, seats = value["persons"], value["leaders"], value["seats"]
    left_out = ", ".join(firm["name"] for firm in value["not_counted"])
    said = (
        (
            _("%(reached)s företag fick stöd, varav %(counted)s räknas mot målen"),
            {"reached": value["companies_reached"], "counted": value["companies_counted"]},
        ),
        (
            _(
                "Räknas inte, eftersom de är stora, hör till en koncern och har säte på annat håll:"
                " %(names)s"
            ),
            {"names": left_out},
        ),
        (
            _("%(many)s företag fick individuellt stöd"),
            {"many": value["individual_support_companies"]},
        ),
        (
            _("%(women)s kvinnor och %(men)s män tog del av insatserna"),
            {"women": persons["women"], "men": persons["men"]},
        ),
        (
            _("%(foreign)s företagsledare är utrikes födda och %(young)s är 18–30 år"),
            {"foreign": leaders["foreign_born"], "young": leaders["aged_18_30"]},
        ),
        (
            _("Företagen finns i %(towns)s och %(villages)s byar"),
            {"towns": _plain(seats["urban"]), "villages": seats["villages"]},
        ),
        (
            _("%(jobs)s arbetstillfällen bevarades där insatserna hade betydelse"),
            {"jobs": value["jobs_preserved_where_project_mattered"]},
        ),
        (_("Mest efterfrågat: %(wanted)s"), {"wanted": _plain(value["most_wanted"])}),
        (
            _("Samarbetade med: %(partners)s"),
            {"partners": _plain(value["cooperation_partners"])},
        ),
    )
    return [words % figures for words, figures in said]


def period(value: Iterable[str]) -> str:
    """Return "2018-09-01 till 2020-12-31"."""
    first, last = value
    return _("%(first)s till %(last)s") % {"first": first, "last": last}


# Told in the words of the file, which are Swedish; the others are worded in the page's language.
QUOTING = frozenset({text, each, shares, documents})


def _amount(value: Any, currency: str) -> str:
    grouped = f"{int(value):,}"
    if get_language() == "en":
        return f"{currency}{NO_BREAK_SPACE}{grouped}"
    unit = {"SEK": "kr", "EUR": "euro"}.get(currency, currency)
    return f"{grouped.replace(',', NO_BREAK_SPACE)}{NO_BREAK_SPACE}{unit}"


def _plain(value: Any) -> str:
    if isinstance(value, Mapping):
        return ", ".join(f"{key}: {_plain(inner)}" for key, inner in value.items())
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    return str(value).strip()
