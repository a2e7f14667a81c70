"""The HTTP API and the reading desk.

make_app(db, token=...)           the ASGI application: /api, /api/openapi.json, and the desk itself
serve(db, host=, port=, token=)   the application in one process, until it is stopped
"""

from quidnunc.web._app import make_app, serve

__all__ = ["make_app", "serve"]
