"""Names to make people and companies of. Swedish, Sami, Finnish and from further away."""

WOMEN = (
    "Anna", "Maria", "Karin", "Eva", "Lena", "Kerstin", "Åsa", "Ulrika", "Sofia", "Emma",
    "Hanna", "Elin", "Ida", "Linnéa", "Märta", "Gunilla", "Birgitta", "Anna-Karin", "Ann-Sofie",
    "Britt-Marie", "Märit", "Sára", "Elle", "Inga-Maria", "Ristin", "Aino", "Päivi", "Fatima",
    "Amina", "Leyla", "Olena", "Nguyễn", "Priya", "Zahra", "Małgorzata", "Hiwot",
)  # fmt: skip
MEN = (
    "Lars", "Anders", "Per", "Karl", "Erik", "Johan", "Mats", "Göran", "Håkan", "Björn",
    "Jörgen", "Sören", "Pär", "Åke", "Östen", "Nils-Erik", "Lars-Åke", "Per-Olov", "Tomas",
    "Viktor", "Emil", "Oskar", "Ántte", "Nils-Heikki", "Lásse", "Jouni", "Väinö", "Ahmed",
    "Omar", "Yusuf", "Dmytro", "Minh", "Rajesh", "Reza", "Piotr", "Tesfaye",
)  # fmt: skip
FAMILY = (
    "Andersson", "Johansson", "Lindberg", "Nyström", "Öberg", "Öhman", "Åström", "Ålund",
    "Sjöström", "Burström", "Lundmark", "Marklund", "Forsgren", "Hedlund", "Wikström", "Risberg",
    "Norlander", "Fällman", "Grahn", "Sundqvist", "Bäckström", "Häggström", "Lövgren", "Stenvall",
    "Tärnström", "Brännlund", "Kvick", "Wallgren", "Nordmark", "Viklund", "Labba", "Sarri",
    "Omma", "Kuhmunen", "Blind", "Utsi", "Niemi", "Korhonen", "Mäki", "Hassan", "Karimi",
    "Nguyen", "Kovalenko", "Haddad", "Kowalska", "Raman", "Tesfay", "Demir",
)  # fmt: skip
# Where nobody lives: names of lakes, hills and rapids that are not on the map.
WHERE = (
    "Granåsen", "Lomsjön", "Tjäderberget", "Svanudden", "Renbäcken", "Storkläppen", "Kvarnmon",
    "Vintervik", "Skarsnäset", "Blåliden", "Isälven", "Norrviken", "Sörbäcken", "Dimforsen",
    "Frostnäs", "Kallvattnet", "Älgbacken", "Snöberget", "Tallmon", "Åkroken", "Öreforsen",
    "Barkselet", "Lillholmen", "Rävheden", "Ängsmyran", "Örnkullen", "Åsbäcken", "Uvberget",
)  # fmt: skip
TRADES = (
    "Bygg", "Snickeri", "Redovisning", "Skog & Maskin", "Elteknik", "Rör & Värme", "Plåt",
    "Bageri", "Kafé", "Hotell", "Äventyr", "Data", "Design", "Tryckeri", "Livs", "Optik",
    "Tandhälsa", "Hälsa", "Bokhandel", "Möbler", "Däck & Bil", "Energi", "Mät & Kart",
    "Företagsrådgivning", "Fastigheter", "Städ & Service", "Foto", "Friskvård",
)  # fmt: skip
CRAFTS = (
    "Keramik", "Trädgård", "Översättningar", "Hundpensionat", "Bokföring", "Musikskola",
    "Måleri", "Webb & Text", "Massage", "Frisering", "Slöjd", "Fiskeguidning",
)  # fmt: skip
SOCIETIES = (
    "Byautveckling", "Idrottsförening", "Hembygdsförening", "Folkets Hus", "Skoterklubb",
    "Kulturförening",
)  # fmt: skip
OFFICES = (
    "tekniska kontoret", "näringslivskontoret", "skolan", "biblioteket", "omsorgen",
)  # fmt: skip
