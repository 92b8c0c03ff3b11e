"""Word lists behind derived tags: what is never a topic, what people are called, subjects.

Lists hold folded forms (``reader.text.words.key``); languages share one list, since a
word that is never a name in one of them is rarely one in another.
"""

from functools import cache
from typing import Final

_FUNCTION_WORDS: Final = """
a about above across actually after again against ago all almost along already also although
always am amid among an and another any anyone anything are around as ask at away back be because
been before behind being below besides best better between beyond both but by can cannot could
currently despite did do does doing done down due during each earlier either else enough
especially even ever every everyone everything except far few finally first five following for
four from further get give given gives giving go going good got great had half has have having he
her here hers him his hopefully how however i if in including indeed inside instead into is it its
itself just keep last lastly later least less let like likely little ll long look looking made
make makes making many may maybe me meanwhile might mine more moreover most much must my near
nearly need neither never nevertheless new next nine no nobody none nor not nothing now of off
often oh ok okay old on once one only or other others otherwise our ours out outside over own per
perhaps please plus possibly previous previously put quite rather re really recent recently right
said same saw say says second see seem seems seen set seven several shall she should similarly
simply since six so some someone something sometimes somewhere soon still such take taken takes
tell ten than thanks that the their theirs them then there therefore these they thing things third
this those though three through throughout thus till to today together tomorrow tonight too took
toward towards try two under unfortunately unless unlike until up upon us use used using usually
ve very via want was way we well went were what whatever when whenever where whereas wherever
whether which while who whoever whom whose why will with within without would wow yes yesterday
yet you your yours yourself don't didn't doesn't isn't it's i'm we're they're you're that's
there's what's let's can't won't we've i've we'll i'll he's she's who's here's aan aangezien
achter af al aldus alle alleen alles als altijd ander andere anders anderen beetje begin beide
beiden bent betreft bij bijna bijvoorbeeld binnen boven bovendien buiten daar daarbij daardoor
daarmee daarna daarnaast daarom daarop dan dank dat de deze dezelfde die dit doch doe doen doet
door dus echt echter een eens eenmaal eerder eerst eerste eigen eigenlijk elk elke en enige enkele
er eraan erg ergens erin ermee ervan evenals ga gaan gaat geeft geen gehad geval geven geweest
gewoon hadden heb hebben hebt heeft heel helaas hem hen het hier hierbij hierdoor hij hoe hoeveel
hoewel hun ik inderdaad ineens inmiddels intussen ja je jij jou jouw juist jullie kan kon konden
krijgen krijgt kun kunnen kunt laat laatste laten liever maar maken maakt mee meer meest meestal
men met mij mijn min minder misschien moest moet moeten mogelijk mogen mocht na naar naast
natuurlijk nee neem nergens net niemand niet niets niettemin nieuw nieuwe nog nogal nooit nou nu
nul ofwel om omdat onder ondanks ondertussen ongeveer ons onze ook op opnieuw overal overigens pas
precies reeds rond samen sinds slechts soms sommige sommigen steeds straks te tegen tenslotte ter
terug terwijl tevens tijdens toch toen tot totdat trouwens tussen twee tweede u uit uiteindelijk
uiteraard uw vaak van vanaf vanavond vandaag vandaar vanwege vanuit veel ver verder vlak voor
vooral voordat vooruit vorig vorige vrij waar waarbij waardoor waarin waarmee waarna waarom
waaronder waarschijnlijk wanneer waren wat weer weg wegens wel welk welke wellicht werd werden wie
wij wil wilden willen word worden wordt zal ze zeer zeg zegt zei zelf zelfs zich zie zien ziet zij
zijn zo zoals zodat zodra zoiets zonder zou zouden zowel zullen zulke ab aber allem allen aller
allerdings anderer ansonsten auch auf aus ausserdem bald bei beim bereits besonders besser bin bis
bisher bist da dabei dadurch dafur dagegen daher damals damit danach dann daran darauf darf darin
daruber darum das dass davon dazu dein deine dem den denen denn dennoch der deren des deshalb
dessen dich dies diese diesem diesen dieser dieses dir dort du durch durfen eher eigentlich ein
eine einem einen einer eines einfach einige einigen einiger einmal erst erste ersten es etwa etwas
euch euer fast ferner folgende fur ganz gar gegen gegenuber genau gerade gern gibt gilt gleich
habe haben hat hatte hatten heute hin hinter ich ihm ihn ihnen ihr ihre ihrem ihren ihrer im immer
indem ins insgesamt ist jede jedem jeden jeder jedes jedoch jemand jene jener jetzt kann kaum kein
keine keinem keinen keiner konnen konnte konnten lassen laut liegt machen macht mal man manche
mehr mein meine meisten mich mir mit mittlerweile mochte morgen muss mussen musste nach nachdem
nachste naturlich neben nein neue neuen nicht nichts nie noch nun nur ob oder offenbar oft ohne
schon sehr sei seien sein seine seinem seinen seiner seit seitdem selbst sich sicher sie sind
sobald sogar solche soll sollen sollte sollten somit sondern sonst sowie statt trotz trotzdem uber
uberhaupt um und uns unser unsere unseren unter viel viele vielen vielleicht vom von vor wahrend
wann war warum wegen weil weiter weitere weiteren welche welcher wenig wenige weniger wenn wer
wieder wir wird wirklich wo wobei wohl wollen wollte wurde wurden wurdet zu zudem zum zur zuvor
zwar zwei zwischen afin ailleurs ainsi alors apres aucun aucune aujourd'hui aussi aussitot autant
autre autres aux avait avant avec avoir beaucoup bien bientot c'est ca car ce ceci cela celle
celles celui cependant certain certaine certains ces cet cette ceux chaque chez combien comme
comment contre d'abord dans davantage deja depuis dernier derniere deux dernierement desormais
deuxieme donc dont durant elle elles encore enfin ensuite entre est et etaient etait ete etre eu
eux faire fait faut fois font grace hors il ils ici j'ai jamais jusqu'a jusque l'un la laquelle le
lequel les lesquels leur leurs lors lorsque lui ma mais malgre meme memes mes mieux moi moins mon
n'est ne ni nombreux non nos notamment notre nous nouveau nouvelle ont ou outre par parce parfois
parmi partout pendant personne peu peut peut-etre plusieurs plutot pour pourquoi pourtant pouvoir
premier premiere pres presque puis puisque qu'il qu'elle qu'on quand quant que quel quelle quelles
quelque quelques quels qui quoi rien sa sans sauf se selon sera ses seul seule seulement si sinon
soit son sont sous souvent sur surtout ta tandis tant tel telle tellement tels tes toi ton
toujours tous tout toute toutefois toutes tres trois trop tu un une va vers voici voila vos votre
vous vraiment y acerca ademas ahi ahora algo alguien algun alguna algunas alguno algunos alli
ambos ante anterior antes aquel aquella aquellos aqui asi aun aunque ayer bajo bastante buen buena
cada casi como con contra cual cuales cualquier cuando cuanto cuatro dado del dentro desde despues
detras donde dos durante e el ella ellas ello ellos embargo entonces era eran eres esa esas ese
eso esos esta estaba estaban estado estan estar estas este esto estos fin fue fuera fueron gracias
ha haber habia habian hace hacen hacer hacia han hasta hay hoy igual incluso las lo los luego mas
mediante mejor menos mi mientras mis misma mismo mucha muchas mucho muchos muy nada nadie ningun
ninguna nosotros nuestra nuestro nueva nuevo nunca o os otra otras otro otros para parece pero
poco pocos podemos podria por porque primer primera primero pronto pues puede pueden quien quienes
quiza quizas segun segunda segundo ser sido siempre sin sino sobre sola solo su sus tal tales
tambien tampoco tan tanta tanto tenemos tener tiene tienen toda todas todavia todo todos tras tus
una unas uno unos usted ustedes vamos varias varios vez veces ya yo anche ancora che come cosi cui
dal dalla dei della delle di dopo dove ed gli hanno ho inoltre io loro nel nella ogni oggi perche
piu poi prima quando quello questa questo secondo senza sono sua suo tra tutti ainda ao aos apos
ate com depois ela ele em essa esse isso muito nao nas num numa pela pelo quem sem seu tambem tem
uma
"""

