"""An office's own table as figures of units: found, read, matched and checked, never written.

The way of a table, each step a package or module of its own:

1. ``geodata.readers`` opens the file within limits and gives its sheets;
2. ``layout`` finds the table in a sheet: header, rows, totals, what stands around it;
3. ``units`` finds of which day the units are, and which unit each row is about;
4. ``columns`` finds what each column means: indicator, period, status, unit of measure;
5. ``checks`` holds the figures against each other and against what is known;
6. ``prepare`` runs these in order and gives one `ImportReport`, of which the page, the command
   line and the JSON document are views.

What a person answers on the way, what a recipe remembers and what a form of the portal says of
itself (``template``) are the same record: `Answers`.
`geodata.ledger` writes what the report holds.
"""
