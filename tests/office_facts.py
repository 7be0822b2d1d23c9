"""What is known of the communes whose tables `office_workbooks` draws, and of their figures."""

from __future__ import annotations

from office_workbooks import CODES, COMMUNES, DISTRICTS, figures

from geodata.model import Unit
from geodata.table_import.known_facts import DatasetFacts
from tests.checked_tables import facts_of, made_unit

_COLUMNS = ("population", "households", "poor")


def office_facts() -> DatasetFacts:
    """The province, its districts and communes, with figures of 2023 a little below those drawn."""
    units = [made_unit("98", "province", "Lam Khê", None, kind="Tỉnh")]
    for number, (district, names) in enumerate(DISTRICTS.items(), 981):
        units += _district(str(number), district, names, units[0].unit_id)
    known = {
        (indicator, "2023"): [figures(name)[column] * 49 // 50 for name in COMMUNES]
        for column, indicator in enumerate(_COLUMNS)
    }
    return facts_of(units, known, "actual", ids=[f"{CODES[each]}-20130101" for each in COMMUNES])


def _district(code: str, district: str, names: tuple[str, ...], province: str) -> list[Unit]:
    kind = "Huyện" if district.startswith("Huyện") else "Thành phố"
    above = made_unit(code, "district", district.removeprefix(f"{kind} "), province, kind=kind)
    return [above, *(made_unit(CODES[each], "commune", each, above.unit_id) for each in names)]
