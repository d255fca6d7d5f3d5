"""Every page that `serve` shows, in a real browser: open to everybody, in any width and scheme, by keys alone, and valid."""
import pytest

from conftest import PASSWORD
from looks import assert_valid, axe, settle, show, too_wide, violations
from steps import click, every, one
from tour import enter, furnish

from selenium.webdriver.common.keys import Keys


@pytest.fixture
def pages(room, sink):
    return furnish(room, sink)


def looked_at(browser, room, pages, widths, schemes, look):
    """What LOOK finds on each page, in each width and scheme; the readers' before anybody is signed in."""
    found, (desk, readers, members, link) = [], pages

    def go(names):
        for width in widths:
            for dark in schemes:
                show(browser, width, dark)
                for name, path in names.items():
                    browser.get(room.url + path)
                    settle(browser, width)
                    found.extend(f"{name}, {width} px, {'dark' if dark else 'light'}: {line}" for line in look(width))
    go({**readers, "login-link": link})
    enter(browser, room, link)
    go({**desk, **members})
    return found


def test_no_page_shuts_anybody_out_or_is_wider_than_its_window(room, pages, open_browser):
    script, browser = axe(), open_browser()

    def look(width):
        wide = too_wide(browser, width)
        return violations(browser, script) + ([f"{wide} px too wide"] if wide > 0 else [])
    found = looked_at(browser, room, pages, (390, 1280), (False, True), look)
    assert found == [], "\n".join(found)


def test_every_page_is_valid_html(room, pages, tmp_path):
    desk, readers, members, link = pages
    cookie = room.sign_in("chen")
    _, headers, _ = room.desk.post(link)
    member = headers["Set-Cookie"].split(";")[0]
    for name, path in {**desk, **readers, **members, "login-link": link}.items():
        _, _, page = room.desk.get(path, Cookie="" if name in readers else f"{cookie}; {member}")
        (tmp_path / "pages").mkdir(exist_ok=True)
        (tmp_path / "pages" / f"{name}.html").write_text(page, "utf-8")
    assert_valid(tmp_path / "pages")


def test_zoom_and_a_narrow_window_hide_nothing(room, pages, open_browser):
    browser = open_browser()

    def look(_):
        wide = browser.execute_script("""return [...document.querySelectorAll('main *, header *')].filter(e => {
            const box = e.getBoundingClientRect();
            return box.width > 0 && box.left < innerWidth && box.right > innerWidth + 1 && !e.closest('.wide, pre, [popover]');
        }).map(e => e.outerHTML.slice(0, 120))""")
        return [f"out of the window: {html}" for html in wide[:3]]
    found = looked_at(browser, room, pages, (320, 640), (False,), look)  # 1280 px at 400 % and 200 %
    assert found == [], "\n".join(found)


def reached(browser):
    """The elements that Tab goes through, once around; each with whether one sees that it has the focus."""
    seen = []
    for _ in range(200):
        browser.switch_to.active_element.send_keys(Keys.TAB)
        now = browser.execute_script("""const e = document.activeElement; if (e === document.body) return null;
            const s = getComputedStyle(e), at = e.getBoundingClientRect();
            return [e.outerHTML.slice(0, 160), s.outlineStyle !== 'none' && parseFloat(s.outlineWidth) >= 2, at.width > 0 && at.height > 0];""")
        if now is None or now in seen:
            return seen
        seen.append(now)
    return seen


def test_tab_reaches_everything_and_the_focus_is_seen(room, pages, open_browser):
    browser = open_browser()
    desk, _, _, link = pages
    enter(browser, room, link)
    for name in ("clip", "posts", "post", "documents", "subscribers", "desk-members", "people", "settings", "audit", "sources"):
        browser.get(room.url + desk[name])
        way = reached(browser)
        assert way and way[0][0].startswith('<a class="skip"'), name
        unseen = [html for html, outlined, there in way if not (outlined and there)]
        assert not unseen, f"{name}: {unseen}"
        wanted = [e for e in every(browser, "main a[href], main button, main input:not([type=hidden]), main select, main textarea") if e.is_displayed()]
        assert len(way) >= min(len(wanted), 150), f"{name}: {len(way)} of {len(wanted)}"


@pytest.mark.parametrize("scripts", [True, False])
def test_a_phone_has_a_menu_with_and_without_scripts(room, open_browser, scripts):
    browser = open_browser(scripts=scripts)
    show(browser, 390, False)
    browser.get(room.url + "/desk/login")
    one(browser, "input[name=name]").send_keys("li")
    one(browser, "input[name=password]").send_keys(PASSWORD)
    click(browser, one(browser, "main button"))
    assert not one(browser, "#menu").is_displayed()
    one(browser, ".menu").send_keys(Keys.ENTER)
    assert one(browser, "#menu").is_displayed()
    assert [link.text for link in every(browser, '#menu a[aria-current="page"]')] == ["Queue"]
    click(browser, one(browser, '#menu a[href="/desk/documents"]'))
    assert one(browser, "h1").text == "Documents"


def test_nothing_moves_for_who_wants_stillness(room, open_browser):
    browser = open_browser()
    browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": [{"name": "prefers-reduced-motion", "value": "reduce"}]})
    for path in ("/desk/login", "/subscribe"):
        browser.get(room.url + path)
        moving = browser.execute_script("""return [...document.querySelectorAll('*')].filter(e => {
            const s = getComputedStyle(e); return parseFloat(s.transitionDuration) > .01 || parseFloat(s.animationDuration) > .01 || s.scrollBehavior === 'smooth';
        }).length""")
        assert moving == 0, path
