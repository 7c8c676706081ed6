"""Where paid requests and their jobs are written down, so that none is lost or paid for twice."""
