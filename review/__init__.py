"""What reviewers decide: the decision log, and the values it is about."""
