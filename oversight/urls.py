from django.urls import path

from oversight.views import audit, pages

app_name = "oversight"

urlpatterns = [
    path("", pages.show_workbench, name="workbench"),
    path("progress/", pages.show_progress, name="progress"),
    path("audit/", audit.show_operations, name="audit"),
    path("audit/events/", audit.show_events, name="audit_events"),
    path("audit/<uuid:pk>/", audit.show_operation, name="audit_operation"),
]
