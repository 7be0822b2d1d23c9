"""The request for a file, and the plan made of it before the file itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from geodata.errors import InvalidInput
from geodata.i18n import Message
from portal.export.spec import ExportSettings
from portal.parameters.reader import Params


@dataclass(frozen=True, slots=True)
class ExportRequest:
    """A file that is asked for, its parameters read.

    Parameters
    ----------
    settings
        Those of the installation that the kind may use.
    short_page
        Page whose short address stands on the file; known once the file is planned.
    logo
        A PNG as `portal.export.logo.read_logo` gives it; empty without one.
    """

    format: str
    params: Params
    settings: ExportSettings
    short_page: str = ""
    logo: bytes = b""

    def check_rasters_in_colours(self) -> None:
        """Refuse rasters on a map in black and white.

        Raises
        ------
        InvalidInput
            Both are asked for.
        """
        if self.settings.rasters and self.params.get("bw"):
            raise InvalidInput(
                Message("Rasters cannot be drawn in black and white"),
                found="bw=1",
                allowed=Message("a map in colours"),
                remedy=Message("Leave out bw or rasters"),
                where="bw",
            )

    def check_no_rasters(self) -> None:
        """Refuse rasters for a file of figures or places, which has no picture.

        Raises
        ------
        InvalidInput
            Rasters are asked for.
        """
        if named := self.params.query.get("rasters"):
            raise InvalidInput(
                Message("This file carries no rasters"),
                found=named,
                allowed=Message("sheets, the atlas, the report and the map as one HTML file"),
                remedy=Message("Leave out rasters"),
                where="rasters",
            )


@dataclass(frozen=True, slots=True)
class ExportPlan:
    """Name, parameters and size of a file to be made.

    Parameters
    ----------
    query
        The canonical parameters of the layer it is about.
    file_name
        Without folder, of plain letters.
    pages
        How much there is to do.
    short_page
        The canonical page whose short address stands on the file; empty where none does.
    """

    query: Mapping[str, str]
    file_name: str
    pages: int = 1
    short_page: str = ""
