"""What a log may not hold: private links and personal data."""

import logging
import re

from channels_app.text.masking import mask

PRIVATE_LINK = re.compile(r"(/(?:s|mail)/[A-Z]-\d{4}-\d{6,}/|/accounts/enrol/)[A-Za-z0-9_:.-]{10,}")


class NoSecrets(logging.Filter):
    """Cuts the token of a private link and masks personal data in every line."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Rewrite the line in place; never drop one."""
        line = record.getMessage()
        record.msg, record.args = mask(PRIVATE_LINK.sub(r"\1…", line)), None
        if record.exc_info:
            # A traceback repeats what a person typed (parameters of a query): keep its kind.
            record.exc_text = logging.Formatter().formatException(record.exc_info)
            record.exc_text = mask(PRIVATE_LINK.sub(r"\1…", record.exc_text))
        return True
