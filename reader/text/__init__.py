"""Hostile strings in, SafeText out: the only room that makes SafeText."""
