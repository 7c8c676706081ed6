"""`python -m proviso`."""

from proviso.cli import main

main(prog_name="proviso")
