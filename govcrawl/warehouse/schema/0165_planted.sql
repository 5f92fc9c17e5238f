-- What looks planted on each page; `planted_sought` is false in folders written before, whose pages nobody asked.
ALTER TABLE raw.page ADD COLUMN planted STRUCT(
    kind VARCHAR, way VARCHAR, place VARCHAR, "position" INTEGER, excerpt VARCHAR,
    anchors STRUCT(url VARCHAR, "text" VARCHAR)[], words VARCHAR[], doubt VARCHAR
)[] DEFAULT [];
ALTER TABLE raw.page ALTER COLUMN planted SET NOT NULL;
ALTER TABLE raw.page ADD COLUMN planted_sought BOOLEAN DEFAULT false;
ALTER TABLE raw.page ALTER COLUMN planted_sought SET NOT NULL;
