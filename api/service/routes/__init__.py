"""The routes, by who may use them."""
