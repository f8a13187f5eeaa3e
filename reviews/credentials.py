"""The reviewers' specialties and states of licence, each kept once, in `Credential`."""

LONGEST = 200  # characters: what is longer is no specialty


def keep(rows: str) -> str:
    """SQL that keeps them, from SQL for a table with a review's columns of them.

    What is there already is left out first, so that a letter hardly ever waits for another; sorted,
    so that two never wait for each other.
    """
    return f"""INSERT INTO reviews_credential (kind, value)
    SELECT DISTINCT had.kind, had.value FROM {rows} one, LATERAL (
        SELECT 'specialties' AS kind, unnest(one.specialties) AS value
        UNION ALL SELECT 'licensed_in', unnest(one.licensed_in)
    ) had
    WHERE length(had.value) BETWEEN 1 AND {LONGEST} AND NOT EXISTS (
        SELECT FROM reviews_credential known
        WHERE known.kind = had.kind AND known.value = had.value
    )
    ORDER BY 1, 2
    ON CONFLICT DO NOTHING"""


OF_REVIEWS = keep(
    "(SELECT specialties, licensed_in FROM reviews_review WHERE id = ANY(%(reviews)s))"
)
OF_ALL = keep("reviews_review")
