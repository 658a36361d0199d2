"""The words people read about what a place costs, who pays, and the way into a course."""

from django.utils.translation import gettext_lazy as _

from cohorts.rules.access import AccessState, CodeFault, OrderKind, OrderRefusal
from cohorts.rules.fees import ConfirmRefusal as PlaceRefusal
from cohorts.rules.fees import FeeStage, ValueRefusal
from cohorts.rules.leaving import LEFT, LEFT_IN_TIME, NOT_HELD, DropOutRefusal
from cohorts.rules.offering import OfferRefusal
from cohorts.rules.payments import FeeRefusal, FeeState, Payer

FEE_STAGES = {
    FeeStage.NOT_NEEDED: _("kursen är gratis för alla"),
    FeeStage.CERTIFICATE_REQUESTED: _("väntar på de minimis-intyg"),
    FeeStage.SUBMITTED: _("intyget är inlämnat och granskas"),
    FeeStage.IN_REVIEW: _("granskas av en handläggare"),
    FeeStage.FREE_AS_AID: _("gratis som stöd av mindre betydelse"),
    FeeStage.FEE: _("kursavgift"),
    FeeStage.WAIVED: _("ingen avgift: ingen verksamhet som räknas som företag"),
}
PAYERS = {
    Payer.COMPANY: _("företaget betalar"),
    Payer.SELF: _("deltagaren betalar själv"),
}
FEE_STATES = {
    FeeState.ASKED: _("företaget är tillfrågat"),
    FeeState.ACCEPTED: _("godkänd, att fakturera"),
    FeeState.INVOICED: _("fakturerad"),
    FeeState.PAID: _("betald"),
    FeeState.CREDITED: _("krediterad"),
    FeeState.CANCELLED: _("avbruten"),
}
# Why a fee was taken back, where the site knows it; staff write their own reasons.
FEE_WHYS = {
    "sits out": _("deltagaren står över"),
    "the time to answer is over": _("ingen svarade i tid"),
    "the cost has changed": _("vad platsen kostar har ändrats"),
    "the company does not pay": _("företaget svarade nej"),
    "the person pays": _("deltagaren betalar själv"),
    "withdrew the purchase": _("köpet ångrades"),
    LEFT: _("deltagaren har lämnat gruppen"),
    LEFT_IN_TIME: _("deltagaren lämnade gruppen innan kursen började"),
    NOT_HELD: _("kursen blev inte av"),
    "moved": _("flyttad från deltagandet"),
}
# Why a fee or aid ended when somebody left, where the site knows it; officers write their own.
ENDING_WHYS = {
    LEFT: _("Deltagaren har lämnat gruppen, och ångerfristen var inte över."),
    LEFT_IN_TIME: _("Deltagaren lämnade gruppen innan kursen började."),
    NOT_HELD: _("Kursen blev inte av."),
}
DROP_OUT_REFUSALS = {
    DropOutRefusal.CONFLICT: _("Den som är jävig kan inte avgöra. Lämna över till en kollega."),
    DropOutRefusal.OVER: _("En kollega har redan avgjort det. Ingenting ändrades."),
}
OFFER_REFUSALS = {
    OfferRefusal.LEFT: _("Personen är inte kvar i gruppen. Ingenting ändrades."),
    OfferRefusal.OVER: _("Kursen är avslutad eller blev inte av. Ingenting ändrades."),
    OfferRefusal.ANSWERED: _("Personen står inte över längre. Ingenting ändrades."),
}
ORDER_KINDS = {
    OrderKind.VOUCHER: _("koder, en till var och en"),
    OrderKind.INVITATION: _("leverantören bjuder in var och en"),
}
ACCESS_STATES = {
    AccessState.RESERVED: _("väntar på att släppas in"),
    AccessState.ISSUED: _("har fått sin väg in"),
    AccessState.USED: _("har kommit in"),
    AccessState.RETURNED: _("återlämnad"),
}
PLACE_REFUSALS = {
    PlaceRefusal.COST_CHANGED: _(
        "Vad kursen kostar har ändrats sedan du öppnade sidan. Ingenting är bundet."
        " Läs det nya beskedet och välj igen."
    ),
    PlaceRefusal.NOT_DECIDED: _("Avgiften är inte avgjord än. Ingenting är bundet."),
    PlaceRefusal.ANSWERED_ALREADY: _("Du har redan svarat. Ditt första svar gäller."),
    PlaceRefusal.HAS_A_FEE: _("Platsen kostar något nu. Läs beskedet och välj. Inget är bundet."),
    PlaceRefusal.TOO_LATE: _(
        "Sista svarsdagen har gått. Ingenting är bundet, och du är kvar i gruppen."
        " Vill du ändå vara med, hör av dig till oss."
    ),
}
VALUE_REFUSALS = {
    ValueRefusal.SETTLED: _(
        "Någon har redan sagt ja på de gamla villkoren, så värdet kan inte ändras. Inget sparades."
    ),
    ValueRefusal.OVER: _("Kursen är avslutad eller blev inte av. Inget sparades."),
}
FEE_REFUSALS = {
    FeeRefusal.OVER: _("Frågan är inte öppen längre. Ingenting ändrades."),
    FeeRefusal.TOO_LATE: _("Sista svarsdagen har gått. Ingenting är bundet."),
    FeeRefusal.COST_CHANGED: _(
        "Vad platsen kostar har ändrats. Ingenting är bundet. Deltagaren får ett nytt besked."
    ),
    FeeRefusal.NO_RIGHT_TO_WITHDRAW: _(
        "Ångerrätten gäller den som betalar själv som privatperson. Ingenting ändrades."
    ),
    FeeRefusal.WITHDRAWAL_OVER: _("De 14 dagarna har gått. Ingenting ändrades."),
    FeeRefusal.PAID_ALREADY: _("Avgiften är redan betald. Ingenting ändrades."),
    FeeRefusal.NOT_INVOICED: _("Avgiften är inte fakturerad än. Ingenting ändrades."),
    FeeRefusal.IN_NO_BATCH: _("Gör fakturaunderlaget först. Ingenting ändrades."),
    FeeRefusal.INVOICED_ALREADY: _("Avgiften är redan fakturerad. Ingenting ändrades."),
    FeeRefusal.IN_THE_FUTURE: _("Dagen har inte varit än. Ingenting ändrades."),
    FeeRefusal.BEFORE_THE_INVOICE: _(
        "Dagen ligger före den dag då avgiften godkändes eller fakturerades. Ingenting ändrades."
    ),
    FeeRefusal.STILL_STUDIES: _(
        "Avgiften gäller så länge deltagaren har sin plats i kursen. Ingenting ändrades."
    ),
}
ORDER_REFUSALS = {
    OrderRefusal.FEWER_THAN_CONFIRMED: _(
        "Fler har redan sagt ja än så många platser. Inget sparades."
    ),
    OrderRefusal.FEWER_THAN_CODES: _("Det finns redan fler koder än så. Inget sparades."),
    OrderRefusal.KIND_SETTLED: _("Det finns redan koder i beställningen. Inget sparades."),
    OrderRefusal.NO_ORDER: _("Skriv in beställningen först. Inga koder sparades."),
    OrderRefusal.NO_CODES: _("Klistra in koderna, en på varje rad, eller välj en fil."),
    OrderRefusal.MORE_CODES_THAN_PLACES: _(
        "Koderna är fler än platserna i beställningen. Ändra antalet platser först."
        " Inga koder sparades."
    ),
    OrderRefusal.KNOWN_ALREADY: _("Minst en av koderna finns redan hos oss. Inga koder sparades."),
}
CODE_FAULTS = {
    CodeFault.BLANK: _("raden är tom"),
    CodeFault.TWICE: _("koden står flera gånger"),
    CodeFault.TOO_LONG: _("koden är för lång"),
    CodeFault.HAS_SPACE: _("det står mer än en kod på raden"),
}
