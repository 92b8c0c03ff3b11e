"""Brings news in: reads sources, cleans what they give, decides, and has it stored."""
