"""Coded reasons for the steps of a case."""

RETURN = (
    ("not_living_here", "本人不在本辖区居住、户口也不在本辖区"),
    ("wrong_identity", "身份信息有误"),
    ("wrong_address", "地址不详或有误"),
    ("unreachable", "联系方式错误，无法联系本人"),
    ("missing_facts", "缺少必填信息"),
    ("already_managed", "已在社区管理，重复移交"),
    ("deceased", "本人已去世"),
    ("other", "其他"),
)
REASSIGN = (
    ("wrong_office", "不在本镇街（社区）辖区"),
    ("moved", "本人已搬迁"),
    ("other", "其他"),
)
REDIRECT = (
    ("wrong_area", "户口所在地、常年居住地均在其他区市"),
    ("lives_elsewhere", "常年居住在其他区市"),
    ("other", "其他"),
)
CLOSING = (
    ("died", "移交前已去世"),
    ("out_of_scope", "不属于移交范围"),
    ("duplicate", "重复登记"),
    ("managed_already", "已实行社会化管理"),
    ("other", "其他"),
)
LABELS = dict(RETURN + REASSIGN + REDIRECT + CLOSING)
