from django.urls import path

from retirees.views import acts, downloads, forecast, headings, roster, rosters, uploading

app_name = "retirees"

urlpatterns = [
    path("rosters/", rosters.show_rosters, name="rosters"),
    path("rosters/upload/", uploading.upload, name="upload"),
    path("rosters/template/", downloads.template, name="template"),
    path("rosters/<uuid:pk>/", roster.show_roster, name="roster"),
    path("rosters/<uuid:pk>/rows/", roster.show_rows, name="rows"),
    path("rosters/<uuid:pk>/progress/", roster.show_progress, name="progress"),
    path("rosters/<uuid:pk>/headings/", headings.headings, name="headings"),
    path("rosters/<uuid:pk>/cancel/", acts.cancel, name="cancel"),
    path("rosters/<uuid:pk>/discard/", acts.discard, name="discard"),
    path("rosters/<uuid:pk>/explain/", acts.explain, name="explain"),
    path("rosters/<uuid:pk>/import/", acts.import_people, name="import"),
    path("rosters/<uuid:pk>/withdraw/", acts.withdraw, name="withdraw"),
    path("rosters/<uuid:pk>/annotated/", downloads.annotated_workbook, name="annotated"),
    path("rosters/<uuid:pk>/original/", downloads.original, name="original"),
    path("forecast/", forecast.show_forecast, name="forecast"),
    path("forecast/import/", forecast.bring_in, name="forecast_import"),
    path("forecast/template/", forecast.template, name="forecast_template"),
    path("forecast/export/", forecast.export, name="forecast_export"),
    path("forecast/roster/<str:month>/", forecast.roster_of_month, name="forecast_roster"),
    path("forecast/<uuid:pk>/", forecast.choose, name="forecast_choose"),
]
