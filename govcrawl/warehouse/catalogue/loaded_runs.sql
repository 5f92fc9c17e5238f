SELECT run_id, manifest_sha256
FROM raw.run
