"""The edge: the command line, and later the service."""
