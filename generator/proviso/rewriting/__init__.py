"""Specs changed in place: new values in the text of a file, and not one byte more.

`nodes` tell where everything in a file stands; `texts` write values in the form that stands there already; `places`
find room for what is new; `changing` makes one change after the other, and holds each to what it should have made.
"""
