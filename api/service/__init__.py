"""The service: conversations with visitors in public, and with a key everything about them."""

from api.service.app import create_app

__all__ = ["create_app"]
