"""The API's own description, OpenAPI's, as a page tells it."""

from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from drf_spectacular.generators import SchemaGenerator


class Field(NamedTuple):
    """Of a parameter or an answer: its name, what it holds, and a word on it."""

    name: str
    kind: str
    words: str


class Operation(NamedTuple):
    method: str
    path: str
    words: str
    parameters: list[Field]
    fields: list[Field]
    paged: bool


@cache
def operations() -> list[Operation]:
    """Every address and method; made once, for the code does not change while it runs."""
    schema = SchemaGenerator().get_schema(request=None, public=True)
    return [
        _operation(schema, method, path, told)
        for path, methods in schema["paths"].items()
        for method, told in methods.items()
    ]


def _operation(schema: Any, method: str, path: str, told: Any) -> Operation:
    (content,) = told["responses"]["200"]["content"].values()
    answer = _meant(schema, content["schema"])
    paged = "results" in answer.get("properties", {})
    if paged:
        answer = answer["properties"]["results"]
    row = _meant(schema, answer.get("items", answer))
    parameters = [*_parameters(schema, told), *_sent(schema, told)]
    words = " ".join(told["description"].replace("`", "").split("\n"))
    return Operation(method.upper(), path, words, parameters, list(_fields(schema, row)), paged)


def _parameters(schema: Any, told: Any) -> Iterator[Field]:
    for each in told.get("parameters", []):
        yield Field(each["name"], _kind(schema, each["schema"]), each.get("description", ""))


def _sent(schema: Any, told: Any) -> Iterator[Field]:
    for content in told.get("requestBody", {}).get("content", {}).values():
        yield from _fields(schema, _meant(schema, content["schema"]))


def _fields(schema: Any, row: Any, before: str = "") -> Iterator[Field]:
    """The row's fields, those of rows within it by a dotted name."""
    for name, each in row.get("properties", {}).items():
        yield Field(before + name, _kind(schema, each), each.get("description", ""))
        inner = _meant(schema, each.get("items", each))
        if "properties" in inner:
            yield from _fields(schema, inner, f"{before}{name}.")


def _meant(schema: Any, told: Any) -> Any:
    """What a reference leads to."""
    told = next(iter(told.get("allOf", [])), told)
    reference = told.get("$ref", "")
    return schema["components"]["schemas"][reference.rpartition("/")[2]] if reference else told


def _kind(schema: Any, told: Any) -> str:
    """In words: "date", "upheld or overturned", "list of whole numbers"."""
    told = next((_meant(schema, each) for each in told.get("oneOf", [])), _meant(schema, told))
    if "enum" in told:
        return " or ".join(str(value) for value in told["enum"] if value)
    if told.get("type") == "array":
        return f"list of {_kind(schema, told['items'])}"
    kind = told.get("format") or told.get("type", "any value")
    return {"object": "object", "int64": "integer", "string": "text"}.get(kind, kind)
