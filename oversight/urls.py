from django.urls import path

from oversight.views import (
    access,
    audit,
    audit_people,
    audit_reading,
    baseline,
    bulletins,
    deadlines,
    exports,
    funding,
    funding_entries,
    own_acts,
    pages,
    progress,
    reminders,
    reports,
    why,
)

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
    # Audit 审计
    path("audit/people/", audit_people.find, name="audit_people"),
    path("audit/people/<uuid:pk>/", audit_people.show_story, name="audit_person"),
    path("audit/people/<uuid:pk>/seen/", audit_people.show_seen, name="audit_seen"),
    path("audit/readers/", audit_reading.show_readers, name="audit_readers"),
    path("audit/taken/", audit_reading.show_taken, name="audit_taken"),
    path("audit/why/", why.ask, name="why"),
    path("audit/why/<int:user>/<uuid:pk>/", why.show_answer, name="why_answer"),
    path("audit/access/", access.show_access, name="access"),
    path("audit/access/workbook.xlsx", access.download, name="access_workbook"),
    path("own-acts/", own_acts.show_own, name="own_acts"),
    path("why/<uuid:pk>/", why.show_own, name="why_own"),
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
    # Deadlines 到期提醒
    path("due/", deadlines.show_due, name="due"),
    path("due/people/<uuid:pk>/", deadlines.show_spent, name="due_spent"),
    path("reminders/", reminders.show_reminders, name="reminders"),
    path("reminders/read/", reminders.read_reminders, name="reminders_read"),
    # Exports 导出
    path("exports/", exports.show_exports, name="exports"),
    path("exports/ask/<slug:what>/", exports.ask_export, name="ask_export"),
    path("exports/requests/", exports.show_requests, name="export_requests"),
    path("exports/requests/<uuid:pk>/", exports.show_request, name="export_request"),
    path("exports/requests/<uuid:pk>/approve/", exports.approve_request, name="export_approve"),
    path("exports/requests/<uuid:pk>/refuse/", exports.refuse_request, name="export_refuse"),
    path("exports/<uuid:pk>/", exports.show_export, name="export"),
    path("exports/<uuid:pk>/cancel/", exports.cancel_export, name="cancel_export"),
    path("exports/<uuid:pk>/file.xlsx", exports.fetch_export, name="export_file"),
    # Baseline and bridge 应移交人数
    path("baseline/", baseline.show_baseline, name="baseline"),
    path("baseline/people/", baseline.show_people, name="baseline_people"),
    path("baseline/freeze/", baseline.freeze, name="baseline_freeze"),
    path("baseline/record/", baseline.record, name="baseline_record"),
    path("baseline/acts/<uuid:key>/", baseline.outcome, name="baseline_outcome"),
    path("baseline/changes/", baseline.show_changes, name="baseline_changes"),
    path("baseline/changes/<int:pk>/", baseline.show_change, name="baseline_change"),
    path("baseline/workbook.xlsx", baseline.download, name="baseline_workbook"),
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
