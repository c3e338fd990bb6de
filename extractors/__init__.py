"""Bytes of a document -> what is printed on it, with places. No database, no Prefect.

Everything here runs in a child process of its own (``python -m extractors JOB.json``), because files come from
outside. Only :mod:`extractors.sniff` and :mod:`extractors.fingerprint` are safe and cheap enough for the parent.
"""
