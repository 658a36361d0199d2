"""Cases for the forming of cohorts, read from JSON with every fault of the file at once."""

from collections.abc import Collection, Mapping

from cohorts.planning.formation.facts import FormingCase, Kind, Person
from ground.reading import Node, parse


def read_forming_cases(text: str) -> list[FormingCase]:
    """Return the cases of a file ``{"cases": [...]}``, or the one case that the file is.

    :raises Malformed: if anything in the file cannot be read; it names every fault.
    """
    root = parse(text)
    nodes = list(root.get("cases").items()) if root.has("cases") else [root]
    cases = [_case(node) for node in nodes]
    seen: set[str] = set()
    for node, case in zip(nodes, cases, strict=True):
        if case.id in seen:
            node.get("id").fault("an id that no other case has")
        seen.add(case.id)
    root.refuse_if_faulty()
    return cases


def _case(node: Node) -> FormingCase:
    people = {key: _person(key, value) for key, value in node.get("people").fields()}
    least, most = node.get("min").whole(1), node.get("max").whole(1)
    if most < least:
        node.get("max").fault(f"a number of at least {least}, the smallest cohort")
    pinned = node.get("pinned").fields() if node.given("pinned") else ()
    return FormingCase(
        id=node.get("id").text(),
        size=(least, most),
        company_most=node.get("company_max").whole(1),
        capacity=dict(_capacity(key, value) for key, value in node.get("capacity").fields()),
        people=people,
        together=_groups(node, "together", people),
        apart=_groups(node, "apart", people),
        pinned={key: _pin(key, value, people) for key, value in pinned},
    )


def _person(key: str, node: Node) -> Person:
    return Person(
        id=key,
        places={place: points.whole() for place, points in node.get("places").fields()},
        languages=tuple(language.text() for language in node.get("langs").items()),
        times={time: points.whole() for time, points in node.get("slots").fields()},
        company=node.get("company").text(),
    )


def _capacity(key: str, node: Node) -> tuple[tuple[str, str], int]:
    place, bar, time = key.partition("|")
    if not (place and bar and time) or "|" in time:
        node.fault("place|time as the name of a capacity")
    return (place, time), node.whole(0)


def _groups(node: Node, key: str, people: Collection[str]) -> tuple[tuple[str, ...], ...]:
    if not node.given(key):
        return ()
    groups = []
    for group in node.get(key).items():
        members = [one.choice(people) for one in group.items()]
        if len(set(members)) < len(members):
            group.fault("each person once")
        groups.append(tuple(members))
    return tuple(groups)


def _pin(key: str, node: Node, people: Mapping[str, Person]) -> Kind:
    if key not in people:
        node.fault("a pin for somebody among the people")
    parts = node.text().split("|")
    if len(parts) != len(Kind._fields):
        node.fault("place|language|time")
        return Kind("", "", "")
    if key in people and Kind(*parts) not in people[key].kinds:
        node.fault("a kind of cohort that the person can take")
    return Kind(*parts)
