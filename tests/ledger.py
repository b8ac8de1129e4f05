"""The ledger check, where the tests look for it."""

from seoul_portal.ledger import check_ledger, copies_in, message_id

__all__ = ["check_ledger", "copies_in", "message_id"]