_TIME_WORDS: Final = """
mondays tuesdays wednesdays thursdays fridays saturdays sundays monday tuesday wednesday thursday
friday saturday sunday mon tue tues wed thu thur thurs fri sat sun january february march april
may june july august september october november december jan feb mar apr jun jul aug sep sept oct
nov dec spring summer autumn fall winter christmas easter new year day week month century maandag
dinsdag woensdag donderdag vrijdag zaterdag zondag januari februari maart mei juni juli augustus
oktober lente zomer herfst kerst pasen montag dienstag mittwoch donnerstag freitag samstag
sonnabend sonntag januar februar marz mai dezember fruhling sommer herbst weihnachten ostern lundi
mardi mercredi jeudi vendredi samedi dimanche janvier fevrier mars avril juin juillet aout
septembre octobre novembre decembre lunes martes miercoles jueves viernes sabado domingo enero
febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre noel
navidad jahr jahre jahren jahrhundert tag tage tagen woche wochen monat monate monaten stunde
stunden minute minuten uhr zeit am pm a.m p.m bc ad bce ce cet cest gmt utc est edt pst pdt
"""

_DEMONYMS: Final = """
african american americans arab arabs asian asians australian australians austrian austrians
belgian belgians brazilian brazilians brit brits british britons bulgarian canadian canadians
catholic chinese christian christians communist conservative conservatives croatian cuban czech
danish democrat democratic democrats dutch egyptian english european europeans filipino finnish
french german germans greek greeks hindu hungarian indian indians indonesian iranian iranians
iraqi irish islamic islamist israeli israelis italian italians japanese jewish jews korean koreans
kurdish kurds latin latino lebanese liberal liberals marxist mexican mexicans muslim muslims nazi
nazis nigerian norwegian pakistani palestinian palestinians polish portuguese protestant
republican republicans roman romanian russian russians saudi scottish serbian socialist soviet
spaniard spanish sunni shia swedish swiss syrian syrians taiwanese thai turkish turks ukrainian
ukrainians venezuelan vietnamese welsh western westerners eastern northern southern afrikaans
afrikaanse amerikaan amerikaans amerikaanse amerikanen arabisch arabische australische aziatische
belg belgen belgisch belgische britse britten bulgaarse canadese chinees chinezen christelijke
deens deense duits duitse duitser duitsers egyptische engels engelse engelsen europees europese
europeanen finse frans franse fransen griekse hongaarse ierse indiase indonesische iraanse
israelisch israelische italiaans italiaanse japans japanse joden joods joodse koerden koerdische
koreaanse latijns mexicaanse moslim moslims nederlander nederlanders nederlands nederlandse noorse
oekraiens oekraiense oekrainers oostenrijkse palestijnen palestijnse polen pools poolse portugese
romeinse russen russisch russische saoedische schotse spaans spaanse syrische tsjechische turken
turkse vlaamse vlaming vlamingen westers westerse zweedse zwitserse amerikaner amerikanisch
amerikanische amerikanischen araber briten britische britischen chinesen chinesisch chinesische
chinesischen deutsche deutschen deutscher deutsches deutsch englisch europaer europaische
europaischen europaischer franzosen franzosische franzosischen italiener italienische juden
russischen spanische spanier turkische ukrainer ukrainische ukrainischen africain africaine
allemand allemande allemands americain americaine americains anglais anglaise arabe arabes belge
belges britannique britanniques canadien chinois chinoise espagnol espagnole europeen europeenne
europeens francais francaise francaises iranien iranienne israelien israelienne israeliens italien
italienne japonais juif juifs musulman musulmans palestinien palestiniens polonais portugais russe
russes suisse suisses turc turcs ukrainien ukrainienne ukrainiens alemana alemanes americana
americano britanica britanico catalan catalana china chino espanola espanoles espanol
estadounidense europea europeo europeos francesa frances ingles inglesa italiana italiano rusa
ruso rusos ucraniana ucraniano
"""

