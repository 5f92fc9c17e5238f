"""Generated pages in the styles of the real content systems, with what a reader must find on them.

Every page is a style (how a system frames its pages) with one way of printing a date, or one markup of rows.
All names, units and texts are invented.
"""
