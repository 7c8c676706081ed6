"""How every fact of the representation is judged where it is another: the table behind `proviso diff`."""

from __future__ import annotations

from collections.abc import Mapping

from proviso.comparing.fact_inputs import INPUTS
from proviso.comparing.fact_jobs import JOBS
from proviso.comparing.fact_models import MODELS
from proviso.comparing.fact_money import MONEY
from proviso.comparing.fact_replies import REPLIES
from proviso.comparing.here import Fact

FACTS: Mapping[tuple[type, str], Fact] = {**MODELS, **INPUTS, **MONEY, **JOBS, **REPLIES}
"""By the type and the field; what has no entry of its own is judged as the fact around it is."""
