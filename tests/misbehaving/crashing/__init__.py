"""A visit whose process dies at one of its sites."""
