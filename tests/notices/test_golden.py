"""The documents say what they said when somebody last read them word by word."""

from tests.notices.golden import FOLDER, outlines

AGAIN = "tests/notices/golden/: if the change is wanted, `python -m tests.notices.golden` writes them again"


def test_the_documents_are_as_they_were_last_read(judged):
    kept = {path.name: path.read_text("utf-8") for path in FOLDER.glob("*.txt")}

    assert kept == outlines(judged), AGAIN
