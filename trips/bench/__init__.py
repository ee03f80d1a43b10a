"""What `manage.py bench` measures, and the plain Django it measures it against."""
