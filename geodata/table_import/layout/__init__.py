"""The table in an office's sheet: where it starts and ends, and what each row and column is.

Each step is a module: what a cell can be (`cell_kinds`, `cell_values`), the sheet as a grid
(`sheet_grid`), the column that names the units (`unit_column`), the header and its paths
(`header_rows`), the roles of rows (`row_roles`), numbers as texts (`number_notation`), what the
texts around the table say of its signs (`page_texts`), and all of them in order (`candidates`).
"""

from geodata.table_import.layout.candidates import find_tables, taken

__all__ = ["find_tables", "taken"]
