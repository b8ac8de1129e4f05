"""The database took the voice, but the answer "not now" came back: sending again makes no twin."""

import uuid

from channels_app.models import Message
from people.models import Office
from tests.faults.browser import Browser
from tests.faults.house import House
from tests.ledger import check_ledger

TEXT = "말은 들어갔는데 답이 안 왔어요"


def test_the_form_on_the_page_not_now_keeps_the_key(house: House, roads: Office) -> None:
    browser, key = Browser(house.start_web()), uuid.uuid4()
    first = browser.say(TEXT, key).receipt
    house.lock_out()
    page = browser.say(TEXT, key)
    assert page.status == 503
    assert TEXT in page.body
    house.let_in()

    while not page.receipt:  # page two, perhaps, then the number
        page = browser.press_send_on(page, TEXT)
        assert page.status in (200, 302), page.body[:2000]

    assert page.receipt == first
    assert Message.objects.count() == 1
    check_ledger(receipts=[first], settled=False)
