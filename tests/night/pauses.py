"""Settings of a night that takes no pauses: what courtesy asks for is tested in `tests/network`, not in every night."""

NO_PAUSES = (
    "DOWNLOAD_DELAY=0",
    "AUTOTHROTTLE_ENABLED=False",
    "AGAIN_PAUSE_S=0.1",
    "LINK_CONFIRM_S=0.2",
)
