"""A Word document of maps, with captions, sources and the tables behind them."""

from portal.export.report.making import MIMETYPE, report_docx

__all__ = ["MIMETYPE", "report_docx"]
