"""The words people read for what companies are."""

from django.utils.translation import gettext_lazy as _

from companies.numbers import NumberFault
from companies.rules import (
    Basis,
    ContactRefusal,
    JoinRefusal,
    Kind,
    KindRefusal,
    Restructuring,
    RestructuringRefusal,
    Sector,
    SizeClass,
)

KINDS = {
    Kind.ENTERPRISE: _("företag"),
    Kind.SOLE_TRADER: _("enskild firma"),
    Kind.ASSOCIATION: _("förening eller stiftelse"),
    Kind.PUBLIC_BODY: _("offentlig organisation"),
}
SIZE_CLASSES = {
    SizeClass.MICRO: _("mikroföretag, under 10 anställda"),
    SizeClass.SMALL: _("litet företag, 10–49 anställda"),
    SizeClass.MEDIUM: _("medelstort företag, 50–249 anställda"),
    SizeClass.LARGE: _("stort företag, 250 anställda eller fler"),
    SizeClass.UNKNOWN: _("storleken är inte känd"),
}
BASES = {
    Basis.VOTES: _("äger mer än hälften av rösterna"),
    Basis.BOARD_MAJORITY: _("utser mer än hälften av styrelsen"),
    Basis.CONTRACT: _("styr genom avtal eller bolagsordning"),
    Basis.AGREEMENT_SOLE: _("styr ensam rösterna genom avtal med andra ägare"),
}
# The letter of Art. 2(2) that a basis stands under, by Reg. (EU) 2023/2831.
BASES_IN_LAW = {
    Basis.VOTES: _("artikel 2.2 a"),
    Basis.BOARD_MAJORITY: _("artikel 2.2 b"),
    Basis.CONTRACT: _("artikel 2.2 c"),
    Basis.AGREEMENT_SOLE: _("artikel 2.2 d"),
}
SECTORS = {
    Sector.OTHER: _("annan verksamhet"),
    Sector.PRIMARY_AGRICULTURE: _("jordbruk eller renskötsel"),
    Sector.PRIMARY_FISHERY: _("fiske eller vattenbruk"),
    Sector.ROAD_FREIGHT: _("godstransport på väg åt andra"),
    Sector.AGRI_PROCESSING: _("förädling av jordbruksprodukter"),
}
NUMBER_FAULTS = {
    NumberFault.SHAPE: _(
        "Ett organisationsnummer har tio siffror, till exempel 556012-5790."
        " Kontrollera siffrorna, eller lämna fältet tomt."
    ),
    NumberFault.CHECK_DIGIT: _(
        "Numret stämmer inte: kontrollsiffran eller datumet i det är fel."
        " Kontrollera siffrorna, eller lämna fältet tomt."
    ),
}
JOIN_REFUSALS = {
    JoinRefusal.SAME_COMPANY: _(
        "Ett företag kan inte styra sig självt. Skriv det andra företaget."
    ),
    JoinRefusal.STANDS_ALREADY: _(
        "Den kopplingen finns redan. Avsluta den först om något ändrats."
    ),
    JoinRefusal.ENDED_ALREADY: _("Kopplingen är redan avslutad. Ingenting ändrades."),
    JoinRefusal.ENDS_BEFORE_START: _("Dagen ligger före den dag då kopplingen började."),
}
CONTACT_REFUSALS = {
    ContactRefusal.STANDS_ALREADY: _(
        "Personen är redan kontaktperson här. Avsluta först om något ska ändras."
    ),
    ContactRefusal.ENDED_ALREADY: _("Kontaktpersonen är redan avslutad. Ingenting ändrades."),
    ContactRefusal.ONESELF: _(
        "Du kan inte lägga till dig själv: den som prövar stödet talar inte för företaget."
    ),
}
KIND_REFUSALS = {
    KindRefusal.SAME: _("Det står redan så. Ingenting ändrades."),
    KindRefusal.FOLLOWS_THE_NUMBER: _("En enskild firma följer av numret. Ingenting ändrades."),
}
RESTRUCTURINGS = {
    Restructuring.MERGER: _("gick upp i"),
    Restructuring.SPLIT: _("delades, och en del blev"),
    Restructuring.ASSET_PURCHASE: _("sålde verksamhet till"),
}
RESTRUCTURING_REFUSALS = {
    RestructuringRefusal.SAME_COMPANY: _("Skriv det andra företaget, inte samma en gång till."),
    RestructuringRefusal.STANDS_ALREADY: _("Det är redan inskrivet. Ingenting ändrades."),
    RestructuringRefusal.AHEAD: _("Dagen har inte varit än. Skriv in det när det har hänt."),
}
