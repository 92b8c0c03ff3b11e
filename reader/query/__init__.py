"""The filter language: text to tree (parse), tree and article to yes or no (match)."""
