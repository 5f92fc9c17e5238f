"""A visit whose reader never comes back from a page that asks for it."""
