"""The index of words over editions and names: what is written into it, and what is asked of it.

SQLite and PostgreSQL only say which rows hold which words. What is found, and in which order, is decided here, so that
both give the same.
"""
