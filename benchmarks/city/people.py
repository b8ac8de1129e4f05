"""Who writes and who answers in the city of the measurements: few, and the same in every size."""

from channels_app import sealing
from channels_app.models import Contact
from lifecycle import clock
from people.models import Appointment, Office, User

CONTACTS = 500


def fill_people() -> None:
    """An officer for every office, and some hundred mail addresses that nobody reads."""
    offices = list(Office.objects.order_by("pk"))
    officers = [User(email=f"{one.slug}@officers.example", name=one.name_ko) for one in offices]
    for officer in officers:
        officer.set_unusable_password()
    made = User.objects.bulk_create(officers)
    moment = clock.now()
    Appointment.objects.bulk_create(
        [
            Appointment(user=user, office=office, since=moment)
            for user, office in zip(made, offices, strict=True)
        ]
    )
    Contact.objects.bulk_create([_contact(number) for number in range(CONTACTS)])


def _contact(number: int) -> Contact:
    address = f"citizen{number}@citizens.example"
    return Contact(
        kind="mail",
        index=sealing.index_of("mail", address),
        sealed=sealing.seal(address),
        confirmed_at=clock.now(),
    )
