"""Names that the news writes in more than one way, and the languages' forms of places.

Each line is a name as it is shown, then other ways to write it (a line that begins with |
goes on with the one before). Forms in capitals of up
to six letters count only in capitals ("US" is not "us").
"""

from functools import cache
from typing import Final

from reader.text.words import key

_PLACES: Final = """
Africa|Afrika|Afrique|África
Asia|Azië|Asien|Asie
Europe|Europa
Latin America|Latijns-Amerika|Lateinamerika|Amérique latine|América Latina|Latinoamérica
Middle East|Mideast|Midden-Oosten|Nahen Osten|Naher Osten|Nahe Osten|Moyen-Orient|Proche-Orient
|Oriente Medio|Oriente Próximo
North America|Noord-Amerika|Nordamerika|Amérique du Nord|Norteamérica|América del Norte
South America|Zuid-Amerika|Südamerika|Amérique du Sud|Sudamérica|América del Sur
Afghanistan|Afganistán
Albania|Albanië|Albanien|Albanie
Algeria|Algerije|Algerien|Algérie|Argelia
Argentina|Argentinië|Argentinien|Argentine
Armenia|Armenië|Armenien|Arménie
Australia|Australië|Australien|Australie
Austria|Oostenrijk|Österreich|Autriche
Azerbaijan|Azerbeidzjan|Aserbaidschan|Azerbaïdjan|Azerbaiyán
Bangladesh|Bangladés
Belarus|Wit-Rusland|Weißrussland|Biélorussie|Bielorrusia
Belgium|België|Belgien|Belgique|Bélgica
Bolivia|Bolivien|Bolivie
Bosnia|Bosnië|Bosnien|Bosnie|Bosnia and Herzegovina|Bosnië en Herzegovina
Brazil|Brazilië|Brasilien|Brésil|Brasil
Bulgaria|Bulgarije|Bulgarien|Bulgarie
Cambodia|Cambodja|Kambodscha|Cambodge|Camboya
Cameroon|Kameroen|Kamerun|Cameroun|Camerún
Canada|Kanada|Canadá
Chile
China|Chine|PRC|People's Republic of China
Colombia|Kolumbien|Colombie
Congo|Kongo|DRC|DR Congo|Democratic Republic of the Congo
Croatia|Kroatië|Kroatien|Croatie|Croacia
Cuba|Kuba
Cyprus|Zypern|Chypre|Chipre
Czech Republic|Czechia|Tsjechië|Tschechien|Tchéquie|République tchèque|Chequia|República Checa
Denmark|Denemarken|Dänemark|Danemark|Dinamarca
Ecuador|Équateur
Egypt|Egypte|Ägypten|Égypte|Egipto
England|Engeland|Angleterre|Inglaterra
Estonia|Estland|Estonie
Ethiopia|Ethiopië|Äthiopien|Éthiopie|Etiopía
Finland|Finnland|Finlande|Finlandia
France|Frankrijk|Frankreich|Francia
Georgia|Georgië|Georgien|Géorgie
Germany|Duitsland|Deutschland|Allemagne|Alemania
Greece|Griekenland|Griechenland|Grèce|Grecia
Greenland|Groenland|Grönland|Groenlandia
Haiti|Haïti|Haití
Hong Kong|Hongkong
Hungary|Hongarije|Ungarn|Hongrie|Hungría
Iceland|IJsland|Islande|Islandia
India|Indien|Inde
Indonesia|Indonesië|Indonesien|Indonésie
Iran|Irán
Iraq|Irak
Ireland|Ierland|Irland|Irlande|Irlanda
Israel|Israël
Italy|Italië|Italien|Italie|Italia
Japan|Japon|Japón
Jordan|Jordanië|Jordanien|Jordanie|Jordania
Kazakhstan|Kazachstan|Kasachstan|Kazajistán
Kenya|Kenia
Kosovo
Latvia|Letland|Lettland|Lettonie|Letonia
Lebanon|Libanon|Liban|Líbano
Libya|Libië|Libyen|Libye|Libia
Lithuania|Litouwen|Litauen|Lituanie|Lituania
Luxembourg|Luxemburg|Luxemburgo
Malaysia|Maleisië|Malaisie|Malasia
Mexico|Mexiko|Mexique|México|Méjico
Moldova|Moldavië|Moldavie|Moldavia
Morocco|Marokko|Maroc|Marruecos
Myanmar|Birma|Birmanie|Birmania
Netherlands|The Netherlands|Nederland|Niederlande|Niederlanden|Pays-Bas|Países Bajos|Holland
|Holanda|Hollande
New Zealand|Nieuw-Zeeland|Neuseeland|Nouvelle-Zélande|Nueva Zelanda
Nigeria
North Korea|Noord-Korea|Nordkorea|Corée du Nord|Corea del Norte
Norway|Noorwegen|Norwegen|Norvège|Noruega
Pakistan|Pakistán
Palestine|Palestina|Palästina|Palestinian Territories
Peru|Pérou|Perú
Philippines|Filipijnen|Philippinen|Filipinas
Poland|Polen|Pologne|Polonia
Portugal
Romania|Roemenië|Rumänien|Roumanie|Rumanía
Russia|Rusland|Russland|Rußland|Russie|Rusia|Russian Federation
Saudi Arabia|Saoedi-Arabië|Saudi-Arabien|Arabie saoudite|Arabia Saudí|Arabia Saudita
Scotland|Schotland|Schottland|Écosse|Escocia
Serbia|Servië|Serbien|Serbie
Singapore|Singapur|Singapour
Slovakia|Slowakije|Slowakei|Slovaquie|Eslovaquia
Slovenia|Slovenië|Slowenien|Slovénie|Eslovenia
Somalia|Somalië|Somalie
South Africa|Zuid-Afrika|Südafrika|Afrique du Sud|Sudáfrica
South Korea|Zuid-Korea|Südkorea|Corée du Sud|Corea del Sur
Spain|Spanje|Spanien|Espagne|España
Sudan|Soedan|Soudan|Sudán
Suriname|Surinam
Sweden|Zweden|Schweden|Suède|Suecia
Switzerland|Zwitserland|Schweiz|Suisse|Suiza
Syria|Syrië|Syrien|Syrie|Siria
Taiwan|Taiwán|Taïwan
Thailand|Thaïlande|Tailandia
Tunisia|Tunesië|Tunesien|Tunisie|Túnez
Turkey|Türkiye|Turkije|Türkei|Turquie|Turquía
Ukraine|Oekraïne|Oekraine|Ucrania|Ucraina
United Arab Emirates|UAE|VAE|Verenigde Arabische Emiraten|Émirats arabes unis
|Emiratos Árabes Unidos
United Kingdom|UK|U.K.|VK|Verenigd Koninkrijk|Vereinigtes Königreich|Royaume-Uni|Reino Unido
|Great Britain|Britain|Groot-Brittannië|Großbritannien|Grande-Bretagne|Gran Bretaña
United States|US|U.S.|USA|U.S.A.|VS|EEUU|EE.UU.|EE. UU.|United States of America|Verenigde Staten
|Vereinigte Staaten|Vereinigten Staaten|États-Unis|Etats-Unis|Estados Unidos|America|Amerika
Venezuela
Vietnam|Viet Nam|Viêt Nam
Wales|Pays de Galles|Gales
Yemen|Jemen|Yémen
Amsterdam|Ámsterdam
Antwerp|Antwerpen|Anvers|Amberes
Athens|Athene|Athen|Athènes|Atenas
Beijing|Peking|Pékin|Pekín
Berlin|Berlijn|Berlín
Brussels|Brussel|Brüssel|Bruxelles|Bruselas
Cairo|Caïro|Kairo|Le Caire|El Cairo
Cologne|Köln|Keulen|Colonia
Copenhagen|Kopenhagen|Copenhague
Crimea|Krim|Crimée
Damascus|Damaskus|Damas|Damasco
Donbas|Donbass
Flanders|Vlaanderen|Flandern|Flandre
Florence|Firenze|Florenz|Florencia
Gaza|Gaza Strip|Gazastrook|Gazastreifen|Bande de Gaza|Franja de Gaza
Geneva|Genève|Genf|Ginebra
The Hague|Den Haag|La Haye|La Haya|'s-Gravenhage
Istanbul|Estambul
Jerusalem|Jeruzalem|Jérusalem|Jerusalén
Kyiv|Kiev|Kiew|Kyjiw
Lisbon|Lissabon|Lisbonne|Lisboa
London|Londen|Londres
Milan|Milaan|Mailand|Milano|Milán
Moscow|Moskou|Moskau|Moscou|Moscú
Munich|München
New York|Nueva York|New York City|NYC
Paris|Parijs|París
Prague|Praag|Prag|Praga
Rome|Roma
Tehran|Teheran|Téhéran|Teherán
Tokyo|Tokio
Vienna|Wenen|Wien|Vienne|Viena
Warsaw|Warschau|Varsovie|Varsovia
West Bank|Westelijke Jordaanoever|Westjordanland|Cisjordanie|Cisjordania
"""

