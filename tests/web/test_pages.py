"""The frame of the pages: languages, errors, forms, what browsers are told."""

import re

import pytest

from livefreeze.web.pages import pictures, translations

ENGLISH = {"Accept-Language": "en", "Accept": "text/html"}
CHINESE = {"Accept-Language": "zh-CN,zh;q=0.9", "Accept": "text/html"}


@pytest.fixture
def browser(tmp_path):
    """A browser before the application on a fresh SQLite file."""
    from livefreeze.app import create_app
    from livefreeze.base import master_keys
    from livefreeze.settings import Settings
    from livefreeze.store import engine

    url = f"sqlite:///{tmp_path / 'pages.db'}"
    master_keys.create(tmp_path / "keys.json")
    engine.upgrade(url)
    settings = Settings(environment="development", database_url=url, master_key_file=tmp_path / "keys.json")
    return create_app(settings).test_client()


def token(page):
    return re.search('name="csrf_token" value="([^"]+)"', page.text)[1]


def test_a_page_speaks_the_language_that_the_browser_asks_for(browser):
    assert '<html lang="zh-CN">' in browser.get("/", headers=CHINESE).text
    assert "The living allowance is not" in browser.get("/", headers=ENGLISH).text
    assert "生活费照常可取" in browser.get("/").text


def test_a_text_that_counts_is_chinese_for_any_number():
    one, many = "%(num)s other log-in has ended.", "%(num)s other log-ins have ended."
    said = {translations.chinese().ngettext(one, many, count) for count in (0, 1, 2, 9)}
    assert said == {"已结束其他 %(num)s 个登录。"}


def test_amounts_follow_the_language_of_each_reader(browser):
    assert "5,500.00\u00a0元" in browser.get("/components", headers=CHINESE).text
    assert "CNY\u00a05,500.00" in browser.get("/components", headers=ENGLISH).text
    assert "元" not in browser.get("/components", headers=ENGLISH).text


def test_the_chosen_language_stays(browser):
    form = {"csrf_token": token(browser.get("/", headers=CHINESE)), "language": "en", "back": "/components"}
    answer = browser.post("/language", data=form)
    assert (answer.status_code, answer.location) == (303, "/components")
    assert '<html lang="en">' in browser.get("/components", headers=CHINESE).text


@pytest.mark.parametrize(
    "back", ["https://evil.invalid/", "//evil.invalid", "/\\evil.invalid", "javascript:alert(1)", "/a b"]
)
def test_the_way_back_never_leaves_the_service(browser, back):
    form = {"csrf_token": token(browser.get("/")), "language": "en", "back": back}
    assert browser.post("/language", data=form).location == "/"


def test_a_form_without_its_token_does_nothing(browser):
    answer = browser.post("/components", data={"quota": "1.00"}, headers=ENGLISH)
    assert answer.status_code == 400
    assert "The form has expired" in answer.text


def test_a_refused_form_keeps_what_was_typed_and_says_why_beside_the_field(browser):
    form = {
        "csrf_token": token(browser.get("/components")), "quota": "1e3", "notice_number": "执1234号",
        "channel": "cash_machine",
    }
    answer = browser.post("/components", data=form, headers=ENGLISH)
    assert answer.status_code == 422
    assert 'value="1e3"' in answer.text and 'value="执1234号"' in answer.text
    assert re.search('value="cash_machine" checked', answer.text)
    assert not re.search('value="counter" checked', answer.text)
    assert re.search('id="f-quota"[^>]*aria-invalid="true"[^>]*aria-describedby="e-quota', answer.text)
    assert re.search('<p class="error" id="e-quota">[^<]*CNY', answer.text)


def test_an_unknown_address_is_a_page_for_people_and_a_document_for_programs(browser):
    page = browser.get("/nowhere", headers=ENGLISH)
    assert (page.status_code, page.mimetype) == (404, "text/html")
    assert browser.get("/nowhere", headers={"Accept": "application/json"}).mimetype == "application/problem+json"
    assert browser.get("/court/v1/nowhere", headers=ENGLISH).mimetype == "application/problem+json"


def test_a_page_loads_nothing_from_elsewhere_and_nothing_inline(browser):
    page = browser.get("/components")
    policy = page.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy and "unsafe" not in policy
    assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page.text)
    for address in re.findall(r'(?:src|href)="([^"#]+)"', page.text):
        assert address.startswith("/"), address


def test_what_lies_beside_a_page_is_named_by_its_content_and_kept(browser):
    address = re.search(r'href="(/static/pages/livefreeze\.css\?v=[0-9a-f]{12})"', browser.get("/").text)[1]
    answer = browser.get(address)
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "public, max-age=31536000"


def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(browser):
    cookie = browser.get("/").headers["Set-Cookie"]
    assert "HttpOnly" in cookie and "SameSite=Lax" in cookie


@pytest.mark.parametrize(("minors", "widths"), [
    ((1, 1), (500, 500)), ((0, 0), (0, 0)), ((1, 2), (333, 667)), ((0, 5), (0, 1000)), ((-3, 5), (0, 1000)),
])
def test_the_parts_of_a_bar_fill_it(minors, widths):
    segments = pictures.stacked([pictures.Part("", minor, "", "held") for minor in minors])
    assert tuple(segment.width for segment in segments) == widths
