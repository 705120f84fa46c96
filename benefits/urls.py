from django.urls import path

from benefits.medical_papers import MEDICAL_PAPERS
from benefits.supplementary_papers import SUPPLEMENTARY_PAPERS
from benefits.views import covering, medical, supplementary
from tracks.papers.pages import patterns

app_name = "benefits"

urlpatterns = [
    # 二(五): medical insurance, and what stays with its original channel
    path("medical/", medical.show_transfers, name="medical"),
    path("medical/bulk/", medical.bulk, name="medical_bulk"),
    path("medical/export.xlsx", medical.export, name="medical_export"),
    path("medical/outcome/<uuid:key>/", medical.outcome, name="medical_outcome"),
    path("medical/<uuid:pk>/", medical.show_transfer, name="transfer"),
    path("medical/<uuid:pk>/step/<str:step>/", medical.step, name="medical_step"),
    *patterns(MEDICAL_PAPERS),
    path("supplementary/", supplementary.show_plans, name="supplementary"),
    path("supplementary/add/", supplementary.add_plan, name="add_supplementary"),
    path("supplementary/people/", covering.show_covers, name="covers"),
    path("supplementary/people/bulk/", covering.cover_bulk, name="cover_bulk"),
    path("supplementary/people/outcome/<uuid:key>/", covering.cover_outcome, name="cover_outcome"),
    path("supplementary/people/template.xlsx", covering.cover_template, name="cover_template"),
    path("supplementary/people/<uuid:pk>/", covering.show_cover, name="cover"),
    path("supplementary/candidates/", covering.show_candidates, name="candidates"),
    path("supplementary/candidates/bulk/", covering.candidate_bulk, name="candidate_bulk"),
    path("supplementary/candidates/outcome/<uuid:key>/", covering.candidate_outcome, name="candidate_outcome"),
    path("supplementary/<uuid:pk>/", supplementary.show_plan, name="supplementary_plan"),
    path("supplementary/<uuid:pk>/level/", supplementary.add_level, name="supplementary_level"),
    path("supplementary/<uuid:pk>/import/", covering.import_covers, name="import_covers"),
    *patterns(SUPPLEMENTARY_PAPERS),
]
