"""What is kept of a study between runs. The one door to SQLAlchemy; records in, records out."""