_ROLES: Final = """
acting ambassador analyst archbishop assistant attorney author bishop boss brigadier captain
cardinal ceo cfo chair chairman chairperson chairwoman chancellor chief cleric coach co-founder
colonel commander commissioner congressman congresswoman corporal councillor cto dame dean
democrat deputy detective dictator director doctor dr editor editor-in-chief emeritus engineer
envoy eu-commissioner ex-president exec executive finance foreign former founder gen general gov
governor head hon housing inspector interior journalist judge justice justices lady lawyer lead
leader lieutenant lord lt madam magistrate maj major manager mayor minister ministers mp mps mr
mrs ms miss officer official officials pm police premier president presidents president-elect
prime prof professor prosecutor rapporteur reporter rep representative representatives reverend
rev rt scientist sec secretary secretary-general sen senator senators sergeant sgt sheriff sir
speaker spokesman spokesperson spokeswoman st staff staffer superintendent supt treasurer trustee
vice vice-president warden aartsbisschop advocaat baas bestuurder bestuursvoorzitter bisschop
bondscoach bondskanselier burgemeester commissaris demissionair dhr directeur drs fractieleider
fractievoorzitter generaal gouverneur heer ing ir kamerlid kamervoorzitter kanselier koning
koningin luitenant meneer mevr mevrouw minister-president mw officier ombudsman onderzoeker
oud-minister oud-premier oud-president partijleider partijleiding president-directeur prins
prinses rechter schrijver secretaris secretaris-generaal staatssecretaris topman topvrouw trainer
vicepremier vicepresident vice-premier voorzitter vz wethouder woordvoerder woordvoerster
aussenminister aussenministerin bundesfinanzminister bundeskanzler bundeskanzlerin bundesminister
bundesministerin bundesprasident bundesprasidentin bundestagsprasidentin bundestrainer
burgermeister burgermeisterin chef chefin direktor direktorin finanzminister frau fraktionschef
generaldirektor generalsekretar geschaftsfuhrer gesundheitsminister herr herrn innenminister
innenministerin justizminister kanzler kanzlerin kanzleramtschef konig konigin ministerin
ministerprasident ministerprasidentin nato-generalsekretar oberburgermeister papst parteichef
parteichefin parteivorsitzende prasident prasidenten prasidentin premierminister premierministerin
regierungschef regierungschefin regierungssprecher sprecher sprecherin staatschef staatssekretar
us-prasident us-prasidenten verteidigungsminister verteidigungsministerin vizekanzler
vizeprasident vizeprasidentin vorsitzende vorsitzender vorstandschef wirtschaftsminister
wirtschaftsministerin chanceliere chancelier chefs commissaire depute deputee directrice garde
juge m maire maitre me ministre mgr mlle mme monsieur madame porte-parole premiere presidente
procureur professeur reine roi secretaire senateur senatrice alcalde alcaldesa canciller comisario
consejero coronel diputado diputada directora don dona entrenador expresidente fiscal gobernador
jefe juez ministra ministro papa portavoz presidenta primer primera reina rey secretario
secretaria senador senadora senor senora sr sra vicepresidenta vicepresidente
"""

