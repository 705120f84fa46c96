from django.urls import path

from oversight.views import audit, bulletins, funding, funding_entries, pages, progress, reports

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
    # Reports 统计表和通报
    path("reports/progress.xlsx", reports.download, name="report_workbook"),
    path("bulletins/", bulletins.show_bulletins, name="bulletins"),
    path("bulletins/draft/", bulletins.draft_bulletin, name="bulletin_draft"),
    path("bulletins/<uuid:pk>/", bulletins.show_bulletin, name="bulletin"),
    path("bulletins/<uuid:pk>/edit/", bulletins.edit_bulletin, name="bulletin_edit"),
    path("bulletins/<uuid:pk>/retake/", bulletins.retake_bulletin, name="bulletin_retake"),
    path("bulletins/<uuid:pk>/issue/", bulletins.issue_bulletin, name="bulletin_issue"),
    path("bulletins/<uuid:pk>/bulletin.docx", bulletins.download_bulletin, name="bulletin_document"),
]
