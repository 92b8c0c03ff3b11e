"""Common given names: what tells a person's name ("Mark Rutte") from any other ("White House")."""

from functools import cache
from typing import Final

_GIVEN_NAMES: Final = """
aaron abdul abdullah abigail adam adele adrian adriana agnes ahmad ahmed aisha alain alan albert
alberto alejandro aleksandr alessandro alex alexander alexandra alexandre alexandria alexei alexey
alfred ali alice alicia alison allison amanda amber amelia amir amit amy ana anders andre andrea
andreas andrei andres andrew andrey andy angel angela angelina ange anita anja ann anna anne
anneke annelies annemarie annette annie anthony antje antoine anton antonio antony anouk ari ariel
arjan arjen arno arnold art arthur arturo ashley astrid audrey august axel ayman barack barbara
barry bart bas bashar bastiaan beata beatrice beatriz ben benjamin benny bernard bernardo bernd
bernhard bernie bert beth bettina betty bianca bill billy birgit bjorn bob bobby boris boudewijn
bradley brad bram brandon brenda brian brigitte britney bruce bruno bryan caitlin camilla camille
candace carl carla carlo carlos carmen carol carolina caroline carolyn casey caspar catherine
cathy cecilia cedric celine cesar chad chantal charles charlie charlotte chelsea cheryl chloe
chris christian christiaan christina christine christoph christophe christopher chuck cindy claire
clara claude claudia claus clement cody colin connie conor corinne corine craig cristina cristiano
crystal curtis cynthia daan dale damian damien dan dana daniel daniela danielle danny daphne
darren dave david deborah debbie dean denis denise dennis derek desmond diana diane dick diederik
diego dieter dilan dimitri dirk dmitri dmitry dolores dominic dominik dominique don donald donna
doris dorothy doug douglas duncan dustin dylan eddie edith edmund eduardo edward edwin eelco
egbert eileen ekaterina elaine eleanor elena eli elias elise elizabeth elisabeth ella ellen
elliott elon els elsa emilia emilie emilio emily emma emmanuel eric erica erich erik erika ernest
ernesto ernst esther eugene eva evan evelyn ewout fabian fabio fatima federico felipe felix femke
ferdinand fernando fidel fiona florence florian floris fons frances francesco francis francisco
franck francois francoise frank frans frantisek franz fred freddie frederic frederick frederik
frits fritz gabriel gabriela gareth gary gavin geert gemma geoffrey george georg georges gerald
gerard gerd gerhard gerrit gert gertjan giancarlo gideon gilles gina giorgia giorgio giovanni
giulia giuseppe gisela glenn gloria gonzalo gordon grace graham grant greg gregor gregory greta
guido guillaume guillermo gunther gunter gustav gustavo guus guy gwen hadi hakan hamid hanna
hannah hannes hans hans-peter harald harold harriet harry harvey hasan hassan heather hector heidi
heike heiko hein heinrich heinz helen helena helene helga helmut hendrik henk henri henriette
henry herbert herman hermann hilary hilde hillary hiroshi holly horst howard hubert hugh hugo
humberto hussein ian ibrahim ignacio igor ilja ilse imran ines inge ingeborg ingmar ingrid irene
irina iris isaac isabel isabella isabelle ismail ivan ivana ivo jaap jack jackie jackson jacob
jacqueline jacques jaime jair jake jakob jakub james jamie jan jan-peter jana jane janet janice
janine janneke jared jason jasmine jasper javier jay jean jean-claude jean-francois jean-luc
jean-marc jean-marie jean-michel jean-paul jean-pierre jeanette jeanine jeanne jeff jeffrey jelle
jennifer jenny jens jeremie jeremy jerome jeroen jerry jesper jesse jessica jesus jill jim jimmy
jin jo joachim joan joanna joanne joao joaquin jochen joe joel joey johan johann johanna johannes
john johnny jolanda jon jonas jonathan jony joop joost jordi jordan jorge joris jorn jos jose
josef joseph josep josephine josh joshua joyce jozef juan juan-carlos juana jude judith judy jules
julia julian juliana julie julien juliet julio julius junichi jurgen jurriaan justin justine kaja
kamala karel karen karin karim karina karl karl-heinz karla karolina kasper kate katharina
katherine kathleen kathryn kathy katie katja katrin katy kay keanu keir keith kelly kelvin ken
kendra kenneth kerry kevin khalid khaled kim kirsten kirstjen klaas klaus koen konstantin kristen
kristian kristin kristina kristof krzysztof kurt kyle lars larry laura lauren laurence laurens
laurent lea leah leander lech lee leila lena lennart leo leon leonard leonardo leonie leroy leslie
lewis li liam lidia lieke lilian liliane lily linda lindsay lindsey linus lionel lisa lisette liz
lizzy lloyd lodewijk lois lorenzo loretta lothar lotte lou louis louisa louise luc luca lucas
lucia lucy ludwig luis luisa luiz lukas luke luuk lydia lynn maarten mads magnus mahmoud maik
malala malcolm malte mandy manfred manon manuel manuela marc marcel marcela marcello marcelo marco
marcos marcus margaret margarita margot margrethe marguerite maria mariah mariana marianne marie
marie-claire marijke marijn marilyn marine mario marion marisa marit marius mariusz marja marjan
marjolein mark marko markus marleen marlene marlies marloes marta martha martijn martin martina
martine marvin mary masha mateusz mathias mathieu mathilde matt matteo matthew matthias matthieu
matthijs mattias maud maureen maurice maurits mauro max maxime maximilian maya megan mehmet mel
melania melanie melinda melissa menno mercedes meredith mia michael michaela micheal michal michel
michele michelle michiel mick miguel mika mike mikhail mila milan mina miranda miriam mirjam mitch
mitt mo mohamed mohammad mohammed moira molly monica monika monique morgan moritz moses muhammad
mustafa myriam nadia nadine nancy naomi narendra natalia natalie natasha nathalie nathan neil
nelson nena nicholas nick nicola nicolaas nicolas nicole nicolae niels nigel niklas nikki nikol
nikola nikolai nikolas nils nina noah noam noel nora norbert norman nouri olaf oleg olga oliver
olivia olivier omar oscar oskar osama otto owen pablo pamela paola paolo pascal pat patricia
patrick patrik paul paula paulina pauline paulo pavel pedro peggy penelope penny pepe pete peter
petra phil philip philipp philippa philippe phillip pia piers pierre piet pieter pim piotr prem
quentin quincy rachel rafael rafal ralf ralph ramon ramona ramzan rand randy raphael raul ray
raymond rebecca recep regina reinhard reinier rem remco rene renate renee reza rhea ria ricardo
riccardo rich richard rick ricky rik rishi rita rob robbert robert roberta roberto robin rodney
rodrigo roel roeland roelof roger rogier roland rolf roman ron ronald ronnie roos rory rosa
rosalie rose rosemary ross rowan roy ruben rudi rudolf rudy rufus rupert russell ruth ryan sabine
sabrina saddam said sally salvador salvatore sam samantha samuel sander sandra sanna sanne sara
sarah sascha sasha saskia saul scott sean sebastian sebastiaan selena selma serena serge sergei
sergey sergio seth shane shannon sharon shaun shawn sheila shinzo shirley sibylle sigmar sigrid
silke silvia silvio simon simone sjaak sjoerd sofia sofie soledad sonia sonja sophia sophie soren
stacey stan stanislav stefan stefania stefanie stefano steffen stella sten stephan stephane
stephanie stephen steve steven stijn stuart sue sultan sunita susan susana susanna susanne suzan
suzanne sven svenja svetlana sylvia sylvie tamara tania tanja tara tatiana taylor ted teresa terry
tess tessa thea theo theodore theresa therese thierry thijs thom thomas thorsten tiffany tim timo
timothy tina tobias toby todd tom tomas tomasz tommy tony torsten tracy travis trevor tristan twan
ulrich ulrike umberto urs ursula uwe valentina valentin valeria valerie vanessa vera veronica
veronika veronique vicente vicky victor victoria viktor viktoria vincent vincenzo virginie vitali
vivian vladimir volodymyr volker walid wallace walter wanda warren wayne wendy werner wesley
whitney wilfried wilfred wilhelm willem will william willy wim winfried winston wiebe wolfgang
wopke wouter xander xavier xenia yanis yann yannick yasmin yasser yolanda yoko youssef yuri yves
yvette yvonne zoe zoran zhang niko raph bramus breandan krijn vasilis hidde peter-paul jelmer
bert-jan jean-yves ruud teun sjors murat ahmet fatma ayse yusuf omer tayyip
"""


@cache
def given_names() -> frozenset[str]:
    """Folded given names of the languages that news is read in here, and of many of its people."""
    return frozenset(_GIVEN_NAMES.split())