_BOILERPLATE: Final = """
development about abstract account accounts acknowledgements actueel ad add address adresse ads
advertentie advertenties advertisement afbeelding afp agenda all-time also analyse analysis
announce announcement announcements announcing ansa anp anzeige anzeigen ap appendix apply archief
archiv archive archives aria article articles artikel auteur auteurs author authors available back
background beeld bekijk bericht berichten bijlage bild bilder blog blogs blogpost body breaking
bron bronnen bugfixes bug bugs button buy by-line c caption categories categorie categorieen
category chapter changelog check class click clip close code comment commentaire commentaires
comments compartir conclusie conclusion conclusions contact content contents contributors cookie
cookies copy copyright correction cover credit credits crate crates creditline data date datum
deel deelnemers default delen description details discover discussion documentation dofollow
donate door download downloads dpa draft edit edited edition editor's editorial efe eerdere email
e-mail end entry enlarge epa error event events example examples exclusive exclusief explained
explainer explore extra faq faqs featured feature features feed figure file files filter fix fixes
flash follow foto foto's fotos fotografie footer footnote form forum free from front full gallery
galerij galerie general gepubliceerd geplaatst getty github.com guide gratis handout headline
headlines help hello highlights hinweis home homepage how-to howto html.erb https http id iframe
illustratie illustration illustrations image images img in-app inbox inhoud index info infos
information inhalt inschrijven inside install installation interview intro introduction
introductie issue issues item items jobs join kategorie kategorien keywords klik kommentar
kommentare kop label labels lead leave lees lesen letter letters level licence license lid link
links list live livestream locatie location log login logo logout mail main mehr melding menu
merken message method misc module mode more name naam nav navigation news newsletter newsletters
newsroom nieuws nieuwsbrief note notes notitie notice notices nota number object ok online op-ed
open opinie opinion opmerking options order other overview overzicht page pagina pages panel
paragraph part partager participants password pdf pdfs people photo photo's photograph
photographer photos photographs picture pictures pixabay plan play plus podcast podcasts point
points policy popular post posted posts pr press preview previous prices print privacy problem
product products programma program profile project projects promo promoted properties ps public
published publie publication publisher punt qr quelle question questions quick quote rating read
reactie reacties readers reading readme read-only recensie recommended redactie redaccion
redaction redaktion reference references register related release released releases remarks reply
report reports reprint request required resource resources responses result results return reuters
review reviews rss rt sample save scan schedule screenshot screenshots scroll search section
sections see sessions series settings share shares shutterstock sign signup site sitemap skip
slides smartphone sneak source sources speakers special sponsor sponsored sponsoren sponsors
sprekers start state statement status step steps stock stories story style subject submit
subscribe subscription subscriptions summary sync support suivre table tag tags task tasks tba tbc
tbd team teams template terms text test thank thread threads tickets time title titel tip tips
todo toevoegen tool tools top topic topics total track tracking transcript trending tweet tweets
twitter.com type uitgelicht uncategorized unsplash untitled update updated updates upgrade url
user username users value values var vers version versions verslag video videos videobeelden view
views visit vimeo volg volgende voorwoord voter vote votes voeg warning web webinar website weekly
welcome welkom foundation council tier hands call action board committee group groups working
directors director member members session service services company office department centre center
association institute university school college club hotel restaurant street road park city town
states county district region zone levels parts lists types kind agency authority bureau cabinet
government ministry parliament republic kabinet ministerie overheid parlement raad regering
republiek staat gemeente provincie behorde gemeinde ministerium parlament regierung republik
bundesregierung gouvernement ministere republique etat assemblee gobierno ministerio parlamento
republica congreso senado ayuntamiento pauze ontvangst recap getting started browser browsers
command taal nederlandstalige vlaams retrospective disclaimer disclaimers talk talks conference
meetup meetups congres congress summit whatsapp widget wiki window workshop workshops x year
zoeken zoom lightbox slideshow sidebar screen url's aanmelden aanmelding activiteit activiteiten
bijeenkomst bijeenkomsten borrel dagvoorzitter inschrijving jaarverslag kosten leden
ledenvergadering lidmaatschap notulen presentatie presentaties route spreker stemming tijd tijden
toegang vereniging vergadering verslagen vacature vacatures voorstel voorstellen vraag vragen
antwoord antwoorden actualite actualites aide ailleurs annonce annonces auteure avis billet
connexion contenu dossier echanges infographie lecture lire mention mentions mise partage
publicite publicites rubrique sommaire sujet telecharger titre voir actualidad actualizado anuncio
anuncios articulo articulos ayuda buscar comentario comentarios contenido contrasena enlace
enlaces fuente fuentes galeria iniciar leer noticia noticias publicado publicidad seguir sesion
suscribete suscripcion tema temas titulo ultima ultimas ver abonnieren aktuell aktualisiert
anmelden autor autoren bildquelle datenschutz impressum inhalte nachricht nachrichten quellen
seite seiten startseite teilen thema themen uberblick weiterlesen werbung
"""

