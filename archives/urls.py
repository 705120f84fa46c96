from django.urls import path

from archives.papers import DOSSIER_PAPERS, FEE_PAPERS, SHIPMENT_PAPERS
from archives.views import acting, catalogue, checking, dossiers, fees, register, shipments
from tracks.papers.pages import patterns

app_name = "archives"

urlpatterns = [
    path("dossiers/", dossiers.show_dossiers, name="dossiers"),
    path("dossiers/bulk/", acting.bulk, name="bulk"),
    path("dossiers/outcome/<uuid:key>/", acting.outcome, name="outcome"),
    path("dossiers/register.xlsx", register.register_workbook, name="register"),
    path("dossiers/register/", register.upload_register, name="upload_register"),
    path("dossiers/<uuid:pk>/", dossiers.show_dossier, name="dossier"),
    path("dossiers/<uuid:pk>/record/", acting.record, name="record"),
    path("dossiers/<uuid:pk>/step/<str:step>/", acting.step, name="step"),
    path("dossiers/<uuid:pk>/catalogue/", catalogue.show_catalogue, name="catalogue"),
    path("dossiers/<uuid:pk>/catalogue.xlsx", catalogue.catalogue_workbook, name="catalogue_workbook"),
    path("dossiers/<uuid:pk>/catalogue/upload/", catalogue.upload_catalogue, name="upload_catalogue"),
    path("dossiers/<uuid:pk>/catalogue/<uuid:material>/remove/", catalogue.remove_material, name="remove_material"),
    path("dossiers/<uuid:pk>/missing/", catalogue.note_missing, name="note_missing"),
    path("dossiers/<uuid:pk>/missing/<uuid:paper>/supply/", catalogue.supply, name="supply"),
    path("dossiers/schemes/", catalogue.show_schemes, name="schemes"),
    path("dossiers/schemes/<int:pk>/use/", catalogue.switch_scheme, name="switch_scheme"),
    path("shipments/", shipments.show_shipments, name="shipments"),
    path("shipments/add/", shipments.add, name="add_shipment"),
    path("shipments/bulk/", shipments.bulk, name="shipment_bulk"),
    path("shipments/outcome/<uuid:key>/", shipments.outcome, name="shipment_outcome"),
    path("shipments/<uuid:pk>/", shipments.show_shipment, name="shipment"),
    path("shipments/<uuid:pk>/carriers/", shipments.describe, name="describe"),
    path("shipments/<uuid:pk>/step/<str:step>/", shipments.step, name="shipment_step"),
    path("shipments/<uuid:pk>/annex.xlsx", shipments.annex, name="annex"),
    path("shipments/<uuid:pk>/list/", checking.show_list, name="shipment_list"),
    path("shipments/<uuid:pk>/check/", checking.check, name="check"),
    path("shipments/<uuid:pk>/rest/", checking.rest, name="rest"),
    path("filing-fees/", fees.show_fees, name="fees"),
    path("filing-fees/add/", fees.add_fee, name="add_fee"),
    path("filing-fees/bulk/", fees.bulk, name="fee_bulk"),
    path("filing-fees/outcome/<uuid:key>/", fees.outcome, name="fee_outcome"),
    path("filing-fees/<uuid:pk>/", fees.show_fee, name="fee"),
    path("filing-fees/<uuid:pk>/step/<str:step>/", fees.fee_step, name="fee_step"),
    *patterns(SHIPMENT_PAPERS),
    *patterns(DOSSIER_PAPERS),
    *patterns(FEE_PAPERS),
]
