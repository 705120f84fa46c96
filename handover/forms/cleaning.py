"""A corrected fact is cleaned as the same cell of a roster would be."""

from datetime import date

from retirees.codes import IdType, Sex
from retirees.models import Retiree
from retirees.roster.cells import health_cleaner, text_cleaner
from retirees.roster.ids import BY_TYPE
from retirees.roster.person_names import name_cleaner
from retirees.roster.phones import phone_cleaner
from retirees.roster.problems import ERROR, WARNING, found
from weihai_transfer.lib import identity

LONGEST_SEALED = {"hukou_address": 200, "residence_address": 200, "remark": 500}
NEEDED = ("name", "id_number")
# Days that may lie ahead: a retirement that is approved already, dues that are paid in advance.
MAY_BE_AHEAD = ("retired_on", "dues_paid_until")


def clean_fact(name, value, id_type, today):
    """(value, errors, warnings); the sentences go behind the label of the field."""
    if isinstance(value, date):
        ahead = value > today and name not in MAY_BE_AHEAD
        return value, [found("date_future").text] if ahead else [], []
    if not isinstance(value, str) or _is_coded(name):
        return value, [], []
    cleaned, findings = _cleaner(name, id_type, today)(value)
    errors = [one.text for one in findings if one.severity == ERROR]
    if not cleaned and not errors and name in NEEDED:
        errors = [found("missing").text]
    return cleaned or "", errors, [one.text for one in findings if one.severity == WARNING]


def _is_coded(name):
    return bool(Retiree._meta.get_field(name).choices)


def _cleaner(name, id_type, today):
    if name == "name":
        return name_cleaner(today)
    if name == "id_number":
        return BY_TYPE[id_type](today)
    if name in ("phone", "contact_phone"):
        return phone_cleaner(today)
    if name == "health":
        return health_cleaner(today)
    limit = Retiree._meta.get_field(name).max_length or LONGEST_SEALED.get(name, 200)
    return text_cleaner(today, limit)


def contradictions(number, id_type, sex, born_on):
    """{field: sentence} where sex or birth date is not what the number says."""
    if id_type == IdType.OTHER or not identity.is_valid(number):
        return {}
    wrong = {}
    right = identity.sex(number)
    if sex and sex != right:
        wrong["sex"] = found("sex_contradicts_id", right=Sex(right).label, shown=Sex(sex).label).text
    born = identity.birth_date(number)
    if born_on and born_on != born:
        parts = (("年", born_on.year, born.year), ("月", born_on.month, born.month), ("日", born_on.day, born.day))
        different = "、".join(word for word, written, read in parts if written != read)
        wrong["born_on"] = found("birth_contradicts_id", parts=different).text
    return wrong
