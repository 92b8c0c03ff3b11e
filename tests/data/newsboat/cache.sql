-- The cache of newsboat 2.21 after a first reload, two articles read, one of them deleted.
BEGIN TRANSACTION;
CREATE TABLE google_replay (  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,  guid VARCHAR(64) NOT NULL,  state INTEGER NOT NULL,  ts INTEGER NOT NULL );
CREATE TABLE metadata (  db_schema_version_major INTEGER NOT NULL,  db_schema_version_minor INTEGER NOT NULL );
INSERT INTO "metadata" VALUES(2,11);
CREATE TABLE rss_feed (  rssurl VARCHAR(1024) PRIMARY KEY NOT NULL,  url VARCHAR(1024) NOT NULL,  title VARCHAR(1024) NOT NULL , lastmodified INTEGER(11) NOT NULL DEFAULT 0, is_rtl INTEGER(1) NOT NULL DEFAULT 0, etag VARCHAR(128) NOT NULL DEFAULT '');
INSERT INTO "rss_feed" VALUES('https://feeds.example.org/podcast.rss','https://pod.example.org/','De Lange Adem',0,0,'');
INSERT INTO "rss_feed" VALUES('https://feeds.example.org/planet.atom','https://planet.example.org/','Planet Example',0,0,'');
INSERT INTO "rss_feed" VALUES('https://feeds.example.org/headlines.rdf','https://rdf.example.org/','Café Nieuws',0,0,'');
CREATE TABLE rss_item (  id INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,  guid VARCHAR(64) NOT NULL,  title VARCHAR(1024) NOT NULL,  author VARCHAR(1024) NOT NULL,  url VARCHAR(1024) NOT NULL,  feedurl VARCHAR(1024) NOT NULL,  pubDate INTEGER NOT NULL,  content VARCHAR(65535) NOT NULL, unread INTEGER(1) NOT NULL , enclosure_url VARCHAR(1024), enclosure_type VARCHAR(1024), enqueued INTEGER(1) NOT NULL DEFAULT 0, flags VARCHAR(52), deleted INTEGER(1) NOT NULL DEFAULT 0, base VARCHAR(128) NOT NULL DEFAULT '');
INSERT INTO "rss_item" VALUES(1,'https://pod.example.org/afleveringen/11','Aflevering 11','','https://pod.example.org/afleveringen/11','https://feeds.example.org/podcast.rss',1793768400,'Regel één
Regel twee',1,'','',0,NULL,0,'');
INSERT INTO "rss_item" VALUES(2,'adem-12','Aflevering 12: <i>De rivier</i> &amp; de stad','','https://pod.example.org/afleveringen/12','https://feeds.example.org/podcast.rss',1794373200,'<p>Over de rivier.</p><p>Met <a href="shownotes">notities</a>.</p>',0,'https://cdn.example.org/12.mp3','audio/mpeg',0,'sx',0,'');
INSERT INTO "rss_item" VALUES(3,'tag:planet.example.org,2026:2','No source, no author','','https://planet.example.org/feed/two.html','https://feeds.example.org/planet.atom',1795082400,'1 < 2',0,'','',0,NULL,1,'https://planet.example.org/feed/');
INSERT INTO "rss_item" VALUES(4,'tag:blog.example.net,2026:1','Writing <b> in HTML','','https://blog.example.net/posts/one.html','https://feeds.example.org/planet.atom',1795165200,'<div xmlns="http://www.w3.org/1999/xhtml"><p>Use <code>&lt;b&gt;</code><br/><img src="b.png" alt="a &quot;b&quot;"/></p></div>',1,'one.mp4','video/mp4',0,NULL,0,'images/');
INSERT INTO "rss_item" VALUES(5,'https://rdf.example.org/1','Eén kop','Klaas','https://rdf.example.org/1','https://feeds.example.org/headlines.rdf',1793520000,'<p>Tekst</p>',1,'','',0,NULL,0,'');
ANALYZE "sqlite_master";
CREATE INDEX idx_rssurl ON rss_feed(rssurl);
CREATE INDEX idx_guid ON rss_item(guid);
CREATE INDEX idx_feedurl ON rss_item(feedurl);
CREATE INDEX idx_lastmodified ON rss_feed(lastmodified);
CREATE INDEX idx_deleted ON rss_item(deleted);
COMMIT;
