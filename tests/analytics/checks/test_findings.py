import pandas as pd
import pytest

from analytics.checks.shared import findings


@pytest.mark.parametrize(
    ("noisy", "clean"),
    [
        ("https://www.a.gov.cn/x.html", "http://www.a.gov.cn/x.html"),
        ("http://www.a.gov.cn:80/x.html", "http://www.a.gov.cn/x.html"),
        ("http://www.a.gov.cn", "http://www.a.gov.cn/"),
        ("http://www.a.gov.cn/x.html#top", "http://www.a.gov.cn/x.html"),
        ("http://www.a.gov.cn/x;jsessionid=1A2B?id=3", "http://www.a.gov.cn/x?id=3"),
        ("http://www.a.gov.cn/x?id=3&utm_source=wx&_=99", "http://www.a.gov.cn/x?id=3"),
        ("http://www.a.gov.cn/x?spm=1.2", "http://www.a.gov.cn/x"),
    ],
)
def test_an_address_keeps_its_key_through_noise(noisy, clean):
    first, second = findings.normalised(pd.Series([noisy, clean]))

    assert first == second


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("http://www.a.gov.cn/x?id=3", "http://www.a.gov.cn/x?id=4"),
        ("http://www.a.gov.cn/x?t=3", "http://www.a.gov.cn/x?t=4"),
        ("http://www.a.gov.cn:8080/", "http://www.a.gov.cn/"),
        ("http://www.a.gov.cn/x", "http://www.a.gov.cn/X"),
        ("http://", "https://www.a.gov.cn/"),
    ],
)
def test_different_subjects_keep_different_keys(one, other):
    first, second = findings.normalised(pd.Series([one, other]))

    assert first != second


def test_a_frame_with_other_columns_is_refused():
    with pytest.raises(ValueError, match="expected"):
        findings.with_columns(pd.DataFrame({"site_code": []}), findings.DOUBTFUL)
