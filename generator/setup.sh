#!/bin/sh
# Make a virtual environment and install the project with a dependency group into it.
# usage: setup.sh VENV PYTHON GROUP
set -eu
venv=$1 python=$2 group=$3

fits='import sys; sys.exit(sys.version_info < (3, 11))'
for candidate in "$python" python3.13 python3.12 python3.11; do
    if command -v "$candidate" >/dev/null 2>&1 && "$candidate" -c "$fits" 2>/dev/null; then
        found=$candidate
        break
    fi
done
if [ -z "${found:-}" ]; then
    echo "Python 3.11 or newer is needed; name one with: make PYTHON=/path/to/python" >&2
    exit 2
fi

echo "setting up $venv (once)" >&2
if command -v uv >/dev/null 2>&1; then
    [ -x "$venv/bin/python" ] || uv venv --quiet --python "$found" "$venv"
    uv pip install --quiet --python "$venv/bin/python" --constraint constraints.txt \
        --editable '.[codegen,mock]' --group "$group"
else
    [ -x "$venv/bin/python" ] || "$found" -m venv "$venv"
    # Dependency groups need pip 25.1, which a new environment may not have yet.
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt pip
    "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --constraint constraints.txt \
        --editable '.[codegen,mock]' --group "$group"
fi
