"""The page of the documentation site on rasters: which file to fetch, and the one command."""

from __future__ import annotations

from geodata.rasters.presets import Preset, preset_names, read_preset
from geodata.rasters.tile_names import TilePattern

_HEAD = """# Figures from rasters

One command turns a GeoTIFF into a figure of every unit, of today's and of those before the
mergers:

```
portal raster add FILE --preset NAME --account ACCOUNT           what it would give, nothing written
portal raster add FILE --preset NAME --account ACCOUNT --write   published
portal data undo NUMBER --reason WHY --account ACCOUNT --write   taken back
```

`portal raster presets` lists the rasters below with the very files that cover the area your
portal serves. For any other raster indicator, operation, period and title are named:

```
portal raster add rain.tif --indicator rain --stat mean --period 2024 --title "Mưa" --account lan
```

FILE is a GeoTIFF in any coordinate system that it names, VN-2000 zones included; several files
are tiles of one raster; an http(s) address is read in ranges, only as far as the units go.
Lists of other files (VRT) and files beside the named one are not followed. `--stat` is one of:

| operation | figure | needs |
|---|---|---|
| `mean` | mean by true area | |
| `sum` | sum of the cells, as people per cell | |
| `min`, `max`, `range` | of cells with at least half of them inside | |
| `share`, `area` | per cent of the true area, or hectares, in the classes | `--classes 10,95` |
| `share_above` | per cent of the true area above a value | `--threshold` |
| `weighted_mean` | mean weighted by a second raster, a quantity per cell | `--weights FILE` |

`--condition FILE --condition-above N` counts a cell for its class only where a second raster is
above N. Cells on a border count with the part inside, and all cells by their area on the
ellipsoid. Cells without a value are left out. The share of a unit that has data is kept with
its figure as coverage: below `--min-coverage` (0.5; 0.95 for `sum` and `area`) or `--min-cells`
(1) a unit gets no figure, and the report says so. `--units commune@2025-07-01` names the units,
`--band` a band, `--missing` further values that stand for none. In a dataset the same stands in
`inputs/rasters.toml`; see the data dictionary.

What satellites see is not what rangers count: figures of the presets have indicators of their
own, are estimates where a classification made them, and are never mixed with an official rate.
"""
_HEAD += """
# Rasters under the map

The same files can be shown under the lines of maps and sheets, with legend, opacity and a reading
on click:

```
portal raster register FILE... --preset NAME [--id ID]      hillshade, land cover or colour ramp
portal raster register rain.tif --id rain --title "Mưa" --unit mm --draw ramp --range 1200,3000
portal raster register use.tif --id land_use --title "Đất" --class 1=Rừng=#006400 --class 2=Lúa
portal raster list
portal raster unregister ID
```

For terrain fetch the free Copernicus DEM GLO-30, below: `portal raster register FILE... --preset
copernicus_dem`. The part around the units is copied into the instance; nothing is published and no
figure made. With elevations registered as hillshade there is a map in 3D too, at `/terrain`.
"""
_WHOLE_GLOBE = "one file"


def raster_page() -> str:
    """The page as Markdown, from the presets themselves."""
    return "\n".join([_HEAD, *(_section(read_preset(name)) for name in preset_names())])


def _section(preset: Preset) -> str:
    indicators = ", ".join(
        f"`{name}` ({indicator.name.en}; {indicator.measure_unit.symbol.en})"
        for name, indicator in preset.indicators.items()
    )
    second = " --condition FILE2" if preset.second else ""
    return f"""
## {preset.title.en}

*{preset.title.vi}*

{preset.download.en} Page: {preset.page}

*{preset.download.vi}*

- Files are named: {_names(preset.tiles)}
- Command: `portal raster add FILE --preset {preset.id}{second} --account ACCOUNT --write`
- Gives, as {_article(preset.status)}: {indicators}; period {_periods(preset)}
- Exactness: {preset.coarseness.en}
- Credit: {preset.source.issuer}. Terms: {preset.source.licence}.
"""


def _names(pattern: TilePattern | None) -> str:
    return _WHOLE_GLOBE if pattern is None else ", ".join(f"`{name}`" for name in pattern.names)


def _article(status: str) -> str:
    return f"an {status}" if status[0] in "aeiou" else f"a {status}"


def _periods(preset: Preset) -> str:
    years = [figure.period for figure in preset.figures if figure.period]
    return f"{years[0]} to {years[-1]}, yearly" if years else preset.period
