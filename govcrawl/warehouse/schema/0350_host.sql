-- Hosts that links name, with their registrable domain: SQL cannot tell one, so the loader asks the list of public suffixes.
CREATE TABLE derived.host (
    host VARCHAR PRIMARY KEY,
    domain VARCHAR NOT NULL
);
COMMENT ON TABLE derived.host IS 'One host that a link named, and the domain somebody registered for it.';

-- Host of an http or https address in small letters, without port; null for what is none.
CREATE MACRO derived.host_of(url) AS nullif(regexp_extract(lower(url), '^https?://(?:[^/?#@]*@)?([^/?#:]+)', 1), '');