_BODIES: Final = """
NATO|NAVO|OTAN|N.A.T.O.|North Atlantic Treaty Organization|Noord-Atlantische Verdragsorganisatie
European Union|EU|E.U.|UE|Europese Unie|Europäische Union|Europäischen Union|Union européenne
|Unión Europea
European Commission|Europese Commissie|Europäische Kommission|EU-Kommission|Commission européenne
|Comisión Europea
European Parliament|Europees Parlement|Europaparlament|Europäisches Parlament|Parlement européen
|Parlamento Europeo|Eurocámara
European Central Bank|ECB|EZB|Europese Centrale Bank|Europäische Zentralbank
|Banque centrale européenne|Banco Central Europeo
Federal Reserve|Fed|Réserve fédérale|Reserva Federal
United Nations|UN|U.N.|VN|ONU|UNO|Verenigde Naties|Vereinte Nationen|Vereinten Nationen
|Nations unies|Naciones Unidas
World Bank|Wereldbank|Weltbank|Banque mondiale|Banco Mundial
IMF|FMI|IWF|International Monetary Fund|Internationaal Monetair Fonds
|Internationaler Währungsfonds|Fonds monétaire international|Fondo Monetario Internacional
WHO|OMS|World Health Organization|Wereldgezondheidsorganisatie|Weltgesundheitsorganisation
|Organisation mondiale de la santé|Organización Mundial de la Salud
WTO|OMC|World Trade Organization|Wereldhandelsorganisatie|Welthandelsorganisation
International Criminal Court|ICC|Internationaal Strafhof|Internationaler Strafgerichtshof
|Cour pénale internationale|Corte Penal Internacional
Red Cross|Rode Kruis|Rotes Kreuz|Croix-Rouge|Cruz Roja
White House|Witte Huis|Weißes Haus|Weißen Haus|Maison-Blanche|Maison Blanche|Casa Blanca
Supreme Court|Hooggerechtshof|Oberster Gerichtshof|Cour suprême|Tribunal Supremo|Corte Suprema
Tweede Kamer|House of Representatives of the Netherlands
Eerste Kamer
Bundestag|Deutscher Bundestag|Deutschen Bundestag
Bundesrat
El País
Le Monde
Islamic State|ISIS|ISIL|Islamitische Staat|Islamischer Staat|État islamique|Estado Islámico|Daesh
Hezbollah|Hizbollah|Hezbolá|Hisbollah
Houthis|Houthi|Huthi|Huthis|Hutíes
COVID-19|COVID|Covid|Covid-19|Coronavirus
"""

