"""The demonstration: a real trip of October 2024 and others around it, as data, and how to put it in and out."""
