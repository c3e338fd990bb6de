"""DuckDB: schema, load, checks, content hash, publication, trace.

A warehouse is a pure function of releases, receipts, documents and parts; :func:`warehouse.build.build` is the one way
to make one, :func:`warehouse.publish.publish` the one way to show it to anybody. Imports ``records`` and nothing else
of ours.
"""
