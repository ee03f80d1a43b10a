"""The door for those who hold a review link: they read what is under review and answer, without an account."""
