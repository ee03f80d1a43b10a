"""The demonstration: a real trip of October 2024 and its forerunners, from public reports, and how to put it in and out."""
