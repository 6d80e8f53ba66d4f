"""Names that are another word in English, where CLDR has none: Swedish first. Written down for this program."""

EXONYMS = {
    "Göteborg": "Gothenburg", "Köln": "Cologne", "München": "Munich", "Nürnberg": "Nuremberg", "Genève": "Geneva",
    "Venedig": "Venice", "Florens": "Florence", "Neapel": "Naples", "Milano": "Milan", "Haag": "Hague",
    "Antwerpen": "Antwerp", "Krakow": "Cracow", "Betlehem": "Bethlehem", "Mekka": "Mecca", "Peking": "Beijing",
    "Kanton": "Guangzhou", "Helsingör": "Elsinore", "Åbo": "Turku", "Esbo": "Espoo", "Vanda": "Vantaa",
    "Grankulla": "Kauniainen", "Tammerfors": "Tampere", "Uleåborg": "Oulu", "Björneborg": "Pori", "Vasa": "Vaasa",
    "Jakobstad": "Pietarsaari", "Borgå": "Porvoo", "Lahtis": "Lahti", "Nådendal": "Naantali", "Ekenäs": "Tammisaari",
    "Hangö": "Hanko", "Lovisa": "Loviisa", "Torneå": "Tornio", "Nyland": "Uusimaa", "Birkaland": "Pirkanmaa",
    "Böle": "Pasila", "Berghäll": "Kallio", "Europa": "Europe European Europeans", "Asien": "Asia Asian",
    "Afrika": "Africa African", "Amerika": "America American", "Norden": "Nordic Scandinavia",
    "Skandinavien": "Scandinavia Scandinavian", "Balkan": "Balkans", "Baltikum": "Baltic", "Östersjön": "Baltic",
    "Medelhavet": "Mediterranean", "Atlanten": "Atlantic", "Nordsjön": "North Sea", "Skåne": "Scania Skåne",
    "Dalarna": "Dalarna Dalecarlia", "Lappland": "Lapland", "Mellanöstern": "Middle East Eastern",
    "Västindien": "West Indies Caribbean", "Karibien": "Caribbean", "Västbanken": "West Bank", "Bayern": "Bavaria",
    "Sachsen": "Saxony", "Preussen": "Prussia", "Toscana": "Tuscany", "Sicilien": "Sicily", "Sardinien": "Sardinia",
    "Korsika": "Corsica", "Kreta": "Crete", "Bretagne": "Brittany", "Normandie": "Normandy", "Flandern": "Flanders",
    "Katalonien": "Catalonia", "Andalusien": "Andalusia", "Kaukasus": "Caucasus", "Sibirien": "Siberia",
    "Mongoliet": "Mongolia", "Alperna": "Alps Alpine", "Anderna": "Andes", "Himalaya": "Himalayas Himalayan",
    "Pyrenéerna": "Pyrenees", "Karpaterna": "Carpathians", "Ural": "Urals", "Sahara": "Saharan", "Nilen": "Nile",
    "Rhen": "Rhine", "Donau": "Danube", "Themsen": "Thames", "Arktis": "Arctic", "Antarktis": "Antarctica Antarctic",
    "Vatikanen": "Vatican", "Kreml": "Kremlin", "Jesus": "Christ", "Kristus": "Christ", "Allah": "God",
    "Saturnus": "Saturn", "Neptunus": "Neptune", "Merkurius": "Mercury", "Moskva": "Moscow", "Warszawa": "Warsaw",
    "Lissabon": "Lisbon", "Wien": "Vienna", "Prag": "Prague", "Rom": "Rome", "Aten": "Athens Athenian",
    "Bryssel": "Brussels", "Köpenhamn": "Copenhagen", "Jylland": "Jutland", "Själland": "Zealand",
    "Grönland": "Greenland", "Färöarna": "Faroe Faroes", "Karl": "Charles", "Gustav": "Gustavus", "Johan": "John",
    "Henrik": "Henry", "Vilhelm": "William", "Ludvig": "Louis", "Filip": "Philip", "Fredrik": "Frederick",
    "Katarina": "Catherine", "Josef": "Joseph", "Jakob": "James Jacob", "Aristoteles": "Aristotle", "Platon": "Plato",
    "Homeros": "Homer", "Sokrates": "Socrates", "Petrus": "Peter", "Paulus": "Paul", "Markus": "Mark", "Lukas": "Luke",
    "Johannes": "John", "Holland": "Dutch Netherlands", "Storbritannien": "Britain British UK", "England": "English",
    "Danmark": "Danish", "Frankrike": "French France", "Spanien": "Spanish Spain", "Grekland": "Greek Greece",
    "Turkiet": "Turkish Turkey", "Polen": "Polish Poland", "Tyskland": "German Germany", "Sverige": "Swedish Sweden",
    "Norge": "Norwegian Norway", "Finland": "Finnish", "Island": "Icelandic Iceland", "Schweiz": "Swiss Switzerland",
    "Österrike": "Austrian Austria", "Ryssland": "Russian Russia", "Japan": "Japanese", "Kina": "Chinese China",
    "USA": "US American America U.S United", "Sovjet": "Soviet", "Sovjetunionen": "Soviet Union USSR",
    "Nederländerna": "Holland Dutch",
    "Persien": "Persia Persian Iran", "Irland": "Irish Ireland", "Skottland": "Scottish Scotland Scots",
    "Wales": "Welsh", "Filippinerna": "Philippines Filipino",
}  # fmt: skip
"""A Swedish name and the English words for it, adjectives among them."""

