"""Each check that every page has to pass catches what it is for, on pages that are wrong on purpose."""

import pytest

from tests.support.browser import chromium
from tests.support.browser.axe import axe_faults
from tests.support.browser.keyboard import keyboard_faults
from tests.support.browser.layout import layout_faults
from tests.support.browser.served import served
from tests.support.browser.visitor import PHONE, ZOOMED, visiting

POLICY = "default-src 'none'; script-src 'self'; style-src 'unsafe-inline'"
GOOD = "<main><h1>Orders 冻结裁定</h1><p>Text</p><a href='/'>Back</a> <button>Send</button></main>"
STYLE = "<style>button { font-size: 16px } .quiet:focus { outline: none }</style>"


@pytest.fixture
def shown(browser):
    """Open a page with this body, under a policy that forbids what is inline."""
    bodies = {}

    def application(environ, start_response):
        body = f"<!doctype html><html lang='en'><head><title>Page</title>{STYLE}</head><body>{bodies['/']}</body>"
        start_response("200 OK", [("Content-Type", "text/html; charset=utf-8"), ("Content-Security-Policy", POLICY)])
        return [body.encode() if environ["PATH_INFO"] == "/" else b""]

    with served(application) as address, visiting(browser, address) as visitor:

        def show(body):
            bodies["/"] = body
            visitor.goes("/")
            return visitor

        yield show


def test_a_good_page_passes_all_checks(shown):
    visitor = shown(GOOD)
    assert [*axe_faults(visitor.page), *keyboard_faults(visitor.page), *layout_faults(visitor.page, ZOOMED, PHONE),
            *visitor.complained()] == []


@pytest.mark.parametrize(("body", "fault"), [
    ("<main><h1>Orders</h1><input name='quota'></main>", "label"),
    ("<main><h1>Orders</h1><img src='data:,'></main>", "image-alt"),
    ("<main><h1>Orders</h1><p style='color: #bbb'>Pale</p></main>", "color-contrast"),
])
def test_axe_finds_it(shown, body, fault):
    assert any(fault in found for found in axe_faults(shown(body).page))


@pytest.mark.parametrize(("body", "fault"), [
    (GOOD + "<button tabindex='-1'>Only by mouse</button>", "the keyboard does not reach <button"),
    (GOOD + "<div role='button'>Only by mouse</div>", "the keyboard does not reach <div"),
    (GOOD + "<tr onclick='x'></tr><span onclick='x'>Only by mouse</span>", "the keyboard does not reach <span"),
    (GOOD + "<button class='quiet'>Where am I?</button>", "focus cannot be seen on <button"),
    (GOOD + "<a href='/' style='position: absolute; left: -999px'>Skip</a>", "focus is out of sight on <a"),
])
def test_the_keyboard_finds_it(shown, body, fault):
    assert any(found.startswith(fault) for found in keyboard_faults(shown(body).page))


def test_what_cannot_be_used_now_need_not_be_reached(shown):
    body = GOOD + "<button disabled>Not now</button><details><summary>Why?</summary><a href='/'>More</a></details>"
    assert keyboard_faults(shown(body).page) == []


def test_one_of_several_radio_buttons_is_enough(shown):
    body = GOOD + "".join(f"<label><input type='radio' name='day' value='{day}'>{day}</label>" for day in (1, 10))
    assert keyboard_faults(shown(body).page) == []


def test_what_is_too_wide_for_a_phone_is_named(shown):
    (fault,) = layout_faults(shown(GOOD + "<table style='width: 500px'><tr><td>1</td></tr></table>").page, PHONE)[:1]
    assert fault.startswith("wider than 360 px: reaches to")


def test_what_scrolls_in_its_own_box_is_not_too_wide(shown):
    body = GOOD + "<div style='overflow-x: auto'><table style='width: 900px'><tr><td>1</td></tr></table></div>"
    assert layout_faults(shown(body).page, PHONE) == []


@pytest.mark.parametrize(("body", "complaint"), [
    ("<script>1</script>", "Content Security Policy"),
    ("<script src='https://outside.invalid/x.js'></script>", "asked outside"),
    ("<img alt='' src='/picture.png'>", "Content Security Policy"),
])
def test_the_browser_complains(shown, body, complaint):
    assert any(complaint in each for each in shown(GOOD + body).complained())


def test_chinese_is_drawn_by_the_font_that_was_brought_along(shown):
    visitor = shown(GOOD)
    session = visitor.context.new_cdp_session(visitor.page)
    session.send("DOM.enable")
    session.send("CSS.enable")
    root = session.send("DOM.getDocument")["root"]["nodeId"]
    heading = session.send("DOM.querySelector", {"nodeId": root, "selector": "h1"})["nodeId"]
    fonts = session.send("CSS.getPlatformFontsForNode", {"nodeId": heading})["fonts"]
    assert {font["familyName"] for font in fonts} == {"Noto Sans SC"}


def test_a_missing_browser_is_a_failure_that_says_what_to_do():
    with pytest.raises(chromium.ChromiumMissing, match="LIVEFREEZE_TEST_CHROMIUM"):
        chromium.find({"LIVEFREEZE_TEST_CHROMIUM": "/nowhere/chromium"})
