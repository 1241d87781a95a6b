"""Measurements: question sets, scorers, and the peers compared with."""
