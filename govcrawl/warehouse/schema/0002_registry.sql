-- The registry as each crawl saw it, field by field from the stored registry.

CREATE TABLE raw.registry (
    registry_sha256 VARCHAR PRIMARY KEY
);
COMMENT ON TABLE raw.registry IS 'One registry as a crawl saw it; the tables keyed by registry_sha256 hold its rows.';
COMMENT ON COLUMN raw.registry.registry_sha256 IS 'Hash over the stored files, the name of their folder';

CREATE TABLE raw.site (
    registry_sha256 VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    home_url VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    region_code VARCHAR,
    level VARCHAR,
    kind VARCHAR,
    status VARCHAR NOT NULL,
    has_services BOOLEAN NOT NULL,
    render VARCHAR NOT NULL
);
COMMENT ON TABLE raw.site IS 'One site of one registry.';
COMMENT ON COLUMN raw.site.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.site.site_code IS 'Official code of the site (网站标识码), e.g. 6500000001';
COMMENT ON COLUMN raw.site.name IS 'Name of the site (网站名称), e.g. 岚川市人民政府';
COMMENT ON COLUMN raw.site.home_url IS 'Address of the home page (首页网址)';
COMMENT ON COLUMN raw.site.unit IS 'Unit that answers for the site (主办单位)';
COMMENT ON COLUMN raw.site.region_code IS 'Administrative division (行政区划代码), six digits, e.g. 650000';
COMMENT ON COLUMN raw.site.level IS 'Level of government (层级): 部委, 省, 市, 县 or 乡';
COMMENT ON COLUMN raw.site.kind IS 'Kind of site (网站类型): 门户 or 部门';
COMMENT ON COLUMN raw.site.status IS 'Whether it runs (运行状态): 正常, 例外 or 关停; closed sites are in no denominator';
COMMENT ON COLUMN raw.site.has_services IS 'The unit serves the public (是否有对外服务职能)';
COMMENT ON COLUMN raw.site.render IS 'How its pages are read (渲染方式): auto, http or browser';

CREATE TABLE raw.section (
    registry_sha256 VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    url VARCHAR NOT NULL,
    class VARCHAR NOT NULL,
    rank VARCHAR NOT NULL,
    update_days INTEGER,
    entry_selector VARCHAR
);
COMMENT ON TABLE raw.section IS 'One registered section (栏目) of one registry.';
COMMENT ON COLUMN raw.section.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.section.site_code IS 'Site the section belongs to';
COMMENT ON COLUMN raw.section.name IS 'Name of the section (栏目名称), e.g. 通知公告';
COMMENT ON COLUMN raw.section.url IS 'Address of the section (栏目网址), its first list page';
COMMENT ON COLUMN raw.section.class IS 'Class of the section (栏目类别), decides the term, e.g. 政策文件';
COMMENT ON COLUMN raw.section.rank IS 'Rank in the navigation (级别): 一级 or 二级';
COMMENT ON COLUMN raw.section.update_days IS 'Days within which it must be updated (更新期限) where they override the term of the class, e.g. 30';
COMMENT ON COLUMN raw.section.entry_selector IS 'CSS selector of an entry where the list needs one';

CREATE TABLE raw.unit (
    registry_sha256 VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    parent VARCHAR,
    region_code VARCHAR,
    contact VARCHAR,
    phone VARCHAR
);
COMMENT ON TABLE raw.unit IS 'One unit of one registry.';
COMMENT ON COLUMN raw.unit.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.unit.unit IS 'Name of the unit (单位名称), e.g. 岚川市交通局';
COMMENT ON COLUMN raw.unit.parent IS 'Unit above it (上级单位), null for the topmost';
COMMENT ON COLUMN raw.unit.region_code IS 'Administrative division (行政区划代码), six digits, e.g. 650000';
COMMENT ON COLUMN raw.unit.contact IS 'Person to write to (联系人)';
COMMENT ON COLUMN raw.unit.phone IS 'Telephone of that person (联系电话), e.g. 0991-1234567';

