-- What a site shows to different visitors.
CREATE TABLE raw.face_trial (
    run_id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    tried_at TIMESTAMP NOT NULL,
    requests INTEGER NOT NULL,
    faces STRUCT(
        channel VARCHAR, visitor VARCHAR, url VARCHAR, outcome VARCHAR, status INTEGER, final_url VARCHAR, fetched_at TIMESTAMP,
        body_sha256 VARCHAR, title VARCHAR, keywords VARCHAR, words VARCHAR[], strangers VARCHAR[], sketch INTEGER[]
    )[] NOT NULL DEFAULT []
);
COMMENT ON TABLE raw.face_trial IS 'One site asked as different visitors, once a week.';
