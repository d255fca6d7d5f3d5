"""Writing the issue in a real browser: from the picks to the mailboxes, two editors at once, and without JavaScript."""
import email
import email.policy
import re

from selenium.webdriver.common.action_chains import ActionChains
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from steps import button, click, every, fill, here, one, press, sign_in, title_of, until


def pick_three(browser, room):
    sign_in(browser, room, "li")
    press(browser, "j")
    titles = []
    for slot in "123":
        titles.append(title_of(here(browser)))
        press(browser, slot)
        press(browser, "j")
    return titles


def open_issue(browser, room):
    browser.get(f"{room.url}/desk/issue/{room.week}")
    return browser


def start_draft(browser, room):
    open_issue(browser, room)
    click(browser, button(browser, "Start the draft from the picks"))


def value(browser, name):
    return one(browser, f"[name={name}]").get_attribute("value")


def preview(browser):
    browser.switch_to.frame(one(browser, 'iframe[name=preview]'))
    try:
        return one(browser, "body").text
    finally:
        browser.switch_to.default_content()


def is_saved(browser):
    return one(browser, "#saved").text.startswith("Saved ")


def set_field(browser, name, text):
    """Types over what is there as a person does: select all, then write."""
    field = one(browser, f"[name={name}]")
    field.send_keys(Keys.CONTROL, "a")
    field.send_keys(text)


def draft(room):
    return room.space.json("issue", "show", room.week)


def headings(room):
    return [slot["heading"] for slot in draft(room)["slots"]]


def stored(browser, room, test):
    until(browser, lambda: is_saved(browser) and test(draft(room)))


def add_readers(room, count):
    room.space.run("subscribers", "import", room.space.write("data/list.csv", "email\n" + "".join(f"reader{n}@example.net\n" for n in range(count))))


