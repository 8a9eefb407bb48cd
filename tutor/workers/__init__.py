"""Child processes as such: start, send, deadline, kill; and the loop inside the child.

A worker is this program again, `python -m tutor --worker NAME`, that speaks JSON lines over its pipes.
"""
