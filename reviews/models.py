"""What letters say, as rows. Derived: rebuilt whole by `reviews.recording`, never patched by hand.

A receipt is `[start, end, page, rule]`: where in the transcript a value stands and what found it.
"""

from collections.abc import Iterable
from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models

from reviews.wording import BASIS_SENTENCES, OUTCOME_SENTENCES, Detail, in_words


class Outcome(models.TextChoices):
    """Of one disputed item. Upheld: the claims administrator's denial stands."""

    UPHELD = "upheld", "Upheld"
    OVERTURNED = "overturned", "Overturned"


class Category(models.TextChoices):
    """What kind of thing was asked for."""

    PHARMACEUTICAL = "pharmaceutical", "Pharmaceutical"
    THERAPY = "therapy", "Therapy"
    DIAGNOSTIC = "diagnostic", "Diagnostic"
    DME = "dme", "Medical equipment"
    INJECTION = "injection", "Injection"
    SURGERY = "surgery", "Surgery"
    EVALUATION = "evaluation", "Evaluation"
    MENTAL_HEALTH = "mental_health", "Mental health"
    PROGRAM = "program", "Program"
    HOME_HEALTH = "home_health", "Home health"
    DENTAL = "dental", "Dental"
    OTHER = "other", "Other"


class Guideline(models.Model):
    """One row of the catalogue of guidelines that letters cite."""

    slug = models.SlugField(primary_key=True, max_length=60)
    source = models.CharField(max_length=10)
    title = models.CharField(max_length=200)
    acoem_chapter = models.PositiveSmallIntegerField(null=True)
    regulation = models.CharField(max_length=40, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["position"]

    def __str__(self) -> str:
        return self.title if self.title.startswith(self.source) else f"{self.source} {self.title}"


class Treatment(models.Model):
    """A drug, therapy or thing by its canonical name, with its class."""

    slug = models.SlugField(primary_key=True, max_length=120)
    name = models.CharField(max_length=120)
    aliases = ArrayField(models.CharField(max_length=120), default=list)
    treatment_class = models.CharField(max_length=80, blank=True)
    dwc_category = models.CharField(max_length=80, blank=True)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


class Word(models.Model):
    """A word that stands in services, for searches that misspell it. `reviews.searchable` fills."""

    word = models.CharField(max_length=40, primary_key=True)

    class Meta:
        indexes: ClassVar = [
            GinIndex(fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"])
        ]

    def __str__(self) -> str:
        return self.word


class Credential(models.Model):
    """A specialty or a licence's state that some reviewer has had, for filters to offer.

    `reviews.credentials` fills it: reading them out of all reviews takes seconds.
    """

    kind = models.CharField(max_length=20)  # the column of the review
    value = models.CharField(max_length=200)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["kind", "value"], name="credential_once")
        ]

    def __str__(self) -> str:
        return self.value


class ReviewQuerySet(models.QuerySet["Review"]):
    def whole(self) -> "ReviewQuerySet":
        """With the items and their citations: three queries however many rows."""
        return self.prefetch_related("items__treatment", "items__citations__guideline")


class Review(models.Model):
    """What one determination says: the header, the reviewer, the worker and the summary."""

    reader_version = models.CharField(max_length=40)
    generation = models.CharField(max_length=4, blank=True)
    recorded_at = models.DateTimeField(auto_now_add=True)

    case_number = models.CharField(max_length=20, blank=True)
    date_assigned = models.DateField(null=True)
    date_of_injury = models.DateField(null=True)
    decision_date = models.DateField(null=True)
    ur_denial_date = models.DateField(null=True)
    application_received = models.DateField(null=True)
    priority = models.CharField(max_length=20, blank=True)
    licensed_in = ArrayField(models.TextField(), default=list)
    specialties = ArrayField(models.TextField(), default=list)
    age = models.PositiveSmallIntegerField(null=True)
    sex = models.CharField(max_length=10, blank=True)
    mechanism = models.TextField(blank=True)
    treatment_to_date = models.TextField(blank=True)
    clinical_summary = models.TextField(blank=True)
    diagnoses = ArrayField(models.TextField(), default=list)

    flags = models.JSONField(default=list)
    notices = models.JSONField(default=list)
    flagged = models.BooleanField(default=False)
    corrected = models.BooleanField(default=False, db_default=False)
    receipts = models.JSONField(default=dict)
    search = SearchVectorField(null=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["id"], name="review_flagged", condition=models.Q(flagged=True)),
            GinIndex(fields=["search"], name="review_search"),
        ]

    def __str__(self) -> str:
        return self.case_number or f"review {self.pk}"

    @property
    def outcome(self) -> str:
        """From the items: upheld, overturned, partially overturned, or "" while any is unknown."""
        return together(item.outcome for item in self.items.all())

    @property
    def outcome_sentence(self) -> str:
        return OUTCOME_SENTENCES[self.outcome]


def together(outcomes: Iterable[str]) -> str:
    """What the outcomes of a case's items come to."""
    found = set(outcomes)
    if not found or "" in found:
        return ""
    return found.pop() if len(found) == 1 else "partially overturned"