_PEOPLE: Final = """
Zelensky|Zelenskyy|Zelenskiy|Zelenski|Selenskyj|Selenski|Zelens'kyj
Putin|Poutine|Poetin
Netanyahu|Netanjahu|Nétanyahou|Netanyahou
Erdogan|Erdoğan
Orbán|Orban
Khamenei|Chamenei|Jamenei
Lavrov|Lawrow
Navalny|Nawalny|Navalni|Navalnyj
Lukashenko|Loekasjenko|Lukaschenko|Loukachenko
Gorbachev|Gorbatsjov|Gorbatschow|Gorbatchev|Gorbachov
Xi Jinping
Kim Jong-un|Kim Jong Un
Mohammed bin Salman|MBS
"""


@cache
def known() -> dict[str, str]:
    """Every form, as ``form`` makes it, to the name that is shown."""
    forms: dict[str, str] = {}
    for line in f"{_PLACES}{_BODIES}{_PEOPLE}".replace("\n|", "|").split("\n"):
        name, *others = line.split("|")
        for written in (name, *others) if name else ():
            forms[form(written)] = name
    return forms


def form(written: str) -> str:
    """A name as it is looked up: folded, but short capitals stay capitals."""
    bare = written.replace(".", "").replace(" ", "") if "." in written else written
    if bare.isupper() and len(bare) <= 6:
        return bare
    return key(written)
