"""Order, retries, schedule, concurrency, settings and the command line.

The way of a night, one module per step: :mod:`flows.intake` (inbox -> store and ledger), :mod:`flows.reading` (one
document -> parts, by child processes), :mod:`flows.warehousing` (parts -> snapshot), :mod:`flows.report`. The Prefect
flows in :mod:`flows.ingest_flow` and :mod:`flows.nightly_flow` only put these in order. Importing this package or
:mod:`flows.cli` does not import Prefect, DuckDB or the extractors.
"""