class Transcript(models.Model):
    """The text a review was read from, and where its pages and parts begin.

    `sections` is a list of `[name, start, end]` that joins to the whole text. `sheets` tell where
    the words of a scan stand, as `reviews.reading.sheets` packs them, None for a page with a text
    layer; all of it is None where nobody kept it.
    """

    review = models.OneToOneField(Review, models.CASCADE, related_name="transcript")
    text = models.TextField()
    page_starts = ArrayField(models.IntegerField(), default=list)
    sections = models.JSONField(default=list)
    sheets = models.JSONField(null=True)

    def __str__(self) -> str:
        return f"transcript of {self.review_id}"


class DisputedItem(models.Model):
    """One disputed treatment or service and its decision."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="items")
    position = models.PositiveSmallIntegerField()
    service = models.TextField()
    requested = models.TextField(blank=True)
    authorized = models.TextField(blank=True)
    disputed = models.TextField(blank=True)
    outcome = models.CharField(max_length=12, choices=Outcome.choices, blank=True)
    category = models.CharField(max_length=20, choices=Category.choices)
    treatment = models.ForeignKey(Treatment, models.PROTECT, null=True, related_name="items")
    administrator_basis = models.CharField(max_length=10)
    expert_basis = models.CharField(max_length=10)
    administrator_text = models.TextField(blank=True)
    expert_text = models.TextField(blank=True)
    administrator_cites = models.TextField(blank=True, help_text="All its citations in one line")
    expert_cites = models.TextField(blank=True, help_text="All its citations in one line")
    rationale = models.TextField(blank=True)
    details = models.JSONField(default=dict)
    receipts = models.JSONField(default=dict)

    class Meta:
        ordering = ["review_id", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["review", "position"], name="item_once"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["outcome", "review"], name="item_outcome"),
            models.Index(fields=["category", "review"], name="item_category"),
            models.Index(fields=["treatment", "review"], name="item_treatment"),
        ]

    def __str__(self) -> str:
        return self.service

    @property
    def outcome_sentence(self) -> str:
        return OUTCOME_SENTENCES[self.outcome]

    @property
    def details_in_words(self) -> list[Detail]:
        return in_words(self.details, self.receipts.get("details", {}))

    @property
    def cited_in_rationale(self) -> "list[Citation]":
        return [c for c in self.citations.all() if c.side == Side.RATIONALE]

    @property
    def sides(self) -> "list[dict[str, Any]]":
        """What each party relied on: label, basis, its words and its citations in their order."""
        return [
            {
                "label": Side(side).label,
                "key": side,
                "basis": BASIS_SENTENCES[getattr(self, f"{side}_basis")],
                "text": getattr(self, f"{side}_text"),
                "citations": [c for c in self.citations.all() if c.side == side],
            }
            for side in (Side.ADMINISTRATOR, Side.EXPERT)
        ]


class Side(models.TextChoices):
    """Who cites: a party in its guideline block, or the rationale in passing."""

    ADMINISTRATOR = "administrator", "Claims administrator"
    EXPERT = "expert", "Expert reviewer"
    RATIONALE = "rationale", "In the rationale"


class Citation(models.Model):
    """One guideline as one side of one item cites it."""

    item = models.ForeignKey(DisputedItem, models.CASCADE, related_name="citations")
    side = models.CharField(max_length=13, choices=Side.choices)
    position = models.PositiveSmallIntegerField()
    source = models.CharField(max_length=10)
    guideline = models.ForeignKey(Guideline, models.PROTECT, null=True, related_name="citations")
    title = models.TextField()
    year = models.PositiveSmallIntegerField(null=True)
    sections = ArrayField(models.TextField(), default=list)
    printed_pages = models.TextField(blank=True)
    pages = ArrayField(models.PositiveIntegerField(), default=list)
    receipt = models.JSONField(default=list)
    notices = models.JSONField(default=list)

    class Meta:
        ordering = ["item_id", "side", "position"]
        indexes: ClassVar = [
            models.Index(fields=["guideline", "item"], name="citation_guideline"),
            GinIndex(fields=["pages"], name="citation_pages"),
        ]

    def __str__(self) -> str:
        pages = f", {self.pages_label}" if self.printed_pages else ""
        sections = f": {'; '.join(self.sections)}" if self.sections else ""
        return f"{self.name}{sections}{pages}"

    @property
    def where(self) -> str:
        """What it tells of its place: edition, sections and pages, or ""."""
        edition = [f"{self.year} edition"] if self.year else []
        pages = [self.pages_label] if self.printed_pages else []
        return ", ".join([*edition, *self.sections, *pages])

    @property
    def pages_label(self) -> str:
        """As printed, with its word: "page 30", "pages 64-66, 70"."""
        return f"{'page' if self.printed_pages.isdigit() else 'pages'} {self.printed_pages}"

    @property
    def short_name(self) -> str:
        """The catalogue's name, or the printed title where the catalogue has no place for it."""
        return str(self.guideline) if self.guideline else f"{self.source}: {self.title}"

    @property
    def name(self) -> str:
        return f"{self.short_name} ({self.year})" if self.year else self.short_name
