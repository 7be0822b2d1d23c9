"""The tables of the store, one schema for every backend.

Columns are the fields of the records in `geodata.model` as `geodata.record_codec` spreads them, and
tests hold the two together. Every table has an integer key because GeoPackage asks for one; the
natural key beside it is unique, and foreign keys point there. Days are ISO text, which sorts and
compares as the days do.
"""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Double,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
)

from geodata.store.geometry_type import MultiPolygonType, PointType

SCHEMA_VERSION = 21
"""Raised with every change of this file; a store of another version is refused."""

metadata = MetaData()


def _key() -> Column[int]:
    return Column("fid", Integer, primary_key=True)


def _text(name: str, *rules: ForeignKey, unique: bool = False) -> Column[str]:
    return Column(name, Text, *rules, nullable=False, unique=unique)


def _texts(name: str) -> tuple[Column[str], Column[str]]:
    return _text(f"{name}_vi"), _text(f"{name}_en")


dataset = Table(
    "dataset",
    metadata,
    _key(),
    Column("schema_version", Integer, nullable=False),
    _text("id"),
    *_texts("title"),
    _text("version"),
    _text("reference_date"),
    _text("metric_crs"),
    _text("local_crs"),
    _text("default_theme"),
    _text("unit_profile"),
    # How far the ledger had got whose figures are in the store; empty and 0 without one.
    _text("ledger_id"),
    Column("ledger_revision", Integer, nullable=False),
    _text("ledger_hash"),
)

timeline = Table("timeline", metadata, _key(), _text("date", unique=True), *_texts("name"))

themes = Table("themes", metadata, _key(), _text("id", unique=True), *_texts("name"), _text("lead"))

indicators = Table(
    "indicators",
    metadata,
    _key(),
    _text("id", unique=True),
    _text("theme", ForeignKey("themes.id")),
    *_texts("group"),
    *_texts("name"),
    *_texts("definition"),
    _text("measure_unit_id"),
    *_texts("measure_unit_symbol"),
    *_texts("measure_unit_name"),
    Column("measure_unit_space", Boolean, nullable=False),
    _text("kind"),
    Column("numerator", Text),
    Column("denominator", Text),
    Column("ratio_factor", Double),
    _text("direction"),
    Column("decimals", Integer, nullable=False),
    Column("minimum", Double),
    Column("maximum", Double),
    _text("levels"),
    _text("not_applicable_kinds"),
    _text("classification_scheme"),
    Column("classification_classes", Integer, nullable=False),
    _text("classification_thresholds"),
    _text("palette"),
    _text("style"),
    Column("extreme", Text),
    _text("categories"),
    Column("ordered", Boolean, nullable=False),
    _text("breakdowns"),
    # Of a part of an indicator that is broken down: what it is a part of, and which.
    _text("whole"),
    _text("dimensions"),
    _text("former_ids"),
    _text("usual_range"),
    _text("estimates"),
    Column("flow", Boolean, nullable=False),
    Index("indicators_by_whole", "whole"),
)

dimensions = Table(
    "dimensions",
    metadata,
    _key(),
    _text("id", unique=True),
    *_texts("name"),
    *_texts("total"),
    Column("overlapping", Boolean, nullable=False),
)

dimension_codes = Table(
    "dimension_codes",
    metadata,
    _key(),
    _text("dimension", ForeignKey("dimensions.id")),
    _text("id"),
    *_texts("name"),
    _text("parent"),
    UniqueConstraint("dimension", "id"),
)

concepts = Table(
    "concepts",
    metadata,
    _key(),
    _text("id", unique=True),
    *_texts("name"),
    *_texts("definition"),
    Column("comparable", Boolean, nullable=False),
    _text("indicators"),
    _text("sources"),
    Column("since", Text),
    Column("until", Text),
    Column("highest", Double),
)

sources = Table(
    "sources",
    metadata,
    _key(),
    _text("id", unique=True),
    _text("kind"),
    *_texts("title"),
    _text("number"),
    *_texts("issuer"),
    _text("date"),
    _text("place"),
    _text("url"),
    _text("licence"),
    _text("file"),
    Column("rank", Integer, nullable=False),
)

units = Table(
    "units",
    metadata,
    _key(),
    _text("unit_id", unique=True),
    _text("code"),
    _text("level"),
    _text("kind"),
    *_texts("name"),
    *_texts("full_name"),
    Column("parent_id", Text, ForeignKey("units.unit_id")),
    _text("valid_from"),
    Column("valid_to", Text),
    Column("official_area_km2", Double),
    Column("shape_area_km2", Double),
    _text("seat"),
    Column("seat_lon", Double),
    Column("seat_lat", Double),
    _text("boundary_quality"),
    _text("source_id", ForeignKey("sources.id")),
    _text("aliases"),
    CheckConstraint("valid_to IS NULL OR valid_to > valid_from", name="validity"),
    Index("units_by_code", "code", "valid_from"),
    Index("units_by_level", "level", "valid_from"),
    Index("units_by_parent", "parent_id"),
)

