"""Headless commands: stdout is data, stderr is talk. Nothing here imports textual."""
