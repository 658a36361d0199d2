"""The words people read about certificates and aid."""

from typing import Any

from django.utils.translation import gettext_lazy as _

from deminimis.engine import DECLARATION_FAULTS, Outcome, Rule, TraceCode
from deminimis.rules import (
    UNKNOWN_REGULATION,
    CertificateState,
    CorrectionRefusal,
    EntryKind,
    HandInRefusal,
    MarkRefusal,
    PaperRefusal,
    Question,
    RecoveryState,
    SettledKey,
    SettlementRefusal,
    SettlementState,
)

CERTIFICATE_STATES = {
    CertificateState.DRAFT: _("påbörjat"),
    CertificateState.SUBMITTED: _("inlämnat, granskas"),
    CertificateState.APPROVED: _("godkänt"),
    CertificateState.REJECTED: _("inte godkänt"),
    CertificateState.WITHDRAWN: _("återtaget"),
    CertificateState.SUPERSEDED: _("ersatt av ett nyare"),
}
ENTRY_KINDS = {
    EntryKind.GRANT: _("stöd"),
    EntryKind.ANNULMENT: _("upphävt"),
    EntryKind.REDUCTION: _("nedsatt"),
    EntryKind.CORRECTION: _("rättat"),
}
OUTCOMES = {
    Outcome.FREE_NO_AID: _("fri plats"),
    Outcome.FREE_DE_MINIMIS: _("fri plats som stöd av mindre betydelse"),
    Outcome.FEE: _("avgift"),
    Outcome.REVIEW: _("granskas av en handläggare"),
    Outcome.RECOVER: _("ska återkrävas"),
}

