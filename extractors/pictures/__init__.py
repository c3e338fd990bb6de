"""Pictures of pages -> text lines, marks with their labels, organizations of a list. No database, no Prefect."""
