"""The words people read about ballots."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from voting.rules import NONE_OF_THESE, BallotState, Rule, VoteRefusal

BALLOT_STATES = {
    BallotState.DRAFT: _("förbereds"),
    BallotState.OPEN: _("öppen"),
    BallotState.CLOSED: _("stängd"),
    BallotState.COUNTED: _("räknad"),
    BallotState.DECIDED: _("avgjord"),
    BallotState.VOID: _("gäller inte"),
}
RULES = {
    Rule.RANKED_PAIRS: _("den tydligaste segern först (rangordnade par)"),
    Rule.SCHULZE: _("Schulzes metod"),
    Rule.APPROVAL: _("godkännanden: flest ja vinner"),
}
OTHER_RULES = {
    "schulze": _("Schulzes metod"),
    "minimax": _("minsta största nederlag (minimax)"),
    "copeland": _("flest vunna dueller (Copeland)"),
    "borda": _("poäng efter plats (Borda)"),
}
VOTE_REFUSALS = {
    VoteRefusal.NOT_OPEN: _("Omröstningen har inte öppnat än. Ingen röst sparades."),
    VoteRefusal.CLOSED: _(
        "Omröstningen har stängt. Det du skickade nu sparades inte."
        " Har du röstat tidigare gäller den rösten."
    ),
    VoteRefusal.UNKNOWN_OPTION: _(
        "Rösten innehöll ett val som inte finns i omröstningen. Ingenting sparades. Börja om."
    ),
    VoteRefusal.OPTION_TWICE: _(
        "Samma val stod på två platser. Ingenting sparades. Ge varje val en plats."
    ),
    VoteRefusal.RECEIPT_SHAPE: _(
        "Kvittot ska ha fem grupper med fyra tecken. Ingenting ändrades. Kontrollera tecknen."
    ),
    VoteRefusal.RECEIPT_TAKEN: _(
        "Kvittot hör redan till en annan röst. Ingenting sparades. Börja om, så får du ett nytt."
    ),
    VoteRefusal.RECEIPT_UNKNOWN: _(
        "Du har redan röstat, och kvittot hör inte till någon röst här. Ingenting ändrades."
        " Din tidigare röst gäller. Har du tappat kvittot går rösten inte att ändra."
    ),
}


def option_title(key: str, title: str) -> str:
    """Return what an option is called on a page: as it was named, or "ingen av dessa"."""
    return gettext("Ingen av dessa") if key == NONE_OF_THESE else title


FILES = {
    "kvitton.txt": _("alla kvittons kontrollvärden, sorterade"),
    "kvitton-och-roster.csv": _("varje kvittos kontrollvärde bredvid sin rangordning"),
    "roster.jsonl": _("alla rangordningar, en rad för varje olika: den fil som räknas om"),
    "resultat.json": _("hur rösterna räknades och vad det blev"),
    "roster.csv": _("alla rangordningar, för kalkylprogram"),
    "roster.soc": _("PrefLib, strikt och fullständig"),
    "roster.soi": _("PrefLib, strikt"),
    "roster.toc": _("PrefLib, fullständig"),
    "roster.toi": _("PrefLib"),
}
# Why a strict PrefLib file cannot be written, by whether an incomplete one can.
UNWRITABLE = {
    False: _("minst en valsedel har val som delar plats"),
    True: _("minst en valsedel lämnar två val eller fler utan plats"),
}
