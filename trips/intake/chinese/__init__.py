"""Rules for reports in Chinese."""
