"""Measures what the program promises, on data sets and beside other programs."""
