"""Subjects the news is about, with the words for them in five languages."""

from functools import cache
from typing import Final, NamedTuple

LANGUAGES: Final = ("en", "nl", "de", "fr", "es")

# A subject as it is shown; then the folded words for it in each of LANGUAGES, in order.
# A word ending in * stands for every word that begins so: compounds and inflections.
_SUBJECTS: Final = """
Accessibility; accessibility, accessible websites; toegankelijkheid*, webtoegankelijkheid;
  barrierefreiheit; accessibilite; accesibilidad
Agriculture; agriculture, farmers, farming; landbouw*, boeren, boerenprotest*; landwirtschaft*,
  landwirte, bauern; agriculture, agriculteurs; agricultura, agricultores
Artificial intelligence; ai, artificial intelligence, machine learning, large language model,
  large language models, chatgpt, openai; ai, kunstmatige intelligentie, chatgpt; ki, kunstliche
  intelligenz, kunstlicher intelligenz, chatgpt; ia, intelligence artificielle; ia, inteligencia
  artificial
Aviation; aviation, airline, airlines, airport, airports; luchtvaart*, vliegveld*, luchthaven*;
  luftfahrt*, flughafen, fluggesellschaft*; aviation, aeroport, aeroports; aviacion, aeropuerto,
  aeropuertos, aerolineas
Banks; bank, banks, banking; banken, bankensector; banken; banques; bancos, banca
Budget; budget, budgets; begroting*, rijksbegroting, miljoenennota; haushalt, bundeshaushalt;
  budget; presupuesto, presupuestos
Ceasefire; ceasefire, cease fire, truce; wapenstilstand, staakt het vuren; waffenstillstand,
  waffenruhe; cessez le feu, treve; alto el fuego, tregua
Childcare; childcare; kinderopvang*; kinderbetreuung, kita, kitas; creches; guarderia, guarderias
Climate; climate, climate change, global warming; klimaat*; klima, klimawandel, klimaschutz*,
  klimapolitik; climat, climatique, rechauffement; clima, cambio climatico
Corruption; corruption, bribery; corruptie*; korruption*; corruption; corrupcion
Crime; crime, murder, homicide; misdaad, criminaliteit, moord, moorden; mord, kriminalitat;
  meurtre, criminalite; crimen, asesinato
Cryptocurrency; cryptocurrency, cryptocurrencies, stablecoin, stablecoins; cryptomunt,
  cryptomunten, cryptovaluta; kryptowahrung, kryptowahrungen; cryptomonnaie, cryptomonnaies;
  criptomoneda, criptomonedas
Cryptography; cryptography, cryptographic, encryption, encrypted; versleuteling, encryptie,
  versleuteld; verschlusselung, verschlusselt; chiffrement, cryptographie; cifrado, criptografia
Cybersecurity; cybersecurity, cyber security, cyberattack, cyberattacks, ransomware, malware,
  phishing, hackers; cyberveiligheid, cyberbeveiliging, cyberaanval*, ransomware, hackers;
  cybersicherheit, cyberangriff*, hacker; cybersecurite, cyberattaque, cyberattaques;
  ciberseguridad, ciberataque, ciberataques
Defence; defence, defense, military, armed forces; defensie*, krijgsmacht, landmacht;
  verteidigung, bundeswehr, streitkrafte, rustung*; armee, defense; defensa, fuerzas armadas,
  ejercito
Drugs; drugs, cocaine, fentanyl; drugs, drugshandel, cocaine; drogen, kokain; drogue, drogues,
  cocaine, narcotrafic; drogas, cocaina, narcotrafico
Earthquakes; earthquake, earthquakes; aardbeving*; erdbeben; seisme, seismes; terremoto,
  terremotos
Economy; economy, economic; economie, economische; wirtschaft, wirtschaftswachstum, konjunktur;
  economie, economique; economia, economica, economico
Education; education, schools, universities; onderwijs*, scholen, universiteiten; bildung*,
  schulen, hochschulen; education, ecoles, enseignement; educacion, escuelas, universidades
Elections; election, elections; verkiezing*; wahlen, bundestagswahl*, landtagswahl*, wahlkampf;
  election, elections, presidentielle, legislatives; elecciones, electoral
Emissions; emissions, carbon dioxide; uitstoot, stikstof*; emissionen, treibhausgase; emissions;
  emisiones
Energy; energy, electricity, natural gas; energie*, elektriciteit; energie*, strompreise;
  energie, electricite; energia, electricidad
Environment; environment, environmental, pollution; milieu*, vervuiling; umwelt*;
  environnement*, pollution; medio ambiente, contaminacion
Film; film, films, cinema, movie, movies; film, films, filmfestival; spielfilm, filmfestival;
  cinema, film, films; pelicula, peliculas, cine
Floods; floods, flooding; overstroming*; hochwasser*, uberschwemmung*; inondation, inondations;
  inundacion, inundaciones
Football; football, soccer; voetbal*, eredivisie; fussball*, bundesliga; football, ligue 1; futbol
Genocide; genocide; genocide, volkerenmoord; volkermord; genocide; genocidio
Health; health, public health, healthcare, health care; gezondheid*, volksgezondheid,
  ziekenhuizen; gesundheit*; sante; salud, sanidad
Hostages; hostage, hostages; gijzelaar*, gijzeling*; geisel, geiseln; otage, otages; rehen,
  rehenes
Housing; housing, housing market; woningmarkt, woningnood, wooncrisis, huizenprijzen;
  wohnungsmarkt, wohnungsbau, mietpreise; logement, logements; vivienda, viviendas
Human rights; human rights; mensenrechten*; menschenrechte*; droits de l homme, droits humains;
  derechos humanos
Immigration; immigration, immigrants, migration, migrants, asylum, refugee, refugees;
  immigratie*, migratie*, migranten, asiel*, vluchteling*; einwanderung*, zuwanderung*,
  migration*, asyl*, fluchtling*; immigration, migrants, asile, refugies; inmigracion,
  migracion, inmigrantes, migrantes, asilo, refugiados
Inflation; inflation; inflatie*; inflation*, teuerung; inflation; inflacion
Interest rates; interest rate, interest rates; rente, renteverhoging, hypotheekrente; leitzins*,
  zinsen; taux d interet; tipos de interes, tasas de interes
Journalism; journalism, journalists, press freedom; journalistiek, journalisten, persvrijheid;
  journalismus, journalisten, pressefreiheit; journalisme, journalistes; periodismo, periodistas
Justice; court ruling, lawsuit, lawsuits, prosecutors; rechtbank, rechtszaak, openbaar
  ministerie; staatsanwaltschaft, gerichtsurteil; tribunal, procureur, parquet; fiscalia,
  juicio, tribunal
Labour; unemployment, labour market, labor market, trade union, trade unions; werkloosheid,
  arbeidsmarkt, vakbond*; arbeitslosigkeit, arbeitsmarkt, gewerkschaft*; chomage, syndicat,
  syndicats; desempleo, sindicato, sindicatos
Music; music, concert, concerts; muziek*; musik*, konzert*; musique, concert, concerts; musica,
  concierto, conciertos
Nuclear power; nuclear power, nuclear plant, nuclear plants; kernenergie, kerncentrale*;
  atomkraft*, kernkraft*; centrale nucleaire, energie nucleaire; energia nuclear, central
  nuclear
Nuclear weapons; nuclear weapon, nuclear weapons; kernwapen*; atomwaffe*, nuklearwaffen; arme
  nucleaire, armes nucleaires; arma nuclear, armas nucleares
Open source; open source; open source, opensource; open source; open source, logiciel libre,
  logiciels libres; software libre, codigo abierto
Peace talks; peace talks, peace negotiations, peace deal; vredesbesprekingen, vredesoverleg,
  vredesakkoord; friedensverhandlungen, friedensgesprache; negociations de paix, accord de paix;
  negociaciones de paz, acuerdo de paz
Pensions; pension, pensions; pensioen*; renten, rentner, rentenreform; retraite, retraites;
  pensiones, jubilacion
Police; police; politie; polizei; police; policia
Privacy; privacy, data protection, gdpr; privacy*, avg; datenschutz*, privatsphare; vie privee,
  rgpd; privacidad, proteccion de datos
Protests; protest, protests, protesters, demonstrators; protest, protesten, demonstratie,
  demonstraties, demonstranten; protest, proteste, demonstration*, demonstranten; manifestation,
  manifestations, manifestants; protesta, protestas, manifestantes
Quantum computing; quantum computer, quantum computers, quantum computing; kwantumcomputer*,
  quantumcomputer*; quantencomputer*; ordinateur quantique, ordinateurs quantiques; computacion
  cuantica
Racism; racism, racist; racisme, racistisch, racistische; rassismus; racisme, raciste; racismo,
  racista
Religion; religion, church; kerk, godsdienst, religie; kirche, religion; eglise, religion;
  iglesia, religion
Sanctions; sanctions; sancties; sanktionen; sanctions; sanciones
Science; scientists, researchers; wetenschap, wetenschappers, onderzoekers; wissenschaft,
  wissenschaftler, forscher; scientifiques, chercheurs; cientificos, investigadores
Security; security; veiligheid*, beveiliging*; sicherheit*; securite; seguridad
Social media; social media; social media, sociale media; soziale medien, sozialen medien;
  reseaux sociaux; redes sociales
Space; spacecraft, space station, rocket, rockets, astronauts; ruimtevaart*, astronaut*;
  raumfahrt*, astronaut*; fusee, astronaute, astronautes; cohete, cohetes, astronauta,
  astronautas
Sport; olympic, olympics, tournament; olympische, toernooi*; olympische, turnier*; olympiques,
  tournoi; olimpicos, torneo
Stock market; stock market, stock markets, stocks, wall street; aandelen*, beurskoers*,
  aandelenmarkt; aktien*, borse; bourse; acciones, bolsa de valores
Tariffs; tariff, tariffs, trade war; importheffing*, invoerheffing*, handelsoorlog; zolle,
  strafzolle, handelskrieg; droits de douane, guerre commerciale; aranceles, guerra comercial
Taxes; tax, taxes, taxation; belasting*; steuer, steuern, steuererhohung*, steuersenkung*;
  impot, impots; impuesto, impuestos
Terrorism; terrorism, terrorist, terrorists; terrorisme, terreur, aanslag, aanslagen;
  terrorismus, terroranschlag*, terroristen; terrorisme, attentat, attentats; terrorismo,
  atentado, atentados
Tourism; tourism, tourists; toerisme, toeristen; tourismus, touristen; tourisme, touristes;
  turismo, turistas
Trade; trade deal, trade agreement, world trade; handelsakkoord*, handelsverdrag*;
  handelsabkommen; accord commercial; acuerdo comercial
Transport; public transport, railway, railways; openbaar vervoer, spoorwegen, treinverkeer;
  nahverkehr, bahnverkehr; transports en commun; transporte publico
Typography; typography, webfonts, web fonts; typografie, webfonts; typografie; typographie;
  tipografia
Vaccines; vaccine, vaccines, vaccination; vaccin, vaccins, vaccinatie*; impfung*, impfstoff*;
  vaccin, vaccins, vaccination; vacuna, vacunas, vacunacion
War; war, warfare, invasion; oorlog*; krieg, angriffskrieg; guerre; guerra
Web development; web development, web developer, web developers, front end, frontend; front end,
  frontend, webontwikkeling, webdesign; webentwicklung, webdesign, frontend; developpement web;
  desarrollo web
Web standards; web standards; web standards, webstandaarden; webstandards; standards du web;
  estandares web
Wildfires; wildfire, wildfires, forest fire, forest fires; natuurbrand*, bosbrand*; waldbrand*;
  incendie, incendies, feux de foret; incendio forestal, incendios
"""


class Vocabulary(NamedTuple):
    """The words of one language for subjects, to the subjects' names.

    ``phrases`` are by their first word; ``stems`` are by their first four letters.
    """

    words: dict[str, str]
    stems: dict[str, list[tuple[str, str]]]
    phrases: dict[str, dict[str, str]]


@cache
def vocabulary(language: str) -> Vocabulary:
    """What speaks of subjects in one of ``LANGUAGES``; nothing in any other."""
    found = Vocabulary({}, {}, {})
    if language not in LANGUAGES:
        return found
    for line in _SUBJECTS.strip().replace("\n  ", " ").split("\n"):
        name, *columns = line.split("; ")
        for written in columns[LANGUAGES.index(language)].split(", "):
            if written.endswith("*"):
                stem = written.removesuffix("*")
                found.stems.setdefault(stem[:4], []).append((stem, name))
            elif " " in written:
                found.phrases.setdefault(written.split(" ", 1)[0], {})[written] = name
            else:
                found.words[written] = name
    return found
