"""The nouns of Recordtrail: places, documents, segments, rows, issues, errors.

Standard library only. Every other package may import this one; it imports none of them.
"""
