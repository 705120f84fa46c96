"""Several columns → one fact: ticks, yes-or-no columns, the parts of a place, a unit written together with a post."""

import re

from retirees import codes
from retirees.roster.columns import RECEIVER_PARTS, TICKED_GROUP, TICKED_LEVEL
from retirees.roster.problems import found

MEMBERS = frozenset(str(code) for code in codes.PARTY_MEMBERS)
ALIVE, DECEASED = codes.Survival.ALIVE.value, codes.Survival.DECEASED.value
UNIT_AND_POST = re.compile(r"^(.+?)\s*[/／、,，;；|—]\s*([^/／、,，;；|—]+)$|^(.+?)\s+(\S+)$")
GROUP_ORDER = {code: place for place, code in enumerate(codes.SPECIAL_GROUPS)}


def party(row, parts):
    member = parts["party_member"]
    status = row.values.get("political_status")
    if status is None:
        if not row.has_problem("political_status"):
            row.values["political_status"] = (
                codes.PoliticalStatus.MEMBER if member else codes.PoliticalStatus.MASSES
            ).value
    elif member is not (status in MEMBERS):
        row.say("political_status", "party_contradiction", other=row.label("party_member"))


def unit_and_post(row, parts):
    text = parts["unit_and_post"]
    match = UNIT_AND_POST.match(text)
    unit, post = (match[1] or match[3], match[2] or match[4]) if match else (text, "")
    for field, value, limit in (("former_unit", unit, 120), ("post", post, 80)):
        if value and len(value) > limit:
            row.add("unit_and_post", found("too_long", length=len(value), limit=limit))
        elif value:
            row.values.setdefault(field, value)
    if post:
        row.note("unit_and_post", text, f"{unit} ／ {post}", "分为原工作单位和职务（岗位）")


def level(row, parts):
    ticked = [code for field, code in TICKED_LEVEL.items() if parts.get(field)]
    if len(ticked) == 1:
        row.values.setdefault("soe_level", ticked[0])


def groups(row, parts):
    held = set(row.values.get("special_groups", ()))
    held.update(parts.get("preferential") or ())
    held.update(code for field, code in TICKED_GROUP.items() if parts.get(field))
    if held:
        row.values["special_groups"] = sorted(held, key=GROUP_ORDER.get)


def receiver(row, parts):
    places = [row.values.get("declared_receiver")] + [parts.get(field) for field in RECEIVER_PARTS]
    whole = ""
    for place in places:
        if place and place not in whole:
            whole += place
    if len(whole) > 160:
        row.add("declared_receiver", found("too_long", length=len(whole), limit=160))
    elif whole:
        row.values["declared_receiver"] = whole


def elsewhere(row, parts):
    if row.values.get("residence_address"):
        row.say("residence_elsewhere", "elsewhere_not_used")
    else:
        row.values["residence_address"] = parts["residence_elsewhere"]


def out_of_pool(row, parts):
    items = [row.values.get("out_of_pool_items"), *parts["out_of_pool_item"]]
    text = "、".join(item for item in items if item)
    if len(text) > 200:
        row.add("out_of_pool_items", found("too_long", length=len(text), limit=200))
    else:
        row.values["out_of_pool_items"] = text


def survival(row, parts):
    """Three columns may say whether somebody lives; a date of death says it as well."""
    said = {}
    if "survival" in row.values:
        said["survival"] = row.values["survival"]
    if parts.get("is_alive") is not None:
        said["is_alive"] = ALIVE if parts["is_alive"] else DECEASED
    if parts.get("is_dead") is not None:
        said["is_dead"] = DECEASED if parts["is_dead"] else ALIVE
    died_on = row.values.get("died_on")
    if len({state == DECEASED for state in said.values()}) > 1:
        first, second = list(said)[:2]
        row.say(first, "survival_contradiction", other=row.label(second))
        return
    state = next(iter(said.values()), None)
    if died_on and state == ALIVE:
        row.say("died_on", "death_contradiction", other=row.label(next(iter(said))))
        return
    hinted = row.has_problem("name", "name_deceased")
    if died_on and state is None and not hinted:
        row.note("died_on", "", "已去世", "有死亡日期，生存状态按已去世登记")
    if died_on or (hinted and state != ALIVE):
        state = DECEASED
    if state:
        row.values["survival"] = state
    if state == DECEASED and not died_on and not hinted and not row.has_problem("died_on"):
        row.say(next(iter(said), "survival"), "death_date_missing")


# Which of these a layout needs is decided once, by the fields that it has.
STEPS = (
    (frozenset({"party_member"}), party),
    (frozenset({"unit_and_post"}), unit_and_post),
    (frozenset(TICKED_LEVEL), level),
    (frozenset({*TICKED_GROUP, "preferential"}), groups),
    (frozenset(RECEIVER_PARTS), receiver),
    (frozenset({"residence_elsewhere"}), elsewhere),
    (frozenset({"out_of_pool_item"}), out_of_pool),
)
PARTS = frozenset().union(*(fields for fields, _ in STEPS), {"is_alive", "is_dead"})
