from django.urls import path

from oversight.views import pages

app_name = "oversight"

urlpatterns = [
    path("", pages.show_workbench, name="workbench"),
    path("progress/", pages.show_progress, name="progress"),
]
