"""The public side: requests in, renderings out. Views read editions and their index, and know no reader."""
