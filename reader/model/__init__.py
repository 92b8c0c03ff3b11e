"""The words of the house, as frozen records that every room shares.

source    where articles come from: a folder on disk, a web feed
feed      one titled stream of articles, a row of the feed list
category  a group of feeds in the feed list (an OPML outline)
article   one thing to read; its state is unread or read, starred or not, hidden or not
headline  the row of an article in a list: what is drawn without opening it
tag       a label on an article: given (front matter, feed), user (typed here), derived
query     text in the filter language; a smart feed is a saved query in the feed list
rule      a query and an action
story     the articles of several outlets about one event
change    one thing that happened to the library, as data
library   the database and the one object that the heads talk to
"""

from __future__ import annotations
