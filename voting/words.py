"""The words people read about ballots."""

from django.utils.translation import gettext_lazy as _

from voting.rules import BallotState, Rule, VoteRefusal

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
VOTE_REFUSALS = {
    VoteRefusal.NOT_OPEN: _("Omröstningen har inte öppnat än. Ingen röst sparades."),
    VoteRefusal.CLOSED: _(
        "Omröstningen har stängt. Det du skickade nu sparades inte."
        " Har du röstat tidigare gäller den rösten."
    ),
    VoteRefusal.UNKNOWN_OPTION: _(
        "Rösten innehöll en kurs som inte finns i omröstningen. Ingenting sparades. Börja om."
    ),
    VoteRefusal.OPTION_TWICE: _(
        "Samma kurs stod på två platser. Ingenting sparades. Ge varje kurs en plats."
    ),
    VoteRefusal.RECEIPT_SHAPE: _(
        "Kvittot ska ha fem grupper med fyra tecken. Ingenting ändrades. Kontrollera tecknen."
    ),
    VoteRefusal.RECEIPT_UNKNOWN: _(
        "Du har redan röstat, och kvittot hör inte till någon röst här. Ingenting ändrades."
        " Din tidigare röst gäller. Har du tappat kvittot går rösten inte att ändra."
    ),
}
