-- What a site's own pages call its sections: `govcrawl discover` proposes from it, and so can researchers.
ALTER TABLE raw.page ADD COLUMN navigation STRUCT(name VARCHAR, url VARCHAR, place VARCHAR, parent VARCHAR)[] DEFAULT [];
ALTER TABLE raw.page ALTER COLUMN navigation SET NOT NULL;
COMMENT ON COLUMN raw.page.navigation IS 'Sections the page names: a home page or site map all, a list page itself by its trail; place is menu, map, more or trail';
