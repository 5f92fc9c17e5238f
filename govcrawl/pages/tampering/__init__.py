"""What strangers put into a page: links no reader sees, spam in titles and texts, scripts that show search engines another page.

Judged by structure first (hidden, leading out, unrelated to what the page shows, nothing that could open it) and by words
second; whatever a menu, a tab, a dialog or a share box does as well is left to history (`analytics/checks`).
"""