CREATE TABLE raw.account (
    registry_sha256 VARCHAR NOT NULL,
    account_id VARCHAR NOT NULL,
    platform VARCHAR NOT NULL,
    name VARCHAR NOT NULL,
    unit VARCHAR,
    url VARCHAR,
    feed_url VARCHAR,
    last_post_on DATE
);
COMMENT ON TABLE raw.account IS 'One new-media account (政务新媒体账号) of one registry.';
COMMENT ON COLUMN raw.account.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.account.account_id IS 'Identifier of the account (账号标识), e.g. wx-1';
COMMENT ON COLUMN raw.account.platform IS 'Platform it lives on (平台), e.g. 微信';
COMMENT ON COLUMN raw.account.name IS 'Name of the account (账号名称), e.g. 岚川发布';
COMMENT ON COLUMN raw.account.unit IS 'Unit that answers for it (主办单位)';
COMMENT ON COLUMN raw.account.url IS 'Address of the account (账号网址)';
COMMENT ON COLUMN raw.account.feed_url IS 'Address its posts can be read from (订阅地址)';
COMMENT ON COLUMN raw.account.last_post_on IS 'Civil day of the last post as the registry states it (最近更新日期), e.g. 2026-11-01';

CREATE TABLE raw.ticket (
    registry_sha256 VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    received_at TIMESTAMP,
    answered_at TIMESTAMP,
    status VARCHAR,
    content VARCHAR
);
COMMENT ON TABLE raw.ticket IS 'One 我为政府网站找错 ticket of one registry.';
COMMENT ON COLUMN raw.ticket.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.ticket.id IS 'Number of the letter (编号), e.g. T20261101-3';
COMMENT ON COLUMN raw.ticket.site_code IS 'Site it is about';
COMMENT ON COLUMN raw.ticket.received_at IS 'Instant (UTC) it was received (收到时间), null when unknown, e.g. 2026-11-01 02:00:00';
COMMENT ON COLUMN raw.ticket.answered_at IS 'Instant (UTC) it was answered (答复时间), null when not answered';
COMMENT ON COLUMN raw.ticket.status IS 'How far it is dealt with (办理状态), free text that decides nothing';
COMMENT ON COLUMN raw.ticket.content IS 'What the reader wrote (内容)';

CREATE TABLE raw.message (
    registry_sha256 VARCHAR NOT NULL,
    id VARCHAR NOT NULL,
    site_code VARCHAR NOT NULL,
    received_at TIMESTAMP,
    answered_at TIMESTAMP,
    status VARCHAR,
    content VARCHAR
);
COMMENT ON TABLE raw.message IS 'One 网民留言 of one registry.';
COMMENT ON COLUMN raw.message.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.message.id IS 'Number of the letter (编号), e.g. T20261101-3';
COMMENT ON COLUMN raw.message.site_code IS 'Site it was left on';
COMMENT ON COLUMN raw.message.received_at IS 'Instant (UTC) it was received (收到时间), null when unknown, e.g. 2026-11-01 02:00:00';
COMMENT ON COLUMN raw.message.answered_at IS 'Instant (UTC) it was answered (答复时间), null when not answered';
COMMENT ON COLUMN raw.message.status IS 'How far it is dealt with (办理状态), free text that decides nothing';
COMMENT ON COLUMN raw.message.content IS 'What the reader wrote (内容)';

CREATE TABLE raw.approved_link (
    registry_sha256 VARCHAR NOT NULL,
    domain VARCHAR NOT NULL,
    site_code VARCHAR,
    approved_by VARCHAR,
    approved_on DATE
);
COMMENT ON TABLE raw.approved_link IS 'One approved external domain of one registry.';
COMMENT ON COLUMN raw.approved_link.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.approved_link.domain IS 'Approved domain (域名), e.g. example.com; covers its subdomains';
COMMENT ON COLUMN raw.approved_link.site_code IS 'Site it is approved for; null for all sites';
COMMENT ON COLUMN raw.approved_link.approved_by IS 'Who approved it (审批人)';
COMMENT ON COLUMN raw.approved_link.approved_on IS 'Civil day of the approval (审批日期), e.g. 2026-03-01';

CREATE TABLE raw.submission (
    registry_sha256 VARCHAR NOT NULL,
    unit VARCHAR NOT NULL,
    month VARCHAR NOT NULL,
    submitted INTEGER NOT NULL
);
COMMENT ON TABLE raw.submission IS 'Articles one unit submitted in one month, of one registry.';
COMMENT ON COLUMN raw.submission.registry_sha256 IS 'Registry the row belongs to';
COMMENT ON COLUMN raw.submission.unit IS 'Unit that submits (报送单位)';
COMMENT ON COLUMN raw.submission.month IS 'Month (月份), e.g. 2026-11';
COMMENT ON COLUMN raw.submission.submitted IS 'Articles submitted in that month (报送数量), e.g. 12';
