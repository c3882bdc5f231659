"""The tables of the archive file, and the words of their columns.

articles, removed, versions, vanished        what we hold, told by revision
stories                                      which articles are copies of one another
pages, hosts, sites, site_hosts, url_shapes  the frontier: which addresses are known, their state
runs                                         what each crawl did
tombstones, redactions                       what was removed for good, and must not come back
"""

from __future__ import annotations

from enum import StrEnum


class PageState(StrEnum):
    """What became of an address; `refused` and `failed` come with a reason."""

    WAITING = "waiting"
    DONE = "done"
    REFUSED = "refused"
    FAILED = "failed"
    MOVED = "moved"
    GONE = "gone"


class PageKind(StrEnum):
    """What an address turned out to hold; robots.txt files are in no table."""

    UNKNOWN = ""
    ARTICLE = "article"
    OTHER = "other"
    SITEMAP = "sitemap"
    FEED = "feed"
    ROBOTS = "robots"


STORIES = """
-- The copies of a story (`crawl.archive.stories`). moment: when an article appeared; first: its
-- first revision; sketch: the smallest numbers of its runs of words; head: the key of the story's
-- earliest article, '' for one without copies; revision: when that was last another one.
create table stories (
    key text primary key, moment text not null, first integer not null, sketch blob not null,
    head text not null default '', revision integer unique) without rowid;
create unique index stories_moment on stories (moment, first);
create index stories_head on stories (head) where head != '';
"""

TABLES = """
create table meta (name text primary key, value text not null) without rowid;

-- digest: of title and body, to find copies; checksum: of all columns, to find damage.
create table articles (
    key text primary key, revision integer not null unique, url text not null,
    title text not null, body text not null, date text not null, author text not null,
    source text not null, section text not null, language text not null, modified text not null,
    canonical text not null, image text not null, tags text not null, digest blob not null,
    checksum blob not null);
create index articles_digest on articles (digest);
create index articles_source on articles (source, date);

create table removed (key text primary key, revision integer not null unique) without rowid;

create table versions (
    key text not null, version integer not null, replaced text not null, article text not null,
    checksum blob not null, primary key (key, version)) without rowid;

create table vanished (key text primary key, since text not null) without rowid;

-- priority: 0 starts, sitemaps and feeds, 1 pages. discovered_from: the key of the page or listing
-- that named the address first; new_links: how many addresses were first named by this one.
-- lastmod: when a listing (listed_by, its key) says it last changed, UTC; relisted: a listing says
-- that it changed since our visit. redirects: hops that led here.
-- due: Unix seconds before which it is not fetched. interval: seconds after its visit until it is
-- worth another.
create table pages (
    key text primary key, url text not null, site text not null, host text not null,
    depth integer not null, priority integer not null, kind text not null default '',
    state text not null default 'waiting', reason text not null default '',
    lastmod text not null default '', listed_by text not null default '',
    relisted integer not null default 0,
    redirects integer not null default 0, attempts integer not null default 0,
    due real not null default 0, fetched real not null default 0, checks integer not null default 0,
    status integer not null default 0, etag text not null default '',
    last_modified text not null default '', digest blob not null default x'',
    discovered_from text not null default '', new_links integer not null default 0,
    interval real not null default 900);
create index pages_waiting on pages (site, host, priority, lastmod desc, depth)
    where state = 'waiting';
create index pages_postponed on pages (site, due) where state = 'waiting' and due > 0;
create index pages_site on pages (site, state, kind);

-- host is an origin (scheme://name:port). distrusted: its 304 or ETag once hid a change.
create table hosts (
    host text primary key, robots text not null, robots_status integer not null,
    robots_fetched real not null, distrusted integer not null default 0) without rowid;

-- run_started: when the run under way began, in Unix seconds; 0 once it ended in order.
create table sites (site text primary key, run_started real not null) without rowid;

-- The hosts that belong to a site: the one it was started with and those that it moved to.
create table site_hosts (site text not null, name text not null, primary key (site, name))
    without rowid;

-- Spider traps: what visits of one shape of address gave (`crawl.frontier.spider_traps`).
create table url_shapes (
    site text not null, shape text not null, productive integer not null,
    unproductive_streak integer not null, since_last_article integer not null,
    primary key (site, shape)) without rowid;

create table runs (
    id text primary key, started text not null, ended text not null, report text not null)
    without rowid;
"""

# Tables that a file may lack which was made before them: they are added when it is opened.
ADDED_TABLES = """
create table if not exists tombstones (
    key text primary key, url text not null, removed text not null, reason text not null)
    without rowid;
-- What is left out of an article: not the text, but how long it is and a salted digest of it.
create table if not exists redactions (
    key text not null, length integer not null, salt blob not null, digest blob not null,
    primary key (key, digest)) without rowid;
"""
ALL_TABLES = TABLES + STORIES
# What makes a file of the present format of one of an older format.
UPGRADES = {2: "drop table signatures;\ndrop table copies;\n" + STORIES}
