"""What a store says of the dataset that it holds."""

from __future__ import annotations

import datetime as dt

from sqlalchemy import Connection, select

from geodata.dataset import DatasetInfo, TimelineStep
from geodata.i18n import Text
from geodata.record_codec import from_row
from geodata.store import schema
from geodata.unit_profile import UnitProfile


def read_info(connection: Connection) -> DatasetInfo:
    """What the dataset of a store is."""
    row = connection.execute(select(schema.dataset)).all()[0]._mapping
    steps = connection.execute(select(schema.timeline).order_by(schema.timeline.c.fid)).all()
    return DatasetInfo(
        id=row["id"],
        title=Text(row["title_vi"], row["title_en"]),
        version=row["version"],
        reference_date=dt.date.fromisoformat(row["reference_date"]),
        timeline=tuple(from_row(TimelineStep, step._asdict()) for step in steps),
        metric_crs=row["metric_crs"],
        local_crs=row["local_crs"],
        default_theme=row["default_theme"],
        profile=UnitProfile.from_text(row["unit_profile"]),
    )
