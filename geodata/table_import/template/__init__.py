"""A workbook to be filled in that comes back without questions.

`form_writer` makes it for a set of indicators, a level, a day's units and a period;
`form_reader` knows it again by what `form_identity` wrote into it.
"""
