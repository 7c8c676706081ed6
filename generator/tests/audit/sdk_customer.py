"""Ten lines that order a picture with Segmind's own package, as its README has them."""

from __future__ import annotations

import os
import sys

from segmind import SegmindClient

home = {"base_url": f"{os.environ['SEGMIND_BASE_URL']}/v1"} if "by-address" in sys.argv else {}
client = SegmindClient(timeout=1.5, **home)
call = client.run_sync if "sync" in sys.argv else client.run
sys.stdout.write(f"{call('seedream-v5-lite-text-to-image', prompt='a boat')}\n")
