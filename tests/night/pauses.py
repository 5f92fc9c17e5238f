"""Settings of a night that takes no pauses and leaves its own pages out: both have tests of their own, not in every night."""

NO_PAUSES = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "AGAIN_PAUSE_S=0.1",
    "BARRIERS_MAX_SECONDS=0",  # no browser where no test looks at what it sees
    "LINK_CONFIRM_S=0.2",
    "CONTROL_PAGES=False",
)
