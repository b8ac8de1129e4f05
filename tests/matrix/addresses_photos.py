"""The written table: photos under their public address, the private link and on the desk."""

from channels_app.urls import PHOTO
from tests.matrix.addresses import (
    CASE,
    NO,
    OFFICERS,
    OWN_BUSINESS,
    TOKEN,
    Address,
    everybody,
    inside,
    of_case,
    page,
    posted,
)

DESK_CASE = rf"admin/^case/{CASE[2:]}"
READERS = OWN_BUSINESS | {"auditor"}  # of the original, and so of its photos


def own(message: str, token: str, photo: str, status: int) -> list[Address]:
    """A photo under a private link, large and small."""
    path = f"/s/{{{message}}}/{{{token}}}/photo/{{{photo}}}/"
    return [of_case(rf"{TOKEN}{PHOTO}{end}", f"{path}{end}", status) for end in ("", "small/")]


def on_desk(message: str, photo: str, readers: set[str], status: int = 200) -> list[Address]:
    """The same for officers."""
    path = f"/admin/case/{{{message}}}/photo/{{{photo}}}/"
    closed = posted(OFFICERS, 405)
    return [
        Address(rf"{DESK_CASE}{PHOTO}{end}$", f"{path}{end}", inside(readers, status), closed,
                closed)
        for end in ("", "small/")
    ]  # fmt: skip


def button(verb: str, message: str, photo: str, allowed: set[str], status: int = 302) -> Address:
    """One act on a photo, with a form that is right."""
    return Address(
        route=rf"{DESK_CASE}{PHOTO}{verb}/$",
        path=f"/admin/case/{{{message}}}/photo/{{{photo}}}/{verb}/",
        get=inside(OFFICERS, 405),
        post=posted(allowed, status),
        other=posted(OFFICERS, 405),
        form={
            f"{{{photo}}}-version": f"{{{message}.version}}",
            f"{{{photo}}}-alt": "보도블록",
        },
    )


def nothing(route: str, path: str) -> Address:
    """A photo that everyone would see if an officer had let them."""
    return Address(route, path, everybody(404), NO, NO)


PHOTOS = [
    Address("say/photos/", "/say/photos/", NO, everybody(200), NO),
    page("photo/<uuid:key>/", "/photo/{photo_shown}/"),
    page("photo/<uuid:key>/small/", "/photo/{photo_shown}/small/"),
    nothing("photo/<uuid:key>/", "/photo/{photo_waiting}/"),
    nothing("photo/<uuid:key>/small/", "/photo/{photo_private}/small/"),
    nothing("photo/<uuid:key>/", "/photo/{key}/"),
    *own("pictured", "pictured.token", "photo_shown", 200),
    *own("pictured_private", "pictured_private.token", "photo_private", 200),
    *own("pictured_private", "wrong", "photo_private", 404),
    *own("pictured", "pictured.token", "photo_private", 404),
    *on_desk("pictured", "photo_waiting", READERS),
    *on_desk("pictured_private", "photo_private", READERS),
    Address(rf"{DESK_CASE}{PHOTO}$", "/admin/case/{pictured}/photo/{photo_private}/",
            inside(READERS, 404), posted(OFFICERS, 405), posted(OFFICERS, 405)),
    button("show", "pictured", "photo_waiting", OWN_BUSINESS),
    button("show", "pictured_private", "photo_private", OWN_BUSINESS, 409),
    button("hide", "pictured", "photo_shown", OWN_BUSINESS),
    button("words", "pictured", "photo_shown", OWN_BUSINESS),
]  # fmt: skip