def test_an_issue_goes_from_the_picks_to_the_mailboxes(room, open_browser, sink):
    add_readers(room, 3)
    li = open_browser(height=2600)  # where one slot is dragged to another both are on the screen
    titles = pick_three(li, room)
    start_draft(li, room)
    assert value(li, "title1") == titles[0] and value(li, "pinyin1") and value(li, "link1") == "read more here"
    assert re.search(r"\d+(st|nd|rd|th) \w+ (\d{4} )?to \d+(st|nd|rd|th) \w+ \d{4}", value(li, "intro")), "the week's dates are written out"

    # what is typed is previewed and stored without a button
    for slot in (1, 2, 3):
        set_field(li, f"heading{slot}", f"Heading number {slot}")
        set_field(li, f"paragraph{slot}", f"What happened, number {slot}, in *English*.")
    until(li, lambda: "Heading number 3" in preview(li) and "What happened, number 3, in English. read more here" in preview(li))
    stored(li, room, lambda d: d["slots"][2]["paragraph"] == f"What happened, number 3, in *English*. [read more here](<{d['slots'][2]['url']}>)")
    for kind, seen in (("email", "Heading number 2"), ("text", "HEADING NUMBER 2"), ("markdown", "*English*")):
        one(li, f'[data-kind="{kind}"]').click()
        until(li, lambda: seen.lower() in preview(li).lower() and (kind != "markdown" or "## Heading number 2" in preview(li)))
    one(li, '[data-kind="email"]').click()
    one(li, "#phone").click()
    assert one(li, "iframe").size["width"] == 390
    until(li, lambda: "What happened" in preview(li) and "*English*" not in preview(li))

    def ground():
        li.switch_to.frame(one(li, 'iframe[name=preview]'))
        colour = li.execute_script("return getComputedStyle(document.body).backgroundColor")
        li.switch_to.default_content()
        return sum(map(int, re.findall(r"\d+", colour)[:3]))
    light = ground()
    one(li, "#dark").click()
    until(li, lambda: ground() < light - 300)

    # what is missing is said while one writes
    assert one(li, "#missing-count").text == "0"
    size = one(li, "#bytes").text
    set_field(li, "heading2", Keys.DELETE)
    until(li, lambda: one(li, "#missing-count").text == "1" and "slot 2 has no heading" in one(li, "#problems").text and one(li, "#bytes").text != size)
    set_field(li, "heading2", "Heading number 2")
    until(li, lambda: one(li, "#missing-count").text == "0")

    # order by keys, and by a button; the queue follows
    one(li, "[name=heading3]").send_keys(Keys.ALT, Keys.ARROW_UP)
    assert value(li, "heading2") == "Heading number 3" and li.switch_to.active_element.get_attribute("name") == "heading2"
    stored(li, room, lambda d: [s["heading"][-1] for s in d["slots"]] == ["1", "3", "2"])
    one(li, "#slot-1 .move:not([hidden])").click()
    stored(li, room, lambda d: [s["heading"][-1] for s in d["slots"]] == ["3", "1", "2"])
    assert [slot["title"] for slot in draft(room)["slots"]] == [titles[2], titles[0], titles[1]], "facts go along with the words"
    ActionChains(li).drag_and_drop(one(li, "#slot-3 .handle"), one(li, "#slot-2 .grip")).perform()
    stored(li, room, lambda d: [s["heading"][-1] for s in d["slots"]] == ["3", "2", "1"])
    ActionChains(li).drag_and_drop(one(li, "#slot-3 .handle"), one(li, "#slot-2 .grip")).perform()
    stored(li, room, lambda d: [s["heading"][-1] for s in d["slots"]] == ["3", "1", "2"])
    li.get(f"{room.url}/desk/queue?week={room.week}&q=")
    assert "in slot 1" in next(story for story in every(li, ".story") if title_of(story) == titles[2]).text

    # whoever wrote last does not approve; another does, and an edit takes it back
    open_issue(li, room)
    click(li, button(li, "Ask for review"))
    assert one(li, "#state").text == "in review"
    click(li, button(li, "Approve"))
    assert "another editor must approve" in one(li, '[role="alert"]').text
    wang = open_browser()
    sign_in(wang, room, "wang")
    open_issue(wang, room)
    click(wang, button(wang, "Approve"))
    assert "approved by wang" in one(wang, ".count").text
    one(wang, "[name=subject]").click()  # a page with the cursor in its form does not take itself over what others save
    open_issue(li, room)
    set_field(li, "heading1", "Heading number three")
    assert draft(room)["state"] == "approved", "a key alone takes no approval back"
    click(li, one(li, "#save"))
    assert one(li, "#state").text == "draft"
    click(wang, button(wang, "Publish"))
    assert "saved since you opened this page" in one(wang, '[role="alert"]').text
    click(wang, button(wang, "Approve"))
    click(wang, button(wang, "Publish"))
    assert one(wang, "#state").text == "published"
    assert "Heading number three" in room.space.read(f"public/weekly/{room.issue}/index.html")

    # a copy to try, then everybody, watched
    one(wang, "[name=address]").send_keys("wang@example.org")
    click(wang, button(wang, "Send one copy"))
    until(wang, lambda: "A copy went to wang@example.org" in one(wang, "#note").text)
    assert [to for _, to, _ in sink.messages] == [["wang@example.org"]]
    wang.find_element(By.XPATH, "//summary[contains(., 'Send to 3 readers')]").click()
    click(wang, button(wang, "Send to 3 readers now"))
    until(wang, lambda: one(wang, "#send-words").text == "sent" and one(wang, "#state").text == "sent")
    assert one(wang, '[data-count="sent"]').text == "3" and one(wang, '[data-count="queued"]').text == "0"
    mails = [email.message_from_bytes(raw, policy=email.policy.default) for _, to, raw in sink.messages if to != ["wang@example.org"]]
    assert sorted(to[0] for _, to, _ in sink.messages[1:]) == [f"reader{n}@example.net" for n in range(3)]
    for mail in mails:
        html = mail.get_body(("html",)).get_content()
        assert html.index("Heading number three") < html.index("Heading number 1") < html.index("Heading number 2")

    # afterwards a correction, dated, in the archive; and all of it in the audit
    one(wang, "[name=text]").send_keys("The third number was wrong.")
    click(wang, button(wang, "Publish the correction"))
    assert "The third number was wrong." in room.space.read(f"public/weekly/{room.issue}/index.html")
    wang.get(f"{room.url}/desk/issue/{room.week}/revisions")
    acts = [line.text for line in every(wang, ".acts-list li")]
    for act in ("wang: correct, The third number was wrong.", "sender: sent", "wang: send", "wang: publish", "wang: approve", "li: edit", "li: review", "li: autosave", "li: new"):
        assert any(line.startswith(act) for line in acts), act


