-- Masks the texts that an earlier version kept as they came, or masked by an earlier rule; the loader masks all others.
UPDATE raw.page_text SET text = derived.masked(text) WHERE text <> derived.masked(text)
