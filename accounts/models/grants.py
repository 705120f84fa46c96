"""Grants: guardian's rows with real foreign keys, each given as part of a named position, each with its history."""

from django.db import models
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from accounts.duties import POSITIONS
from accounts.models.places import Enterprise, Office
from audit.history import trail
from audit.querysets import AuditedQuerySet

POSITION_CHOICES = [(position.code, position.label) for position in POSITIONS.values()]

# Guardian asks the manager of a grant whether its grants are generic.
GrantManager = UserObjectPermissionManager.from_queryset(AuditedQuerySet, "GrantManager")


class OfficeGrant(UserObjectPermissionBase):
    """One duty that one person holds at one office and below."""

    content_object = models.ForeignKey(Office, models.PROTECT, related_name="grants")
    position = models.CharField("岗位", max_length=20, choices=POSITION_CHOICES)
    history = trail()

    objects = GrantManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "单位任职"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object", "position"], name="one_office_grant"
            )
        ]


class EnterpriseGrant(UserObjectPermissionBase):
    """One duty that one person holds at one enterprise and its subsidiaries."""

    content_object = models.ForeignKey(Enterprise, models.PROTECT, related_name="grants")
    position = models.CharField("岗位", max_length=20, choices=POSITION_CHOICES)
    history = trail()

    objects = GrantManager()

    class Meta:
        base_manager_name = "objects"
        verbose_name = "企业任职"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "permission", "content_object", "position"], name="one_enterprise_grant"
            )
        ]
