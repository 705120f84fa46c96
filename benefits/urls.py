from django.urls import path

from benefits.medical_papers import MEDICAL_PAPERS
from benefits.papers import SETTLEMENT_PAPERS, TREATMENT_PAPERS
from benefits.supplementary_papers import SUPPLEMENTARY_PAPERS
from benefits.views import (
    covering,
    items,
    medical,
    outlook,
    overview,
    settings,
    settlements,
    sheets,
    supplementary,
    treatments,
)
from tracks.papers.pages import patterns

app_name = "benefits"

medical_insurance = [
    # 二(五): medical insurance, and what stays with its original channel
    path("medical/", medical.show_transfers, name="medical"),
    path("medical/bulk/", medical.bulk, name="medical_bulk"),
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
out_of_pool = [
    # 二(六): what is paid beside the pension
    path("out-of-pool/", treatments.show_treatments, name="treatments"),
    path("out-of-pool/bulk/", treatments.bulk, name="bulk"),
    path("out-of-pool/outcome/<uuid:key>/", treatments.outcome, name="outcome"),
    path("out-of-pool/table/", treatments.show_table, name="table"),
    path("out-of-pool/treatments/<uuid:pk>/", treatments.show_treatment, name="treatment"),
    path("out-of-pool/treatments/<uuid:pk>/step/<str:step>/", treatments.step, name="step"),
    path("out-of-pool/items/", items.show_items, name="items"),
    path("out-of-pool/items/bulk/", items.bulk, name="item_bulk"),
    path("out-of-pool/items/outcome/<uuid:key>/", items.outcome, name="item_outcome"),
    path("out-of-pool/items/template.xlsx", sheets.template, name="template"),
    path("out-of-pool/items/export.xlsx", sheets.export, name="export"),
    path("out-of-pool/items/import/", sheets.bring_in, name="import"),
    path("out-of-pool/items/<uuid:pk>/", items.show_item, name="item"),
    path("out-of-pool/items/<uuid:pk>/decide/", items.decide, name="decide"),
    path("out-of-pool/items/<uuid:pk>/change/", items.change, name="change"),
    path("out-of-pool/items/<uuid:pk>/remove/", items.remove, name="remove"),
    path("out-of-pool/people/", settlements.show_people, name="people"),
    path("out-of-pool/people/settle/", settlements.settle, name="settle"),
    path("out-of-pool/people/outcome/<uuid:key>/", settlements.settle_outcome, name="settle_outcome"),
    path("out-of-pool/people/<uuid:pk>/", settlements.show_person, name="person"),
    path("out-of-pool/people/<uuid:pk>/add/", items.add, name="add"),
    path("out-of-pool/settlements/<uuid:pk>/", settlements.show_settlement, name="settlement"),
    path("out-of-pool/what-if/", outlook.what_if, name="what_if"),
    path("out-of-pool/budget/", outlook.budget, name="budget"),
    path("out-of-pool/budget.xlsx", outlook.budget_workbook, name="budget_workbook"),
    path("out-of-pool/plans/", settings.show_plans, name="plans"),
    path("out-of-pool/plans/set/", settings.set_plan, name="set_plan"),
    path("out-of-pool/overview/", overview.show_overview, name="overview"),
    path("life-expectancy/", settings.show_expectancy, name="expectancy"),
    *patterns(SETTLEMENT_PAPERS),
    *patterns(TREATMENT_PAPERS),
]
urlpatterns = [*medical_insurance, *out_of_pool]
