from django.urls import path

from party.views import acting, memberships

app_name = "party"

urlpatterns = [
    path("memberships/", memberships.show_memberships, name="memberships"),
    path("memberships/chase/", memberships.chase, name="chase"),
    path("memberships/bulk/", acting.bulk, name="bulk"),
    path("memberships/outcome/<uuid:key>/", acting.outcome, name="outcome"),
    path("memberships/<uuid:pk>/", memberships.show_membership, name="membership"),
    path("memberships/<uuid:pk>/receipt/", acting.receipt, name="receipt"),
    path("memberships/<uuid:pk>/step/<str:step>/", acting.step, name="step"),
]
