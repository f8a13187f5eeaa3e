"""What programs may ask for, under /api/v1/: read, and add letters."""
