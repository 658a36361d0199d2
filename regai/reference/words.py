"""The Swedish notes of ``courses.yaml`` that pages show in the language of the page.

A course has one column for each note; English comes from the catalogue of messages, and a test
sees to it that every note of the file stands here.
"""

from django.utils.translation import gettext_lazy as _

NOTES = (
    _("Gratis. Kursbeviset är också gratis."),
    _("Text och övningar, ingen video. Ingen känd tillgänglighetsredogörelse."),
    _("Kursen är gratis. Leverantören kan ta betalt för kursbeviset."),
    _("Gratis."),
    _("Text, bilder och interaktiva delar. Ingen känd tillgänglighetsredogörelse."),
    _("Öppen för alla enligt universitetet. Inte kontrollerat hos leverantören."),
    _(
        "Ungefär 49 US-dollar, det vill säga en månad hos Coursera. Att bara läsa med"
        " kan vara gratis."
    ),
    _("Video. Textning och tillgänglighetsredogörelse är inte kontrollerade."),
    _("Ungefär 49 US-dollar, en månad hos Coursera."),
    _("Ungefär 49 US-dollar, en månad hos Coursera. Att bara läsa med kan vara gratis."),
    _(
        "Ungefär 98 US-dollar, räknat som två månader à 49 dollar hos Coursera. IBM"
        " anger inget pris."
    ),
    _("Ungefär 98 US-dollar, räknat som två månader à 49 dollar hos Coursera."),
    _("49 US-dollar med sex månaders tillgång, enligt en deltagares redogörelse."),
    _("Ungefär 147 US-dollar, räknat som tre månader à 49 dollar hos Coursera."),
    _(
        "Ungefär 300 US-dollar för spåret med kursbevis hos edX. Uppskattat. Att bara läsa"
        " med kan vara gratis."
    ),
    _("Gratis hos Harvard. Ett verifierat kursbevis hos edX kostar extra."),
    _("Videoföreläsningar. Textning och tillgänglighetsredogörelse är inte kontrollerade."),
    _("Självstudierna är gratis. Certifieringsprovet är frivilligt och kostar extra."),
    _("Gratis. Övningar med språkmodeller kan kosta en mindre summa hos leverantören av modellen."),
    _("Text och korta videor. Ingen känd tillgänglighetsredogörelse."),
    _("Text och körbara anteckningsböcker. Ingen känd tillgänglighetsredogörelse."),
)
