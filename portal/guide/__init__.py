"""The guide for offices: its chapters, their pictures, and the examples that they name.

The words stand in ``portal/templates/guide/<language>``, one file for each chapter. They are prose,
so each language is written as a whole; what both must say alike (sections, steps, buttons,
pictures, links) is asked for through `writer.ChapterWriter`, which notes it, and a test compares
the notes. Names of buttons come from the catalogue of the screen's own labels.
"""
