"""What the boroughs of Seoul do themselves, as it starts: the departments whose words lead there.

The city makes the policy, the borough collects, inspects and fines on the spot. Parks stand here
out of use: the small ones are the boroughs', the large ones the city's own, and a word can't tell
which is meant. The centre tries it in the dry run before it switches it on.
"""

# slug of the department, in use
DUTIES: tuple[tuple[str, bool], ...] = (
    ("recycling", True),  # waste is collected, and dumping fined, by the borough
    ("parking", True),  # residents' parking and most tickets
    ("food-safety", True),  # hygiene of restaurants is inspected by the borough
    ("living-environment", True),  # noise and smells are measured by the borough
    ("street-trees", True),  # delegated to the heads of the boroughs by ordinance
    ("building", True),  # permits but for the largest buildings, and illegal ones
    ("parks", False),
)