successions = Table(
    "successions",
    metadata,
    _key(),
    _text("from_id", ForeignKey("units.unit_id")),
    _text("to_id", ForeignKey("units.unit_id")),
    _text("date"),
    *_texts("legal_basis"),
    Column("whole", Boolean, nullable=False),
    Column("share_area", Double),
    Column("share_population", Double),
    _text("source_id", ForeignKey("sources.id")),
    Column("share_households", Double),
    *_texts("note"),
    UniqueConstraint("from_id", "to_id"),
    Index("successions_by_successor", "to_id"),
)

observations = Table(
    "observations",
    metadata,
    _key(),
    _text("unit_id", ForeignKey("units.unit_id")),
    _text("indicator", ForeignKey("indicators.id")),
    _text("period"),
    _text("status"),
    Column("value", Double, nullable=False),
    _text("source_id", ForeignKey("sources.id")),
    _text("quote"),
    Column("scale", Double, nullable=False),
    Column("stated_percent", Double),
    _text("basis"),
    *_texts("method"),
    Column("coverage", Double),
    *_texts("doubt"),
    Column("impossible", Boolean, nullable=False),
    Column("printed", Double),
    *_texts("note"),
    _text("concept"),
    _text("category"),
    _text("qualifier"),
    _text("stated_change"),
    # What follows is worked out when figures are written; see geodata.store.observation_rows.
    _text("period_start"),
    _text("period_end"),
    Column("preference", Integer, nullable=False),
    Column("shown", Boolean, nullable=False),
    Index("observations_by_unit", "unit_id", "indicator", "period", "status"),
    Index("observations_by_layer", "indicator", "period", "shown", "status", "unit_id"),
    Index("observations_by_source", "source_id"),
)

absent_figures = Table(
    "absent_figures",
    metadata,
    _key(),
    _text("unit_id", ForeignKey("units.unit_id")),
    _text("indicator", ForeignKey("indicators.id")),
    _text("period"),
    _text("status"),
    _text("kind"),
    _text("source_id", ForeignKey("sources.id")),
    Index("absent_figures_by_layer", "indicator", "period"),
)

boundaries = Table(
    "boundaries",
    metadata,
    _key(),
    Column("geom", MultiPolygonType(), nullable=False),
    _text("unit_id", ForeignKey("units.unit_id")),
    Column("detail", Integer, nullable=False),
    UniqueConstraint("unit_id", "detail"),
)

mentions = Table(
    "mentions",
    metadata,
    _key(),
    _text("unit_id", ForeignKey("units.unit_id")),
    _text("name"),
    _text("period"),
    _text("source_id", ForeignKey("sources.id")),
    _text("quote"),
    *_texts("doubt"),
    *_texts("note"),
    Index("mentions_by_unit", "unit_id"),
)

changes = Table(
    "changes",
    metadata,
    _key(),
    _text("commune_id", ForeignKey("units.unit_id")),
    _text("period"),
    _text("before"),
    _text("after"),
    _text("source_id", ForeignKey("sources.id")),
    _text("quote"),
    *_texts("doubt"),
    *_texts("note"),
)

joint_figures = Table(
    "joint_figures",
    metadata,
    _key(),
    _text("unit_ids"),
    _text("indicator", ForeignKey("indicators.id")),
    _text("period"),
    _text("status"),
    Column("value", Double, nullable=False),
    _text("source_id", ForeignKey("sources.id")),
    _text("quote"),
    *_texts("note"),
)

loads = Table(
    "loads",
    metadata,
    _key(),
    _text("commune_id", unique=True),
    _text("source_id"),
    # The villages as loaded, so that the store can be made again of a newer dataset.
    _text("content"),
)

published_entries = Table(
    "published_entries",
    metadata,
    _key(),
    # What is not of the dataset: a ``theme``, an ``indicator`` or a ``source``.
    _text("kind"),
    _text("id"),
    UniqueConstraint("kind", "id"),
)

surroundings = Table(
    "surroundings",
    metadata,
    _key(),
    Column("geom", MultiPolygonType(), nullable=False),
    _text("id", unique=True),
    _text("kind"),
    *_texts("name"),
    _text("source_id", ForeignKey("sources.id")),
)

accuracies = Table(
    "accuracies",
    metadata,
    _key(),
    _text("unit_id", ForeignKey("units.unit_id"), unique=True),
    Column("official_area_km2", Double),
    Column("shape_area_km2", Double, nullable=False),
    Column("area_difference", Double),
    Column("deviation_m", Double),
    Column("outside_share", Double),
    *_texts("note"),
)

place_categories = Table(
    "place_categories",
    metadata,
    _key(),
    _text("id", unique=True),
    *_texts("name"),
    _text("symbol"),
    _text("theme"),
    _text("indicator"),
    Column("complete", Boolean, nullable=False),
)

places = Table(
    "places",
    metadata,
    _key(),
    Column("geom", PointType()),
    _text("id", unique=True),
    _text("name"),
    _text("category", ForeignKey("place_categories.id")),
    Column("lon", Double),
    Column("lat", Double),
    _text("unit_id", ForeignKey("units.unit_id")),
    _text("written_unit_id"),
    _text("commune_check"),
    _text("columns"),
    _text("source_id", ForeignKey("sources.id")),
    _text("quote"),
    Index("places_by_category", "category"),
    Index("places_by_unit", "unit_id"),
)
