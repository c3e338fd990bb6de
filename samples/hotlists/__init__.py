"""Invented pictures of hotlist settings and tick-box forms, with the state of every mark as it was drawn."""
