"""What the documents say of a request: its limits, its pixels, its price, its body; read off the representation, without generated code."""
