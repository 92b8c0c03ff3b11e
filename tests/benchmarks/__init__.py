"""Measurements, run by hand: each prints ratios against a floor or a rival of the same run."""