_GERMAN_NOUNS: Final = """
abend abschnitt absicht abstand aktion alltag alter angabe angaben angebot angriff anfang anfrage
anlass ansicht anspruch anteil antrag antwort anzahl arbeit art aufgabe aufgaben auftrag auge
augen ausdruck ausgabe aussage aussagen auswahl basis bedeutung bedingung bedingungen beginn
beispiel beispiele beitrag beitrage bereich bereiche bericht berichte berichten bestimmung
bewegung bezug bezeichnung blick brief buch chance dank darstellung datum dauer ding dinge druck
durchschnitt ebene ecke effekt eindruck einsatz ende ergebnis ergebnisse erfahrung erfahrungen
erfolg erklarung fall falle familie fehler feld folge folgen forderung form fortschritt frage
fragen frauen freund freunde freiheit fuhrung funktion gebiet gedanke gefahr gefuhl gegenteil geld
gelegenheit generation gesamtheit gesellschaft gesetz gesetze gesicht gesprach gesprache gewalt
gewinn glaube gott grad grenze grenzen grosse grund grunde grundlage gruppe gruppen halfte hand
hande handlung hauptsache haus heute hilfe himmel hinsicht hinweise hoffnung hohe idee ideen
inhaber initiative interesse interessen kampf kenntnis kind kinder klasse konzept kopf korper
kosten kraft kritik kunde kunden lage land lander landes laufe leben lehrer leitung leser leute
liebe linie liste losung losungen macht mal mangel mann manner markt mass massnahme massnahmen
maschine material mehrheit meinung menge mensch menschen methode milliarde milliarden million
millionen minderheit mitarbeiter mitglied mitglieder mitte mittel mittelpunkt moglichkeit
moglichkeiten moment mutter nacht name namen natur not nutzen nutzer ordnung ort orte partner
partei parteien person personen plan plane platz position praxis preis preise prinzip problem
probleme produkt produkte programm projekt projekte prozent prozess punkt punkte qualitat quelle
rahmen rand raum recht rechte rede reform regel regeln region regionen reihe reise reihenfolge
richtung rolle ruckkehr ruhe sache sachen satz schaden schicht schluss schritt schritte schuld
schule schutz seele sicht sinn situation sohn sorge spiel spiele sprache staat staaten stadt
stadte stand start stelle stellen stimme stimmen strasse struktur stuck studie suche system
systeme tatigkeit tat tatsache teil teile tisch titel tochter tod trend tur typ uberblick ubung
umfang umfrage umgebung umgang umstand umwelt unterschied unterschiede unternehmen unterstutzung
ursache vater verbindung verein verfahren verfugung vergangenheit vergleich verhaltnis
verhandlungen version versuch vertrag vertreter verwendung volk vorteil vorteile vorschlag wahl
wahrheit wand wasser weg wege weise welt werk wert werte wesen wirkung wissen wort worte woche
wunsch zahl zahlen zeichen zeiten zeitpunkt zeitraum zeitung ziel ziele zimmer zugang zukunft
zusammenarbeit zusammenhang zustand zweck zweifel euro dollar kilometer meter nutzung daten
antworten
"""


@cache
def stop_words() -> frozenset[str]:
    """Words that are no topic by themselves, whatever their capital."""
    listed = (_FUNCTION_WORDS, _TIME_WORDS, _DEMONYMS, _ROLES, _BOILERPLATE)
    return frozenset(word for words in listed for word in words.split())


@cache
def function_words() -> frozenset[str]:
    """Words that cannot begin or end a name, in any of the languages; times are among them."""
    return frozenset(f"{_FUNCTION_WORDS} {_TIME_WORDS}".split())


@cache
def roles() -> frozenset[str]:
    """What people are: words that stand before a name and are not part of it."""
    return frozenset(_ROLES.split())


@cache
def german_nouns() -> frozenset[str]:
    """German nouns that say nothing about an article."""
    return frozenset(_GERMAN_NOUNS.split())
