"""What stands in public where something was covered."""

REGISTRATION = "******-*******"
MOBILE = "010-****-****"
LANDLINE = "***-****-****"
CARD = "****-****-****-****"
ACCOUNT = "***-***-******"
BUSINESS = "***-**-*****"
LICENCE = "**-**-******-**"
PASSPORT = "*********"
PLATE = "***-****"
MAIL = "***@***"
# A part of an address, or a name.
WORDS = "***"

SIGNS = tuple(
    sorted(
        {REGISTRATION, MOBILE, LANDLINE, CARD, ACCOUNT, BUSINESS, LICENCE, PASSPORT, PLATE, MAIL,
         WORDS},
        key=len,
        reverse=True,
    )
)  # fmt: skip
