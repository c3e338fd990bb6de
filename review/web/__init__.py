"""The reviewers' page: every value beside its mark on the page, served on this machine."""