def test_two_editors_write_at_once_and_nothing_is_lost(room, open_browser):
    li, wang = open_browser(), open_browser()
    pick_three(li, room)
    start_draft(li, room)
    sign_in(wang, room, "wang")
    open_issue(wang, room)
    # different fields: both stay, without a question
    set_field(li, "heading1", "The first by Li")
    stored(li, room, lambda d: d["slots"][0]["heading"] == "The first by Li")
    set_field(wang, "heading2", "The second by Wang")
    stored(wang, room, lambda d: d["slots"][0]["heading"] == "The first by Li" and d["slots"][1]["heading"] == "The second by Wang")
    assert value(wang, "heading1") == "The first by Li"
    # a page that nobody writes in shows what the other has written
    li.execute_script("document.activeElement.blur()")
    until(li, lambda: value(li, "heading2") == "The second by Wang")
    # the same field: both are shown, and a person chooses
    set_field(li, "heading3", "The third by Li")
    until(li, lambda: "The third by Li" in headings(room))
    set_field(wang, "heading3", "The third by Wang")
    until(wang, lambda: one(wang, "#conflict").is_displayed())
    assert "The third by Li" in one(wang, "#conflict").text and "The third by Wang" in one(wang, "#conflict").text
    assert headings(room)[2] == "The third by Li" and value(wang, "heading3") == "The third by Wang"
    wang.get(f"{room.url}/desk/issue/{room.week}/revisions")
    aside = next(row for row in every(wang, "tbody tr") if "kept aside" in row.text)
    assert "wang" in aside.text, "what was not saved is there even when the page is left"
    click(wang, aside.find_element(By.CSS_SELECTOR, "button"))
    assert headings(room)[2] == "The third by Wang"
    li.get(f"{room.url}/desk/issue/{room.week}/revisions")
    before = next(row for row in every(li, "tbody tr") if "aside" not in row.text and "li" in row.text and "autosave" in row.text)
    before.find_element(By.CSS_SELECTOR, "[name=from]").click()
    click(li, button(li, "Show what changed"))
    assert "Li" in [gone.text.strip() for gone in every(li, ".diff del")] and "Wang" in [new.text.strip() for new in every(li, ".diff ins")]


def test_a_choice_between_two_texts_is_saved(room, open_browser):
    li, wang = open_browser(), open_browser()
    pick_three(li, room)
    start_draft(li, room)
    sign_in(wang, room, "wang")
    open_issue(wang, room)
    set_field(li, "intro", "The words of Li.")
    stored(li, room, lambda d: d["intro"] == "The words of Li.")
    set_field(wang, "intro", "The words of Wang.")
    until(wang, lambda: one(wang, "#conflict").is_displayed())
    button(wang, "Keep mine").click()
    stored(wang, room, lambda d: d["intro"] == "The words of Wang.")
    assert not one(wang, "#conflict").is_displayed()


def test_the_whole_road_works_without_javascript(room, open_browser, sink):
    add_readers(room, 2)
    li, wang = open_browser(scripts=False), open_browser(scripts=False)
    sign_in(li, room, "li")
    for slot in (1, 2, 3):
        click(li, every(li, ".story")[slot - 1].find_element(By.CSS_SELECTOR, f'button[value="{slot}"]'))
    start_draft(li, room)
    sign_in(wang, room, "wang")
    open_issue(wang, room)
    for slot in (1, 2, 3):
        fill(li, f"heading{slot}", f"Heading number {slot}")
        fill(li, f"paragraph{slot}", f"What happened, number {slot}.")
    fill(li, "intro", "Nothing yet.")
    click(li, one(li, "#save"))
    assert headings(room) == ["Heading number 1", "Heading number 2", "Heading number 3"]
    assert "Heading number 3" in preview(li)
    click(li, one(li, '[name=template][value=intro]'))
    assert "Nothing yet." not in draft(room)["intro"] and " to " in draft(room)["intro"]
    fill(li, "heading1", "Heading number one")
    click(li, one(li, '#slot-1 [name=move][value="1-2"]'))
    assert headings(room) == ["Heading number 2", "Heading number one", "Heading number 3"], "what was written goes along with the move"
    # an old form does not save over it, and both are shown
    fill(wang, "heading3", "The words of Wang")
    click(wang, one(wang, "#save"))
    assert "Heading number 3" in one(wang, "section.problem").text and value(wang, "heading3") == "The words of Wang"
    assert headings(room)[2] == "Heading number 3"
    open_issue(wang, room)
    click(wang, button(wang, "Approve"))
    click(wang, button(wang, "Publish"))
    assert "Heading number one" in room.space.read(f"public/weekly/{room.issue}/index.html")
    wang.find_element(By.XPATH, "//summary[contains(., 'Send to 2 readers')]").send_keys(Keys.ENTER)
    click(wang, button(wang, "Send to 2 readers now"))

    def all_sent():
        open_issue(wang, room)
        return one(wang, "#state").text == "sent"
    until(wang, all_sent)
    assert len(sink.messages) == 2
