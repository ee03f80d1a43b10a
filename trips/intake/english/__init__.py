"""Rules for reports in English."""
