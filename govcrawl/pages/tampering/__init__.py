"""What strangers put into a page: links no reader sees, spam in titles and texts, scripts that show search engines another page.

It is judged first by structure: hidden, leading out of the site, unrelated to what the page shows, with nothing that could
open it. Words come second. Menus, tabs, dialogs and share boxes hide links as well; for these the checks ask the history
(`analytics/checks`).
"""
