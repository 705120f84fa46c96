"""The facts about a person: one list of columns for the live row, its history and the staged roster row.

Because the three share these columns, a checked roster becomes people by INSERT … SELECT, and a
sealed value is the same ciphertext in all of them.
"""

from django.db import models

from retirees import codes
from weihai_transfer.lib.fields import SealedField, new_id


class PersonFacts(models.Model):
    id = models.UUIDField("编号", primary_key=True, default=new_id, editable=False)

    name = models.CharField("姓名", max_length=60, blank=True)
    pinyin = models.CharField("拼音", max_length=240, blank=True, editable=False)
    initials = models.CharField("拼音首字母", max_length=120, blank=True, editable=False)
    id_type = models.CharField("证件类型", max_length=20, choices=codes.IdType, default=codes.IdType.IDENTITY_CARD)
    id_number = SealedField("身份证号")
    id_index = models.CharField(max_length=24, blank=True, editable=False)
    id_tail_index = models.CharField(max_length=24, blank=True, editable=False)
    sex = models.CharField("性别", max_length=1, choices=codes.Sex, blank=True)
    born_on = models.DateField("出生日期", null=True, blank=True)
    ethnic_group = models.CharField("民族", max_length=2, choices=codes.EthnicGroup, blank=True)
    native_place = models.CharField("籍贯", max_length=60, blank=True)
    political_status = models.CharField("政治面貌", max_length=2, choices=codes.PoliticalStatus, blank=True)
    marital_status = models.CharField("婚姻状况", max_length=2, choices=codes.MaritalStatus, blank=True)
    education = models.CharField("文化程度", max_length=2, choices=codes.Education, blank=True)

    worked_since = models.DateField("参加工作时间", null=True, blank=True)
    retired_on = models.DateField("退休时间", null=True, blank=True)
    retirement_kind = models.CharField("退休类别", max_length=16, choices=codes.RetirementKind, blank=True)
    # Why the retirement date differs from what the law lets expect: judgements warn, and this is the answer.
    retirement_note = models.CharField("退休时间说明", max_length=200, blank=True)
    former_unit = models.CharField("原工作单位", max_length=120, blank=True)
    soe_level = models.CharField("隶属关系", max_length=10, choices=codes.SoeLevel, blank=True)
    post = models.CharField("退休时职务（岗位）", max_length=80, blank=True)
    title = models.CharField("职称（技能等级）", max_length=80, blank=True)
    city_managed_leader = models.BooleanField("市委管理的退休领导人员", default=False)

    phone = SealedField("联系电话")
    phone_tail_index = models.CharField(max_length=24, blank=True, editable=False)
    hukou_address = SealedField("户口所在地")
    residence_address = SealedField("常年居住地")
    residence = models.CharField("居住地类别", max_length=16, choices=codes.Residence, default=codes.Residence.LOCAL)
    declared_receiver = models.CharField("花名册填写的接收地", max_length=160, blank=True)
    contact_name = models.CharField("联系人", max_length=60, blank=True)
    contact_relation = models.CharField("与本人关系", max_length=20, blank=True)
    contact_phone = SealedField("联系人电话")

    pension_place = models.CharField("养老保险所在地", max_length=80, blank=True)
    medical_place = models.CharField("医疗保险所在地", max_length=80, blank=True)
    medical_local = models.BooleanField("医保已纳入地方管理", null=True, blank=True)

    special_groups = models.JSONField("特殊群体", default=list, blank=True)
    health = SealedField("健康状况")
    hardship = SealedField("困难情况")
    injury_grade = SealedField("工伤伤残等级（职业病）")

    has_dossier = models.BooleanField("有人事档案", default=True)
    dossier_place = models.CharField("档案存放地", max_length=120, blank=True)
    dossier_volumes = models.PositiveSmallIntegerField("档案册数", null=True, blank=True)
    dossier_number = models.CharField("档案编号", max_length=60, blank=True)

    party_branch = models.CharField("所在党支部", max_length=120, blank=True)
    party_joined_on = models.DateField("入党时间", null=True, blank=True)
    party_confirmed_on = models.DateField("转正时间", null=True, blank=True)
    dues_paid_until = models.DateField("党费交至", null=True, blank=True)
    dues_monthly = models.DecimalField("月党费（元）", max_digits=9, decimal_places=2, null=True, blank=True)

    survival = models.CharField("生存状态", max_length=12, choices=codes.Survival, default=codes.Survival.ALIVE)
    died_on = models.DateField("死亡日期", null=True, blank=True)

    annuity = models.BooleanField("所在企业已实施企业年金", null=True, blank=True)
    out_of_pool_items = models.CharField("统筹外项目", max_length=200, blank=True)
    out_of_pool_monthly = models.DecimalField(
        "统筹外月发放标准（元）", max_digits=11, decimal_places=2, null=True, blank=True
    )
    out_of_pool_yearly = models.DecimalField(
        "统筹外年发放金额（元）", max_digits=11, decimal_places=2, null=True, blank=True
    )
    remark = SealedField("备注")

    class Meta:
        abstract = True

    @property
    def is_party_member(self):
        return self.political_status in codes.PARTY_MEMBERS

    @property
    def lives_outside(self):
        return self.residence in codes.OUTSIDE


FACTS = tuple(field.name for field in PersonFacts._meta.fields if field.name != "id")
SEALED = tuple(field.name for field in PersonFacts._meta.fields if isinstance(field, SealedField))
