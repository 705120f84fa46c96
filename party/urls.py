from django.urls import path

from party.papers import PAPERS
from party.views import acting, chasing, lists, memberships, notices, organisations, recording, revealing
from tracks.papers import pages as paper_pages

app_name = "party"

urlpatterns = [
    path("memberships/", memberships.show_memberships, name="memberships"),
    path("memberships/chase/", chasing.show_chase, name="chase"),
    path("memberships/chase/export/", chasing.export_chase, name="export_chase"),
    path("memberships/unreachable/", recording.show_unreachable, name="unreachable"),
    path("memberships/export/", lists.export, name="export"),
    path("memberships/import/", lists.bring_in, name="import"),
    path("memberships/void-letters/", notices.show_notices, name="notices"),
    path("memberships/void-letters/note/", notices.note, name="note_notices"),
    path("memberships/organisations/", organisations.show_organisations, name="organisations"),
    path("memberships/organisations/add/", organisations.add, name="add_organisation"),
    path("memberships/organisations/<int:pk>/", organisations.show_organisation, name="organisation"),
    path("memberships/organisations/<int:pk>/change/", organisations.change, name="change_organisation"),
    path("memberships/organisations/<int:pk>/use/", organisations.use, name="use_organisation"),
    path("memberships/bulk/", acting.bulk, name="bulk"),
    path("memberships/outcome/<uuid:key>/", acting.outcome, name="outcome"),
    path("memberships/<uuid:pk>/", memberships.show_membership, name="membership"),
    path("memberships/<uuid:pk>/receipt/", acting.receipt, name="receipt"),
    path("memberships/<uuid:pk>/search/", recording.search, name="search"),
    path("memberships/<uuid:pk>/facts/", recording.facts, name="facts"),
    path("memberships/<uuid:pk>/contact/", revealing.contact, name="contact"),
    path("memberships/<uuid:pk>/step/<str:step>/", acting.step, name="step"),
    *paper_pages.patterns(PAPERS),
]
