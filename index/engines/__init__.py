"""The engines: `memory` defines what a search means, `whoosh` is the default."""
