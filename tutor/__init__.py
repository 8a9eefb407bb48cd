"""Moonstep: a maths tutor that works offline and checks its own steps."""

__version__ = "0.1.0"
