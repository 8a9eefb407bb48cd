"""Plots as figures, without Qt."""
