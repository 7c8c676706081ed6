"""Specs brought up to what pages say now.

`deciding` turns verdicts about facts into changes, or into the reason why there is none; `converting` writes what a page
says as a spec does; `renaming` follows a name to all its places; `reckoning` works out again what follows by arithmetic;
`doubting` leaves what cannot be decided; `trying` makes no change that lint refuses; `working` is all of it.
"""
