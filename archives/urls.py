from django.urls import path

from archives.views import acting, dossiers

app_name = "archives"

urlpatterns = [
    path("dossiers/", dossiers.show_dossiers, name="dossiers"),
    path("dossiers/bulk/", acting.bulk, name="bulk"),
    path("dossiers/outcome/<uuid:key>/", acting.outcome, name="outcome"),
    path("dossiers/<uuid:pk>/", dossiers.show_dossier, name="dossier"),
    path("dossiers/<uuid:pk>/record/", acting.record, name="record"),
    path("dossiers/<uuid:pk>/step/<str:step>/", acting.step, name="step"),
]
