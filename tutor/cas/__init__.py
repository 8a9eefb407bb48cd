"""Computer algebra: the only home of SymPy, and SymPy only inside the worker process.

`client` and `requests` are for everyone; every other module is imported in the child alone.
"""
