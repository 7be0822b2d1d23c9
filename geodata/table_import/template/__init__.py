"""A workbook to be filled in that comes back without questions.

`write_template` makes it for a set of indicators, a level, a day's units and a period;
`read_template` knows it again by what `form_identity` wrote into it.
"""

from geodata.table_import.template.form_reader import read_template
from geodata.table_import.template.form_writer import write_template

__all__ = ["read_template", "write_template"]
