"""Duties, and the named positions that bundle them. A duty hangs on an office or on an enterprise."""

from dataclasses import dataclass

from django.db import models


class Duty(models.TextChoices):
    """What a person may do at one enterprise or office, and below it."""

    SUBMIT = "submit", "上报"
    SIGN = "sign", "签订协议"
    PARTY = "party", "管理党组织关系"
    DISTRIBUTE = "distribute", "分配"
    RECEIVE = "receive", "接收"
    ARCHIVES = "archives", "管理档案"
    ASSESS = "assess", "评估费用"
    APPROVE = "approve", "审批待遇"
    COORDINATE = "coordinate", "统筹督办"
    WATCH = "watch", "查看进度"
    WATCH_DOSSIERS = "watch_dossiers", "查看档案移交"
    WATCH_PARTY = "watch_party", "查看党组织关系"
    WATCH_MEDICAL = "watch_medical", "查看医保衔接"
    FUNDING = "funding", "管理服务经费"
    ANSWER = "answer", "答复问题"
    MANAGE_SYSTEM = "manage_system", "系统管理"
    MANAGE_SECURITY = "manage_security", "安全管理"
    AUDIT = "audit", "审计管理"


ENTERPRISE_DUTIES = (Duty.SUBMIT, Duty.SIGN, Duty.PARTY)
OFFICE_DUTIES = tuple(duty for duty in Duty if duty != Duty.SUBMIT)
# These reach only the rows that name the holder's own office, even where he sits in a bureau of the city.
NAMED_BY_THE_ROW = (Duty.APPROVE, Duty.ANSWER)
ADMINISTRATION = (Duty.MANAGE_SYSTEM, Duty.MANAGE_SECURITY, Duty.AUDIT)


class Place(models.TextChoices):
    ENTERPRISE = "enterprise", "企业"
    OFFICE = "office", "单位"


@dataclass(frozen=True)
class Position:
    code: str
    label: str
    place: str
    duties: tuple[str, ...]


POSITIONS = {
    position.code: position
    for position in (
        Position("soe_hr", "企业人事专员", Place.ENTERPRISE, (Duty.SUBMIT,)),
        Position("soe_group", "企业集团经办", Place.ENTERPRISE, (Duty.SUBMIT, Duty.SIGN)),
        Position("soe_party", "企业党务干部", Place.ENTERPRISE, (Duty.PARTY,)),
        Position("district", "区市工作机构", Place.OFFICE, (Duty.DISTRIBUTE, Duty.SIGN)),
        Position("street", "镇街经办", Place.OFFICE, (Duty.RECEIVE,)),
        Position("community", "社区经办", Place.OFFICE, (Duty.RECEIVE,)),
        Position("archivist", "档案管理员", Place.OFFICE, (Duty.ARCHIVES,)),
        Position("street_party", "镇街党务干部", Place.OFFICE, (Duty.PARTY,)),
        Position("assessor", "费用评估", Place.OFFICE, (Duty.ASSESS,)),
        Position("approver", "主管部门审批", Place.OFFICE, (Duty.APPROVE,)),
        Position("sasac", "领导小组办公室", Place.OFFICE, (Duty.COORDINATE, Duty.WATCH)),
        Position("organisation", "组织部门", Place.OFFICE, (Duty.WATCH_PARTY,)),
        Position("city_archives", "档案指导部门", Place.OFFICE, (Duty.WATCH_DOSSIERS,)),
        Position("medical", "医保部门", Place.OFFICE, (Duty.WATCH_MEDICAL,)),
        Position("finance", "财政部门", Place.OFFICE, (Duty.FUNDING,)),
        Position("member", "成员单位", Place.OFFICE, (Duty.ANSWER,)),
        Position("system_admin", "系统管理员", Place.OFFICE, (Duty.MANAGE_SYSTEM,)),
        Position("security_admin", "安全管理员", Place.OFFICE, (Duty.MANAGE_SECURITY,)),
        Position("auditor", "审计管理员", Place.OFFICE, (Duty.AUDIT,)),
    )
}
