"""The tables of the archive file, in one place.

articles, removed, versions, vanished   what we hold, told by revision
pages, hosts, sites, members, shapes    the frontier: which addresses are known, and their state
runs                                    what each crawl did
"""

TABLES = """
create table meta (name text primary key, value text not null) without rowid;

create table articles (
    key text primary key, revision integer not null unique, url text not null,
    title text not null, body text not null, date text not null, author text not null,
    source text not null, section text not null, language text not null, modified text not null,
    canonical text not null, image text not null, tags text not null, digest blob not null);
create index articles_digest on articles (digest);
create index articles_source on articles (source, date);

create table removed (key text primary key, revision integer not null unique) without rowid;

create table versions (
    key text not null, version integer not null, replaced text not null, article text not null,
    primary key (key, version)) without rowid;

-- duplicates: a MinHash signature of each body, and of each copied story's articles the earliest.
create table signatures (key text primary key, signature blob not null) without rowid;
create table copies (key text primary key, earliest text not null) without rowid;
create index copies_earliest on copies (earliest);

create table vanished (key text primary key, since text not null) without rowid;

-- state: waiting, done, refused (reason), failed (reason), moved, gone.
-- rank: 0 starts, sitemaps and feeds, 1 pages. hint: when a listing says it last changed (UTC).
-- told: a listing says that it changed since our visit.
-- interval: seconds after its visit until it is worth another.
-- due: Unix seconds before which it is not fetched. found: addresses first discovered through it.
create table pages (
    key text primary key, url text not null, site text not null, host text not null,
    depth integer not null, rank integer not null, kind text not null default '',
    state text not null default 'waiting', reason text not null default '',
    hint text not null default '', listed_by text not null default '',
    told integer not null default 0,
    hops integer not null default 0, attempts integer not null default 0,
    due real not null default 0, fetched real not null default 0, checks integer not null default 0,
    status integer not null default 0, etag text not null default '',
    last_modified text not null default '', digest blob not null default x'',
    via text not null default '', found integer not null default 0,
    interval real not null default 900);
create index pages_waiting on pages (site, host, rank, hint desc, depth) where state = 'waiting';
create index pages_postponed on pages (site, due) where state = 'waiting' and due > 0;
create index pages_site on pages (site, state, kind);

-- host is an origin (scheme://name:port). distrusted: its 304 or ETag once hid a change.
create table hosts (
    host text primary key, robots text not null, robots_status integer not null,
    robots_fetched real not null, distrusted integer not null default 0) without rowid;

-- begun: when the run under way began, in Unix seconds; 0 once it ended in order.
create table sites (site text primary key, begun real not null) without rowid;

-- The hosts that belong to a site: the one it was started with and those that it moved to.
create table members (site text not null, name text not null, primary key (site, name))
    without rowid;

-- How often addresses of one shape gave nothing new, in a row: calendars and the like.
create table shapes (
    site text not null, shape text not null, fruitful integer not null, barren integer not null,
    dry integer not null, primary key (site, shape)) without rowid;

create table runs (
    id text primary key, started text not null, ended text not null, report text not null)
    without rowid;
"""
