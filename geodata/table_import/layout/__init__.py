"""The table in an office's sheet: where it starts and ends, and what each row and column is.

Each step is a module: what a cell can be (`cell_kinds`, `cell_values`), the sheet as a grid
(`sheet_grid`), the column that names the units (`unit_column`), the first and last row
(`table_body`), the header and its paths (`header_rows`), the roles of rows by their words
(`row_roles`) and by adding up (`adding`, `row_levels`), the columns (`column_headings`,
`table_columns`, `outline_columns`), numbers as texts (`number_notation`), what the texts around the
table say of its signs (`page_texts`), how sure the finding is (`table_score`), all of them in order
(`found_table`).
A sheet can hold several tables (`sheet_tables`): below each other (`stacked_tables`), beside each
other (`side_by_side`), with units across (`turned_grid`); those of one header and different units
are joined (`joined_tables`). `candidates` gives the tables of a file.
"""

from geodata.table_import.layout.candidates import find_tables, offered, taken

__all__ = ["find_tables", "offered", "taken"]
