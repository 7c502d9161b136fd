"""Public sets that the reader did not learn from, each question beside a simple rule.

Of the patients' and the apps' sets a fifth was held out of training, of the reviews in many
languages two domains, of the emotions the test file.
"""
