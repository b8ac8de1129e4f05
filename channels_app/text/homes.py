"""Whether words about a place are about somebody's home."""

import re

HOME = re.compile(
    r"아파트|빌라|오피스텔|원룸|고시원|연립|다세대|기숙사|주택|우리\s?집|저희\s?집|내\s?집|옆집|윗집|아랫집"
    r"|집\s?(?:앞|뒤|안|근처|옆)|(?<![가-힣])집(?![가-힣])"
    r"|\d+\s?동\s?\d+\s?호|(?<!\d)\d{2,4}\s?호(?!선|차|기|점)"
    r"|\b(?:apartments?|apt|flat|villa|studio|dormitory|(?:my|our) (?:home|house|place))\b",
    re.IGNORECASE,
)


def names_a_home(place: str) -> bool:
    """Whether these words name a flat, a house or where the sender lives."""
    return HOME.search(place) is not None
