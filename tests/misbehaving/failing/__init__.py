"""A visit that meets a bug at one of its sites."""
