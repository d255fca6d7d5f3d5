"""What the browser tests do at the desk: find, press, fill, wait for the page that follows."""
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from conftest import PASSWORD


def one(browser, css):
    return browser.find_element(By.CSS_SELECTOR, css)


def every(browser, css):
    return browser.find_elements(By.CSS_SELECTOR, css)


def until(browser, test):
    return WebDriverWait(browser, 15, ignored_exceptions=[Exception]).until(lambda _: test())


def sign_in(browser, room, name):
    browser.get(room.url + "/desk")
    one(browser, "input[name=name]").send_keys(name)
    one(browser, "input[name=password]").send_keys(PASSWORD)
    one(browser, "main button").click()
    until(browser, lambda: one(browser, ".stories"))
    browser.get(f"{room.url}/desk/queue?week={room.week}")


def press(browser, key):
    """A key on the page; where it sends a form, the next page is waited for."""
    before = one(browser, "html").id
    one(browser, "body").send_keys(key)
    if key not in "jko?s/":
        until(browser, lambda: one(browser, "html").id != before and browser.execute_script("return document.readyState") == "complete")


def here(browser):
    return one(browser, ".story.here")


def title_of(story):
    return story.find_element(By.CSS_SELECTOR, "h2").text


def click(browser, element):
    """Presses a button and waits for the page that follows."""
    before = one(browser, "html").id
    if browser.scripts:
        browser.execute_script("arguments[0].scrollIntoView({block: 'center'})", element)
        element.click()
    else:
        element.send_keys(Keys.ENTER)  # the driver does not scroll from below what is sticky
    until(browser, lambda: one(browser, "html").id != before and one(browser, "main"))


def button(browser, text):
    return next(b for b in every(browser, "button") if b.text == text)


def fill(browser, name, text):
    field = one(browser, f"[name={name}]")
    field.clear()
    field.send_keys(text)