# Why a place is free or not, in one sentence each; pages add the figures.
RULES = {
    Rule.CEILING_OK: _("Företaget har utrymme kvar under EU:s tak för stöd av mindre betydelse."),
    Rule.CEILING_EXCEEDED: _(
        "Företaget, tillsammans med de företag som det hör ihop med, har inte utrymme nog kvar"
        " under EU:s tak för stöd av mindre betydelse. Då faller hela stödet bort."
    ),
    Rule.OUT_OF_TARGET_GROUP: _(
        "Den fria platsen är för den som har en roll i ett företag eller en organisation i länet."
    ),
    Rule.NO_ADVANTAGE_FREE_FOR_ALL: _("Kursen är gratis för alla."),
    Rule.NOT_UNDERTAKING: _(
        "Din organisation driver ingen verksamhet som räknas som företag, så platsen är inget stöd."
    ),
    Rule.NO_AID_FULL_PRICE_PAID: _("Hela priset betalas, så platsen är inget stöd."),
    Rule.NO_REGULATION_IN_FORCE: _("Det finns ingen EU-förordning som gäller den här dagen."),
    Rule.SCHEME_GRACE_PERIOD: _(
        "EU-förordningen har gått ut och bara en övergångstid gäller. En handläggare avgör."
    ),
    Rule.SECTOR_EXCLUDED: _(
        "Stöd av det här slaget får inte ges till jordbruk, renskötsel, fiske eller vattenbruk."
    ),
    Rule.SECTOR_SEPARATION_MISSING: _(
        "Företaget bedriver också jordbruk, renskötsel, fiske eller vattenbruk, och har inte"
        " skilt verksamheterna eller räkenskaperna åt."
    ),
    Rule.EXPORT_AID_EXCLUDED: _("Stöd som är knutet till export får inte ges på det här sättet."),
    Rule.SAME_COSTS_INTENSITY: _("Samma kostnader har redan fått så mycket stöd som är tillåtet."),
    Rule.DECLARATION_MISSING: _("Företaget har inte lämnat något de minimis-intyg."),
    Rule.DECLARATION_WRONG_UNDERTAKING: _("Intyget gäller ett annat organisationsnummer."),
    Rule.DECLARATION_WITHDRAWN: _("Intyget har tagits tillbaka."),
    Rule.DECLARATION_AFTER_GRANT: _("Intyget är undertecknat efter beslutsdagen."),
    Rule.DECLARATION_EXPIRED: _("Intyget är äldre än 90 dagar. Lämna ett nytt."),
    Rule.DECLARATION_SIGNATORY: _("Intyget är inte undertecknat av någon som får göra det."),
    Rule.DECLARATION_INCOMPLETE_GROUP: _("Intyget gäller inte alla företag som hör ihop."),
    Rule.REVIEW_360_2012: _(
        "Ett tidigare stöd är givet enligt förordning 360/2012. En handläggare avgör om det räknas."
    ),
    Rule.NOT_TRANSPARENT: _("Värdet på ett tidigare stöd går inte att räkna ut säkert."),
    Rule.FX_RATE_MISSING: _("Det saknas en växelkurs från Europeiska centralbanken för dagen."),
    Rule.SPLIT_EQUITY_UNDEFINED: _("Det går inte att fördela ett tidigare stöd efter en delning."),
    Rule.ASSET_PURCHASE: _(
        "Företaget har köpt en verksamhet. En handläggare avgör vad som räknas."
    ),
}
TRACE = {
    TraceCode.COUNTED: _("räknas"),
    TraceCode.OUT_OF_WINDOW: _("räknas inte: äldre än tre år"),
    TraceCode.OTHER_MEMBER_STATE: _("räknas inte: givet av ett annat land"),
    TraceCode.SEPARATE_CEILING: _("räknas inte: har ett eget tak"),
    TraceCode.NOT_DE_MINIMIS: _("räknas inte: är inte stöd av mindre betydelse"),
    TraceCode.NOT_GRANTED: _("räknas inte: blev aldrig beviljat"),
    TraceCode.RENOUNCED_BEFORE_GRANT: _("räknas inte: företaget har avstått"),
    TraceCode.GRANTED_LATER: _("räknas inte: givet efter beslutsdagen"),
    TraceCode.NOT_SINGLE_UNDERTAKING: _("räknas inte: hör till ett annat företag"),
}
# Where each rule and each line of a trace stands in Reg. (EU) 2023/2831; the rest in SOURCES.
ARTICLES: dict[Rule | TraceCode, str] = {
    Rule.CEILING_OK: "3.2",
    Rule.CEILING_EXCEEDED: "3.7",
    Rule.NO_REGULATION_IN_FORCE: "8",
    Rule.SCHEME_GRACE_PERIOD: "7.3",
    Rule.SECTOR_EXCLUDED: "1.1",
    Rule.SECTOR_SEPARATION_MISSING: "1.2",
    Rule.EXPORT_AID_EXCLUDED: "1.1",
    Rule.SAME_COSTS_INTENSITY: "5.3",
    **dict.fromkeys(DECLARATION_FAULTS, "7.4"),
    Rule.REVIEW_360_2012: "5.1",
    Rule.NOT_TRANSPARENT: "4.1",
    Rule.SPLIT_EQUITY_UNDEFINED: "3.9",
    Rule.ASSET_PURCHASE: "3.8",
    TraceCode.COUNTED: "3.2",
    TraceCode.OUT_OF_WINDOW: "3.2",
    TraceCode.OTHER_MEMBER_STATE: "3.2",
    TraceCode.SEPARATE_CEILING: "5.1",
    TraceCode.NOT_DE_MINIMIS: "3.2",
    TraceCode.NOT_GRANTED: "3.3",
    TraceCode.GRANTED_LATER: "3.3",
    TraceCode.NOT_SINGLE_UNDERTAKING: "2.2",
}
SOURCES: dict[Rule | TraceCode, Any] = {
    Rule.OUT_OF_TARGET_GROUP: _("projektets villkor"),
    Rule.NO_ADVANTAGE_FREE_FOR_ALL: _("artikel 107.1 i EUF-fördraget"),
    Rule.NOT_UNDERTAKING: _("artikel 107.1 i EUF-fördraget"),
    Rule.NO_AID_FULL_PRICE_PAID: _("artikel 107.1 i EUF-fördraget"),
    Rule.FX_RATE_MISSING: _("lokalt val om växelkurs"),
    TraceCode.RENOUNCED_BEFORE_GRANT: _("EU-domstolens mål C-608/19"),
}
QUESTIONS = {
    Question.SIGNER: _("Vem du är"),
    Question.COMPANY: _("Företaget"),
    Question.GROUP: _("Företag som hör ihop"),
    Question.SECTOR: _("Verksamheten"),
    Question.ACCOUNTS: _("Räkenskaperna"),
    Question.AID: _("Stöd de senaste tre åren"),
}
HAND_IN_REFUSALS = {
    HandInRefusal.UNANSWERED: _("Intyget är inte inlämnat: alla frågor är inte besvarade."),
    HandInRefusal.NOT_SIGNED: _(
        "Intyget är inte inlämnat: logga in och skriv under, eller lämna ett undertecknat papper."
        " Svaren är sparade."
    ),
    HandInRefusal.NOT_AUTHORISED: _(
        "Intyget är inte inlämnat: det måste skrivas under av någon som får göra det för företaget."
        " Svaren är sparade. Skicka länken vidare till den personen."
    ),
    HandInRefusal.NOT_DECLARED: _(
        "Intyget är inte inlämnat: du behöver intyga alla tre punkterna. Svaren är sparade."
    ),
    HandInRefusal.OVER: _("Intyget är återtaget och kan inte lämnas in. Börja på ett nytt."),
}
MARK_REFUSALS = {
    MarkRefusal.MARKED_ALREADY: _("Stödet är redan registrerat. Den första uppgiften gäller."),
    MarkRefusal.BEFORE_THE_GRANT: _("Dagen ligger före stödbeslutet."),
    MarkRefusal.IN_THE_FUTURE: _("Dagen har inte varit än."),
}
PAPER_REFUSALS = {
    PaperRefusal.EMPTY: _("Filen är tom. Välj en annan."),
    PaperRefusal.TOO_LARGE: _(
        "Filen är större än 10 MB. Ta ett nytt foto, eller spara filen i mindre format."
    ),
    PaperRefusal.UNKNOWN_KIND: _(
        "Filen är inte en PDF, PNG, JPEG eller HEIC, eller så är den inte hel. Välj en annan."
    ),
    PaperRefusal.BROKEN: _(
        "Filen ser ut som ett foto men går inte att öppna. Ta ett nytt foto, eller välj en annan"
        " fil."
    ),
}
SETTLEMENT_STATES = {
    SettlementState.PROPOSED: _("väntar på en andra handläggare"),
    SettlementState.APPROVED: _("godkänt av två"),
    SettlementState.REFUSED: _("inte godkänt"),
    SettlementState.TAKEN_BACK: _("återtaget"),
}
SETTLEMENT_REFUSALS = {
    SettlementRefusal.NOT_OPEN_TO_A_WORD: _(
        "Det här får ingen bestämma om: taket, jordbruk och fiske, räkenskaper och export avgörs av"
        " regeln. Är en uppgift fel, rätta den, så prövas platsen igen."
    ),
    SettlementRefusal.NO_SUCH_LINE: _("Välj något av det som är oklart i ärendet."),
    SettlementRefusal.STANDS_ALREADY: _("Det finns redan ett sådant förslag i ärendet."),
    SettlementRefusal.SAME_PERSON: _("Den som föreslår kan inte också godkänna. Be en kollega."),
    SettlementRefusal.CONFLICT: _("Den som är jävig kan inte avgöra. Lämna över till en kollega."),
    SettlementRefusal.OVER: _("Förslaget är redan avgjort. Ingenting ändrades."),
}
# What a proposal that names no earlier aid says.
SETTLED_KEYS = {
    SettledKey.DECLARATION: _("Felet i intyget ska inte hindra."),
    SettledKey.HOLDS: _("EU-förordningen får tillämpas på platsen under övergångstiden."),
    SettledKey.ENDED: _("EU-förordningen får inte tillämpas. Platsen kan inte vara stöd."),
    SettledKey.PLACE: _("Kursen för dagen saknas. Så mycket är platsen värd i euro:"),
}
RECOVERY_STATES = {
    RecoveryState.OPENED: _("utreds"),
    RecoveryState.DEMANDED: _("krävt"),
    RecoveryState.PAID: _("betalat"),
    RecoveryState.DROPPED: _("nedlagt"),
}
CORRECTION_REFUSALS = {
    CorrectionRefusal.NOT_A_GRANT: _("Bara själva stödet kan ändras, inte en rättelse av det."),
    CorrectionRefusal.ENDED_ALREADY: _("Stödet är redan upphävt. Ingenting ändrades."),
    CorrectionRefusal.NOT_LESS: _(
        "Beloppet ska vara lägre än det som gäller nu, och större än noll. Ett högre belopp är ett"
        " nytt stöd."
    ),
}

# What earlier aid can have been given under, the usual one first.
REGULATIONS = {
    "2023/2831": _("Vanligt de minimis-stöd, från 2024 (2023/2831)"),
    "1407/2013": _("Vanligt de minimis-stöd, till och med 2023 (1407/2013)"),
    "1408/2013": _("De minimis-stöd till jordbruk (1408/2013)"),
    "717/2014": _("De minimis-stöd till fiske och vattenbruk (717/2014)"),
    "2023/2832": _("Tjänster av allmänt intresse, från 2024 (2023/2832)"),
    "360/2012": _("Tjänster av allmänt intresse, till och med 2023 (360/2012)"),
    UNKNOWN_REGULATION: _("Vet inte"),
}
# What an officer may settle an unknown one as.
SETTLED_REGULATIONS = {
    **{code: words for code, words in REGULATIONS.items() if code != UNKNOWN_REGULATION},
    "none": _("Inget de minimis-stöd"),
}
