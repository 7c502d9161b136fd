"""Read files of customers' voices: source to document to segment. Imports nothing else of ours."""
