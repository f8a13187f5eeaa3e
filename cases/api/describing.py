"""What the API's description tells of its parameters, taken from the filter itself."""

import django_filters as df
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiParameter

from cases.api.asking import LIMIT, LIMIT_MOST
from cases.filters import CaseFilter
from cases.models import Letter

TYPES = {df.NumberFilter: OpenApiTypes.INT, df.DateFilter: OpenApiTypes.DATE}


def _parameter(name: str, each: df.Filter) -> OpenApiParameter:
    kind = next((told for of, told in TYPES.items() if isinstance(each, of)), OpenApiTypes.STR)
    several = isinstance(each, df.MultipleChoiceFilter)
    return OpenApiParameter(name, kind, many=several, description=str(each.label))


# Of the filters as declared: their fields would ask the database for choices as this is imported.
LISTED = [_parameter(name, each) for name, each in CaseFilter.base_filters.items()]
PAGED = [
    OpenApiParameter(
        "limit",
        OpenApiTypes.INT,
        description=f"how many of a page: {LIMIT}, and {LIMIT_MOST} at most",
    ),
    OpenApiParameter("cursor", OpenApiTypes.STR, description="from `next` of the page before"),
]
LETTERS = [
    OpenApiParameter("state", OpenApiTypes.STR, enum=Letter.State.values),
    OpenApiParameter("batch", OpenApiTypes.INT, description="the letters of one upload"),
]
