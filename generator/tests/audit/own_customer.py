"""The same with the client that is generated from the provider's documents."""

from __future__ import annotations

import os
import sys

from image_providers.segmind import Client

with Client(base_url=os.environ["SEGMIND_BASE_URL"]) as client:
    done = client.seedream_v5_lite_text_to_image.generate(prompt="a boat", timeout=20)
    sys.stdout.write(f"{len(done.images[0].read())} bytes\n")
