"""newsreader: a terminal reader for people who read news over SSH all day.

The map of the house. Imports only go down; rooms on one level never meet
(``pyproject.toml`` holds this as import-linter contracts).

==========  =====  ==============================================================
room        level  what it owns
==========  =====  ==============================================================
__main__     10    composition root: picks a head, builds the Library, runs it
tui           9    the screen: draws what the library says, asks it to act
cli           9    headless commands; stdout is data, stderr is talk
library       8    THE ONE DOOR: every verb a user has
update        7    brings news in: decide (pure), clean (raw to safe), engine
sources       6    bytes to RawArticle: folders, feeds, OPML, newsboat's files
storage       6    the only package that says SQLite
net           5    the only package that opens a socket
rules         4    pure: query + action to marks on an article
stories       4    pure: which articles cover the same event
keys          4    pure: presets, a person's own keys, and what cannot be of them
query         3    the filter language: text to tree, tree x article to bool
commands      3    every user command once: id, title, help, key
config        3    settings from TOML
opening       3    which program takes a link, a file or an article, and how it is run
paths         3    where settings and library are kept
model         2    frozen records (msgspec Structs); the glossary is its docstring
text          1    hostile strings in, SafeText out
welcome       -    the articles that a new library opens on; no code
==========  =====  ==============================================================
"""

__version__ = "0.1.0"
