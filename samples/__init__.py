"""Synthetic releases: what Recordtrail is shown, tried and measured on. Drawn, never copied from a real record.

Development only: nothing the product runs imports this package. The catalogue is ``README.md``.
"""
