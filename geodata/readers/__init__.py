"""Readers of files that offices give: tables and shapes, bounded before they are parsed.

A file is opened by the reader its suffix names, after its first bytes were seen to agree with it.
No reader follows what a file points to: no other file is opened and no host is called.
"""
