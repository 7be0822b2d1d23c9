"""What a person takes away: sheets and the figures behind them, at addresses that stay."""

from portal.export.views import init_app

__all__ = ["init_app"]
