"""The local web page that sets formulas, and the fence around it."""
