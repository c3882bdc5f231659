"""The `opensearch:` engine: the same answers as `whoosh:` from a cluster of machines.

    engine      what `index.engine.Engine` asks, put together
    commit      updates, all or nothing: generations, checkpoint, rebuilding beside
    statistics  what scores are made of: counts and lengths, of one generation
    compile     a query tree as the cluster's query language
    mapping     what lies in the cluster of an article
    client      HTTP: several hosts, retries, errors as sentences

Scores are computed by our own formula on exact lengths: the cluster's own keeps a field's length in
one byte, which is off by several per cent within one answer.
"""
