"""A database of its own, beside the real one, filled with invented cases."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.db import connection

NAME = "imrsite_bench"

# Rows about as wide as real ones: 1,400 characters of summary, 900 of rationale. md5 makes words
# that neither compress nor repeat the way that a constant would.
FILL = """
INSERT INTO reviews_review (reader_version, generation, recorded_at, case_number, date_assigned,
    date_of_injury, decision_date, ur_denial_date, application_received, priority, licensed_in,
    specialties, age, sex, mechanism, treatment_to_date, clinical_summary, diagnoses, flags,
    notices, flagged, receipts, search)
SELECT 'bench', 'G5', now(), 'CM' || (13 + n %% 12) || '-' || lpad(n::text, 7, '0'),
    date '2013-01-01' + n %% 4000, date '2005-01-01' + n %% 4000, date '2013-02-01' + n %% 4000,
    date '2012-12-20' + n %% 4000, date '2012-12-28' + n %% 4000, 'standard',
    ARRAY['California'], ARRAY['Occupational Medicine', 'Preventive Medicine'], 20 + n %% 50,
    CASE n %% 2 WHEN 0 THEN 'female' ELSE 'male' END, '', '',
    (SELECT string_agg(md5((n * 50 + k)::text), ' ') FROM generate_series(1, 42) k),
    ARRAY['lumbar strain', 'sciatica'], '[]', '[]', n %% 20 = 0, '{}',
    to_tsvector('english', 'tramadol ' || CASE WHEN n %% 20000 = 7 THEN 'rareword' ELSE '' END)
FROM generate_series(1, %(cases)s) n;

INSERT INTO cases_case (number, name, review_id, decided_on, injured_on, age, doubts)
SELECT case_number, case_number, id, decision_date, date_of_injury, age, flagged::int
FROM reviews_review;

INSERT INTO cases_letter (sha256, name, kind, size, file, received_at, state, code, attempts)
SELECT lpad(to_hex(id), 64, '0'), case_number || '.pdf', 'pdf', 30000, 'none', now(), 'read', '', 1
FROM reviews_review;

INSERT INTO cases_reading (letter_id, case_id, review_id, part)
SELECT l.id, c.id, r.id, 1 FROM reviews_review r JOIN cases_case c ON c.review_id = r.id
JOIN cases_letter l ON l.sha256 = lpad(to_hex(r.id), 64, '0');

INSERT INTO reviews_disputeditem (review_id, position, service, requested, authorized, disputed,
    outcome, category, treatment_id, administrator_basis, expert_basis, administrator_text,
    expert_text, administrator_cites, expert_cites, rationale, details, receipts)
SELECT r.id, p,
    CASE (r.id + p) %% 40 WHEN 0 THEN '=' ELSE '' END || 'Tramadol 50mg #' || r.id %% 90,
    '', '', '', CASE (r.id + p) %% 9 WHEN 0 THEN 'overturned' ELSE 'upheld' END, 'pharmaceutical',
    'tramadol', 'mtus', 'mtus', 'Decision based on MTUS', 'Decision based on MTUS',
    'MTUS Chronic Pain Medical Treatment Guidelines: Muscle relaxants (for pain)',
    'MTUS Chronic Pain Medical Treatment Guidelines, pages 64-66',
    (SELECT string_agg(md5((r.id * 99 + p * 30 + k)::text), ' ') FROM generate_series(1, 27) k),
    '{}', '{}'
FROM reviews_review r, generate_series(1, %(items)s) p;

INSERT INTO reviews_citation (item_id, side, position, source, guideline_id, title, sections,
    printed_pages, pages, receipt, notices)
SELECT id, side, 1, 'MTUS', 'mtus-chronic-pain', 'Chronic Pain', '{}', '64-66', '{64,65,66}', '[]',
    '[]'
FROM reviews_disputeditem, unnest(ARRAY['administrator', 'expert']) side;
"""


def address() -> str:
    """DATABASE_URL of the database that `invented` makes, for processes of its own."""
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{NAME}").geturl()


@contextmanager
def invented(cases: int, items: int) -> Iterator[None]:
    """Within, the default connection goes to a new database with that many cases and items each."""
    connection.settings_dict.setdefault("TEST", {})["NAME"] = NAME
    real = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    try:
        with connection.cursor() as cursor:
            cursor.execute(FILL, {"cases": cases, "items": items})
            cursor.execute("VACUUM ANALYZE")
        yield
    finally:
        connection.creation.destroy_test_db(real, verbosity=0)
