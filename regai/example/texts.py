"""What people in the region say: what they want to learn, ask, answer and need."""

TOPICS = (
    "",
    "",
    "",
    "Vad AI kan göra för ett litet företag utan egen IT-avdelning.",
    "Hur vi kan lägga mindre tid på offerter och uppföljning.",
    "Text och bild till vår webbplats, utan att det blir fel.",
    "Jag vill förstå vad leverantörerna egentligen säljer.",
    "Bokningar och prognoser för säsongen.",
    "Kundtjänst på fler språk.",
    "Vad som gäller med personuppgifter och upphovsrätt.",
    "Strategi för ledningsgruppen: var börjar man?",
    "Planering av körningar och lager.",
    "Kvalitetskontroll med kamera i produktionen.",
    "Hur man pratar med personalen om AI.",
    "AI i skogsbruket, särskilt kartor och drönarbilder.",
    "Att kunna säga nej på ett klokt sätt.",
)
TOPICS_IN_ENGLISH = (
    "",
    "How a small company can start without an IT department.",
    "What we must think of when we use customer data.",
    "Writing in Swedish when it is not my first language.",
)
QUESTIONS = (
    "Vad är skillnaden mellan maskininlärning och vanlig statistik?",
    "Jag fastnade på Bayes sats. Kan vi ta ett exempel från en riktig verksamhet?",
    "Får vi lägga in kundmejl i en chattbot?",
    "Hur vet man att svaret stämmer när modellen låter så säker?",
    "Vilka uppgifter är lättast att börja med i ett företag med fyra anställda?",
    "Vad betyder det att ett neuralt nätverk har lager?",
    "Hur mycket data behövs för att det ska vara värt besväret?",
    "Kan vi prata om vad AI-förordningen kräver av oss som bara använder färdiga tjänster?",
    "Hur gör ni andra med bilder, får man använda dem fritt?",
    "Jag skulle vilja se hur någon använder det för offerter.",
    "Vad händer med det jag skriver in, vem kan läsa det?",
    "Hur förklarar jag för personalen att det inte handlar om att dra ned?",
)
QUESTIONS_IN_ENGLISH = (
    "What is the difference between machine learning and ordinary statistics?",
    "May we put customers' e-mail into a chatbot?",
    "How much data does it take before it is worth the effort?",
)
ANSWERS = (
    (
        "Vi gick igenom det med ett exempel från ett bageri: modellen gissar dagens försäljning ur"
        " väder och veckodag, och statistiken säger hur säker gissningen är."
    ),
    (
        "Nej, inte utan avtal med leverantören. Ta bort namn och adresser först, eller använd en"
        " tjänst som ni har ett biträdesavtal med."
    ),
    (
        "Prova tre saker: fråga efter källan, fråga på ett annat sätt, och kontrollera en siffra"
        " själv. Stämmer inte den är resten också osäkert."
    ),
    (
        "Börja med det som ni gör ofta och som är lätt att kontrollera: utkast till brev,"
        " sammanfattningar, etiketter på bilder."
    ),
    (
        "Alla läste om kapitlets sista övning tillsammans. Varje lager ser lite grövre mönster än"
        " det förra."
    ),
    (
        "Gruppen enades om att skriva en enkel regel var: vad får läggas in, och vem läser igenom"
        " innan det skickas."
    ),
)
ANSWERS_IN_ENGLISH = (
    (
        "We went through it with an example from a bakery: the model guesses the day's sales, and"
        " statistics say how sure the guess is."
    ),
    "Not without an agreement with the provider. Take out names and addresses first.",
)
NOTE = (
    "Vi gick varvet runt: vad har ni provat sedan sist? Tre goda exempel står i svaren. Hör av"
    " dig om du vill prata om något före nästa träff."
)
NOTE_IN_ENGLISH = (
    "We went round the table: what have you tried since last time? Three good examples stand in the"
    " answers. Get in touch if you would like to talk before the next meeting."
)
NEEDS = (
    "",
    "",
    "",
    "",
    "",
    "Vegetarisk mat, tack.",
    "Hörslinga.",
    "Glutenfritt.",
    "Jag vill gärna ha materialet dagen före.",
    "Plats för rullstol.",
)
# Numbers that the telecom authority keeps for film and fiction; some people give none.
PHONES = ("", "", "", *(f"070-174 06 {n:02}" for n in range(5, 15)))
TOLD_BY_PHONE = "Vi vill vara med, men vet inte riktigt var vi ska börja."
