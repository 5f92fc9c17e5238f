"""What the office knows is read strictly; what it left out makes a draft."""

from datetime import date

import pytest

from analytics.notices.campaign import Campaign, CampaignError, read_campaign
from analytics.notices.period import read_period


@pytest.fixture
def campaign_of(tmp_path):
    def write(text):
        path = tmp_path / "campaign.toml"
        path.write_text(text, "utf-8")
        return read_campaign(path)

    return write


def test_a_full_campaign_leaves_nothing_missing(campaign_of):
    campaign = campaign_of(
        'issuer = "云溪市人民政府办公室"\nnumber = "云政办〔2026〕7号"\nregion = "全市"\nperiod = "2026-Q4"\n'
        'recipients = ["各县(市、区)人民政府"]\nlegal_basis = ["《政府网站发展指引》"]\ndeadline_on = 2026-12-10\n'
        'contact = "张三"\nphone = "0000-0000000"\nsigned_on = 2026-11-25\ndecimals = 2\n'
    )

    assert [] == campaign.missing
    assert ("2026年第四季度", date(2026, 10, 1)) == (str(campaign.period), campaign.period.start_on)
    assert date(2026, 12, 10) == campaign.deadline_on
    assert 2 == campaign.decimals


def test_no_campaign_is_a_draft_with_everything_missing():
    assert ["发文机关", "发文字号"] == Campaign().missing[:2]


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ('isuer = "x"', "unknown key 'isuer'"),
        ('deadline_on = "2026-12-10"', "without quotes"),
        ("deadline_on = 2026-02-30", "days exist"),
        ("deadline_on = 2026-12-10T08:00:00", "without quotes"),
        ('recipients = "各县"', "list of one or more texts"),
        ("recipients = []", "list of one or more texts"),
        ("decimals = 5", "0, 1 or 2"),
        ('number = "岚政办[2026]7号"', "in 〔〕"),
        ('number = "岚政办〔2026〕07号"', "no zero before the number"),
        ('number = "岚政办〔2026〕第7号"', "no 第"),
        ('form = "函"', "文件, 信函"),
        ('documents = ["poster"]', "known are circular"),
        ('groups = ["weather"]', "known are reach"),
        ('issuer = "岚川\\u202e市"', "without control characters"),
        ("signed_on = 2026-12-10\ndeadline_on = 2026-12-01", "after"),
        ("decimals = true", "0, 1 or 2"),
        ('issuer = " "', "text in quotes"),
        ("check_end_on = 2026-12-10\ndeadline_on = 2026-12-01", "after"),
    ],
)
def test_a_wrong_value_is_named(campaign_of, text, complaint):
    with pytest.raises(CampaignError, match=complaint):
        campaign_of(text)


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CampaignError, match=r"nowhere\.toml"):
        read_campaign(tmp_path / "nowhere.toml")


@pytest.mark.parametrize(
    ("text", "words", "end_on"),
    [
        ("2026-11", "2026年11月份", date(2026, 11, 30)),
        ("2026-12", "2026年12月份", date(2026, 12, 31)),
        ("2026-Q1", "2026年第一季度", date(2026, 3, 31)),
        ("2026-H2", "2026年下半年", date(2026, 12, 31)),
        ("2026", "2026年度", date(2026, 12, 31)),
        ("2026年汛期", "2026年汛期", None),
        ("2026-13", "2026-13", None),
    ],
)
def test_a_period_of_the_calendar_knows_its_days_and_others_stay_words(text, words, end_on):
    period = read_period(text)

    assert (words, end_on) == (str(period), period.end_on)