WORDS = {
    "Stilla": "Pacific", "Svarta": "Black", "Röda": "Red", "Döda": "Dead", "Engelska": "English Channel",
    "Klippiga": "Rockies Rocky", "Vita": "White", "Bibeln": "Bible Biblical", "Koranen": "Quran Koran", "Gud": "God",
    "Jungfru": "Virgin", "Sankt": "Saint St", "Jorden": "Earth Earth's", "Solen": "Sun", "Månen": "Moon",
    "Vintergatan": "Milky", "Jul": "Christmas", "Julen": "Christmas", "Påsk": "Easter", "Påsken": "Easter",
    "Midsommar": "Midsummer", "Pingst": "Pentecost", "Internet": "Internet Web", "Riksdagen": "Parliament Riksdag",
    "Regeringen": "Government", "Öresund": "Sound", "Nya": "New", "Kungliga": "Royal", "Norra": "North Northern",
    "Södra": "South Southern", "Västra": "West Western", "Östra": "East Eastern", "Stora": "Great", "Nedre": "Lower",
    "Övre": "Upper", "Mellersta": "Central Middle", "Ekvatorn": "Equator", "Orienten": "Orient",
    "Väst": "West Western", "Öst": "East Eastern", "Nord": "North Northern", "Syd": "South Southern",
}  # fmt: skip
"""Words of names, and words that are names in English only: they explain a name, and need none."""

ABBREVIATIONS = {
    "FN": "UN", "USA": "US", "VM": "World Championship Championships Cup", "EM": "European Championship Championships",
    "OS": "Olympics Olympic Games", "BNP": "GDP", "EU": "European", "KTH": "Royal Institute", "IOK": "IOC",
    "ÖB": "Supreme Commander", "SFI": "Swedish", "EG": "EC", "IS": "ISIS ISIL", "GMT": "UTC", "UTC": "GMT",
    "HBTQ": "LGBT LGBTQ LGBTQI", "HBTQI": "LGBT LGBTQ LGBTQI", "MR": "MRI", "TBC": "TB", "VD": "CEO", "AB": "Ltd Inc",
    "JO": "Parliamentary Ombudsmen", "BB": "Maternity", "EES": "EEA", "PM": "Memo", "IT": "IT ICT", "Nato": "NATO",
    "Aids": "AIDS", "Unesco": "UNESCO", "SFS": "Code Statutes",
}  # fmt: skip
"""A Swedish abbreviation and what English has for it."""
