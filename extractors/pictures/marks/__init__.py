"""Marks on a page picture: where they are, whose label each has, what state each shows; and what the page says."""
