"""The JSON API under ``/api/v1``: routes and their description from one table."""

from __future__ import annotations

from flask import Blueprint, Flask

from portal.api.boundaries import BOUNDARY_RULE, boundaries_view
from portal.api.endpoints import ENDPOINTS
from portal.api.views import view_for
from portal.urls import API


def init_app(app: Flask) -> None:
    """Give the app every endpoint of the table."""
    blueprint = Blueprint("api", __name__, url_prefix=API)
    for endpoint in ENDPOINTS:
        blueprint.add_url_rule(endpoint.rule, endpoint.name, view_for(endpoint))
    blueprint.add_url_rule(BOUNDARY_RULE, "boundaries", boundaries_view)
    app.register_blueprint(blueprint)
