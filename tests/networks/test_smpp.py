"""Text messages by SMPP, handed to a message centre of this machine."""

from collections.abc import Iterator
from contextlib import nullcontext
from dataclasses import replace
from pathlib import Path

import pytest

from channels_app.connectors.errors import (
    AuthExpired,
    ConnectorError,
    ContentRejected,
    Forbidden,
    OutcomeUnknown,
    RateLimited,
    TargetGone,
    Transient,
)
from tests.faults import certificates
from tests.networks.smpp_account import smpp, text
from tests.networks.smsc import BIND_TX, CITY, ENQUIRE, MINA, NACK, Centre, playing

LONG = "가로등을 고쳤습니다. " * 12


@pytest.fixture
def centre() -> Iterator[Centre]:
    with playing(Centre()) as there:
        yield there


class TestSending:
    """What leaves."""

    def test_a_text_is_there_under_the_name_that_the_centre_gave_it(self, centre: Centre) -> None:
        sent = smpp(centre).hand_over(text("가로등을 고쳤습니다."))

        (part,) = centre.taken
        assert centre.texts == ["가로등을 고쳤습니다."]
        assert (part.to, part.coding, part.wants_receipt) == (MINA, 8, True)
        assert (sent.external_ids, sent.ref) == (("m-1",), {"to": MINA})
        assert (centre.binds, centre.unbound) == ([BIND_TX], 1)

    def test_a_long_text_leaves_in_parts_that_phones_join(self, centre: Centre) -> None:
        sent = smpp(centre).hand_over(text(LONG))

        assert centre.texts == [LONG]
        assert len(sent.external_ids) == len(centre.taken) == 3
        assert {part.header[:5] for part in centre.taken} == {centre.taken[0].header[:5]}

    def test_letters_of_phones_take_half_the_room(self, centre: Centre) -> None:
        smpp(centre).hand_over(text("See http://seoul.example/a_b @ $5\n" + "x" * 126))

        assert [part.coding for part in centre.taken] == [0]
        assert centre.texts[0].startswith("See http://seoul.example/a_b @ $5\n")

    def test_eight_parts_leave_and_nine_never_do(self, centre: Centre) -> None:
        smpp(centre).hand_over(text("가" * 8 * 67))

        with pytest.raises(ContentRejected):
            smpp(centre).hand_over(text("가" * (8 * 67 + 1)))

        assert len(centre.taken) == 8

    @pytest.mark.parametrize("number", ["01012345678", "+82-10-1234", "", "+0101234567", "mina"])
    def test_what_is_no_number_never_leaves(self, centre: Centre, number: str) -> None:
        with pytest.raises(Forbidden):
            smpp(centre).hand_over(text(to=number))

        assert centre.binds == []

    def test_nothing_leaves_without_words(self, centre: Centre) -> None:
        with pytest.raises(ContentRejected):
            smpp(centre).hand_over(text(""))

    def test_a_lost_answer_stays_in_doubt(self, centre: Centre) -> None:
        centre.cuts = True
        with pytest.raises(OutcomeUnknown):
            smpp(centre).hand_over(text())
        centre.cuts = False

        smpp(centre).hand_over(text(), again=True)

        assert centre.texts == ["고쳤습니다."] * 2

    @pytest.mark.parametrize(
        ("status", "problem"),
        [
            (0x58, RateLimited),
            (0x14, RateLimited),
            (0x0B, TargetGone),
            (0x0A, Forbidden),
            (0x08, Transient),
            (0x45, Transient),
            (0x01, ContentRejected),
            (0x66, ContentRejected),
            (0x450, ContentRejected),
        ],
    )
    def test_a_refusal_says_what_is_to_be_done(
        self, centre: Centre, status: int, problem: type[ConnectorError]
    ) -> None:
        centre.statuses = [status]

        with pytest.raises(problem):
            smpp(centre).hand_over(text(LONG))

        assert centre.taken == []

    def test_a_number_that_is_gone_is_known(self, centre: Centre) -> None:
        centre.gone = {MINA}

        with pytest.raises(TargetGone):
            smpp(centre).hand_over(text())

    def test_the_rest_of_a_begun_text_waits_for_the_centre(self, centre: Centre) -> None:
        centre.statuses = [0, 0x58, 0x58, 0, 0x14]

        sent = smpp(centre).hand_over(text(LONG))

        assert centre.texts == [LONG]
        assert sent.external_ids == ("m-1", "m-2", "m-3")

    def test_half_a_text_that_is_refused_is_in_doubt(self, centre: Centre) -> None:
        centre.statuses = [0, 0x66]

        with pytest.raises(OutcomeUnknown, match="1 parts were taken"):
            smpp(centre).hand_over(text(LONG))

    def test_the_line_is_minded_while_we_wait(self, centre: Centre) -> None:
        centre.enquires = centre.strange = True

        smpp(centre).hand_over(text())

        assert (ENQUIRE | NACK, 0) in centre.heard
        assert (NACK, 3) in centre.heard


class TestSigningIn:
    """Before anything is said."""

    def test_a_good_sign_in_says_who_we_are(self, centre: Centre) -> None:
        assert smpp(centre).about().own_id == CITY
        assert centre.unbound == 1

    def test_a_wrong_password_is_known(self, centre: Centre) -> None:
        wrong = smpp(centre, password="wrong")

        for ask in (wrong.verify, lambda: wrong.fetch(""), lambda: wrong.hand_over(text())):
            with pytest.raises(AuthExpired):
                ask()

        assert centre.taken == []

    @pytest.mark.parametrize(
        ("status", "problem"),
        [(0x0D, AuthExpired), (0x0F, AuthExpired), (0x58, RateLimited), (0x05, Transient)],
    )
    def test_a_refused_bind_says_why(
        self, centre: Centre, status: int, problem: type[ConnectorError]
    ) -> None:
        centre.bind_statuses = [status]

        with pytest.raises(problem):
            smpp(centre).verify()

    def test_a_password_that_no_centre_reads_is_not_good(self, centre: Centre) -> None:
        with pytest.raises(AuthExpired):
            smpp(centre, password="비밀").verify()

    @pytest.mark.parametrize(("host", "is_in"), [("localhost", True), ("127.0.0.1", False)])
    def test_a_safe_line_leads_to_the_centre_we_mean_and_to_no_other(
        self,
        centre: Centre,
        host: str,
        is_in: bool,
        tmp_path: Path,
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        chain = certificates.chain(tmp_path, "localhost")
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        centre.tls = certificates.serving(chain)
        connector = replace(smpp(centre), host=host, security="tls")

        with nullcontext() if is_in else pytest.raises(Transient):
            connector.hand_over(text())

        assert len(centre.taken) == int(is_in)

    def test_a_centre_that_hangs_up_at_once_is_transient(self, centre: Centre) -> None:
        centre.drops = True

        for ask in (smpp(centre).verify, lambda: smpp(centre).hand_over(text())):
            with pytest.raises(Transient):
                ask()

    def test_a_centre_that_is_away_is_transient(self) -> None:
        with playing(Centre()) as gone:
            pass

        for ask in (lambda: smpp(gone).fetch(""), lambda: smpp(gone).hand_over(text())):
            with pytest.raises(Transient):
                ask()
