SELECT notice_id, manifest_sha256
FROM raw.issued_document
