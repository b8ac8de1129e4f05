"""What a page tells a browser that wants our notices."""

from django import template

from channels_app.connectors import push

register = template.Library()


@register.simple_tag
def push_key() -> str:
    """Our public key; "" where this portal has none, so that nothing is offered."""
    return push.public_key() if push.is_on() else ""
