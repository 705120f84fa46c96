from django.urls import path

from oversight.views import audit, baseline, funding, funding_entries, pages, progress

app_name = "oversight"

urlpatterns = [
    path("", pages.show_workbench, name="workbench"),
    # How far the hand-over has come 进度
    path("progress/", progress.show_overview, name="progress"),
    path("progress/waiting/", progress.show_waiting, name="progress_waiting"),
    path("progress/risks/", progress.show_risks, name="progress_risks"),
    path("progress/people/", progress.show_people, name="progress_people"),
    path("progress/returns/", progress.show_returns, name="progress_returns"),
    path("audit/", audit.show_operations, name="audit"),
    path("audit/events/", audit.show_events, name="audit_events"),
    path("audit/<uuid:pk>/", audit.show_operation, name="audit_operation"),
    # Service funding 经费
    path("funding/", funding.show_funding, name="funding"),
    path("funding/rates/", funding.show_rates, name="funding_rates"),
    path("funding/rates/set/", funding_entries.set_rate, name="funding_set_rate"),
    path("funding/<int:year>/workbook.xlsx", funding.download, name="funding_workbook"),
    path("funding/<int:year>/<int:pk>/", funding.show_area, name="funding_area"),
    path("funding/<int:year>/<int:pk>/<int:month>/", funding.show_people, name="funding_people"),
    *(
        one
        for kind in ("budget", "payment")
        for one in (
            path(f"funding/{kind}s/", funding_entries.show_entries, {"kind": kind}, name=f"funding_{kind}s"),
            path(f"funding/{kind}s/add/", funding_entries.add_entry, {"kind": kind}, name=f"funding_add_{kind}"),
            path(f"funding/{kind}s/<uuid:pk>/", funding_entries.show_entry, {"kind": kind}, name=f"funding_{kind}"),
            path(
                f"funding/{kind}s/<uuid:pk>/correct/",
                funding_entries.correct_entry,
                {"kind": kind},
                name=f"funding_correct_{kind}",
            ),
        )
    ),
    # Baseline and bridge 应移交人数
    path("baseline/", baseline.show_baseline, name="baseline"),
    path("baseline/people/", baseline.show_people, name="baseline_people"),
    path("baseline/freeze/", baseline.freeze, name="baseline_freeze"),
    path("baseline/record/", baseline.record, name="baseline_record"),
    path("baseline/acts/<uuid:key>/", baseline.outcome, name="baseline_outcome"),
    path("baseline/changes/", baseline.show_changes, name="baseline_changes"),
    path("baseline/changes/<int:pk>/", baseline.show_change, name="baseline_change"),
    path("baseline/workbook.xlsx", baseline.download, name="baseline_workbook"),
]
