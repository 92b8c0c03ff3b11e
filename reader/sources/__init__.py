"""Bytes to RawArticle: folders, feeds, subscription lists. Know nothing of storage."""
