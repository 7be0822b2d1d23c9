"""What the columns of a table mean, and the figures that their cells give.

`read_columns` finds indicator, period, status and unit of measure of each column, by the words of
headers and titles (`header_words`, `period_words`, `measure_units`, `office_words`); `to_values`
reads the cells; `stated_totals` holds the sums that the table states against its rows;
`new_indicators` makes an indicator that the catalogue lacks, with its denominator.
"""

from geodata.table_import.columns.cell_figures import to_values
from geodata.table_import.columns.indicator_form import IndicatorFaults
from geodata.table_import.columns.meaning import read_columns
from geodata.table_import.columns.new_indicators import new_indicator, new_indicators
from geodata.table_import.columns.stated_totals import stated_totals

__all__ = [
    "IndicatorFaults",
    "new_indicator",
    "new_indicators",
    "read_columns",
    "stated_totals",
    "to_values",
]
