"""Every address × every person → the answer, decided by hand. `*` is everybody who is not named in the line.

A line names the address and what stands in it (people and rows: tests/scene.py), then the answers to GET and POST.
404: the row is foreign, or the person sees no such rows at all. 403: he sees it, or such pages, and may not do this.
302: done, or sent on. A page that a duty opens as a whole (accounts, rosters) answers 403 before it looks for the row.
"""

from dataclasses import dataclass

GROUPS = {
    "MILL": "mill_hr group",
    "HR": "mill_hr group port_hr dyeworks_hr",
    "DISTRICT": "huancui_clerk gaoqu_clerk",
    "STREET": "zhudao_clerk jingyuan_clerk yiyuan_clerk community_clerk",
    "ARCHIVE": "archivist gaoqu_archivist",
    "PARTY": "mill_party zhudao_party",
}

TABLE = """
login
    GET  302 *
    POST 200 *
logout
    GET  405 *
    POST 302 *
password_change
    GET  200 *
    POST 200 *
password_change_done
    GET  200 *
    POST 405 *

oversight:workbench
    GET  200 *
    POST 405 *
oversight:progress
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
oversight:progress_waiting
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
oversight:progress_risks
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
oversight:progress_people
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
oversight:progress_returns
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
oversight:audit
    GET  200 auditor; 403 *
    POST 405 *
oversight:audit_events
    GET  200 auditor; 403 *
    POST 405 *
oversight:audit_operation dossier
    GET  200 auditor; 403 *
    POST 405 *

oversight:audit_people
    GET  200 auditor; 403 *
    POST 302 auditor; 403 *
oversight:audit_person 安
    GET  200 auditor; 403 *
    POST 405 *
oversight:audit_seen 安
    GET  200 auditor; 403 *
    POST 405 *
oversight:audit_readers
    GET  200 auditor; 403 *
    POST 405 *
oversight:audit_taken
    GET  200 auditor; 403 *
    POST 405 *
oversight:why
    GET  200 auditor secadmin; 403 *
    POST 302 auditor secadmin; 403 *
oversight:why_answer mill_hr 安
    GET  200 auditor secadmin; 403 *
    POST 405 *
oversight:why_answer zhudao_party 崔
    GET  200 auditor secadmin; 403 *
    POST 405 *
oversight:access
    GET  200 auditor secadmin; 403 *
    POST 405 *
oversight:access_workbook
    GET  200 auditor secadmin; 403 *
    POST 405 *
oversight:own_acts
    GET  403 nobody; 200 *
    POST 405 *
oversight:why_own 安
    GET  200 MILL huancui_clerk zhudao_clerk watchdog; 404 port_hr dyeworks_hr gaoqu_clerk jingyuan_clerk yiyuan_clerk community_clerk; 403 *
    POST 405 *
oversight:due
    GET  200 HR DISTRICT STREET ARCHIVE PARTY watchdog medical member; 403 *
    POST 405 *
oversight:due_spent 安
    GET  200 MILL huancui_clerk zhudao_clerk watchdog; 404 *
    POST 405 *
oversight:reminders
    GET  200 *
    POST 405 *
oversight:reminders_read
    GET  405 *
    POST 302 *

oversight:funding
    GET  200 finance watchdog DISTRICT; 403 *
    POST 405 *
oversight:funding_rates
    GET  200 finance watchdog DISTRICT; 403 *
    POST 405 *
oversight:funding_set_rate
    GET  200 finance; 403 *
    POST 302 finance; 403 *
oversight:funding_workbook year
    GET  200 finance watchdog DISTRICT; 403 *
    POST 405 *
oversight:funding_area huancui
    GET  200 finance watchdog huancui_clerk; 404 gaoqu_clerk; 403 *
    POST 405 *
oversight:funding_people huancui
    GET  200 finance watchdog huancui_clerk; 404 gaoqu_clerk; 403 *
    POST 405 *
oversight:funding_budgets
    GET  200 finance watchdog DISTRICT; 403 *
    POST 405 *
oversight:funding_add_budget
    GET  200 finance; 403 *
    POST 302 finance; 403 *
oversight:funding_budget 安
    GET  200 finance watchdog huancui_clerk; 404 gaoqu_clerk; 403 *
    POST 405 *
oversight:funding_correct_budget 安
    GET  200 finance; 404 gaoqu_clerk; 403 *
    POST 302 finance; 404 gaoqu_clerk; 403 *
oversight:funding_payments
    GET  200 finance watchdog DISTRICT; 403 *
    POST 405 *
oversight:funding_add_payment
    GET  200 finance; 403 *
    POST 302 finance; 403 *
oversight:funding_payment 安
    GET  200 finance watchdog huancui_clerk; 404 gaoqu_clerk; 403 *
    POST 405 *
oversight:funding_correct_payment 安
    GET  200 finance; 404 gaoqu_clerk; 403 *
    POST 302 finance; 404 gaoqu_clerk; 403 *

oversight:exports
    GET  200 *
    POST 405 *
oversight:ask_export people
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 302 HR huancui_clerk zhudao_clerk jingyuan_clerk watchdog; 200 gaoqu_clerk yiyuan_clerk community_clerk; 403 *
oversight:ask_export dossiers
    GET  200 HR ARCHIVE watchdog; 403 *
    POST 302 HR ARCHIVE watchdog; 403 *
oversight:ask_export memberships
    GET  200 PARTY; 403 *
    POST 302 PARTY; 403 *
oversight:ask_export medical
    GET  200 HR DISTRICT medical watchdog; 403 *
    POST 302 HR huancui_clerk medical watchdog; 200 gaoqu_clerk; 403 *
oversight:ask_export treatments
    GET  200 HR approver watchdog; 403 *
    POST 302 mill_hr group dyeworks_hr approver watchdog; 200 port_hr; 403 *
oversight:export 安
    GET  200 mill_hr; 404 *
    POST 405 *
oversight:cancel_export 安
    GET  405 *
    POST 302 mill_hr; 404 *
oversight:export_file 安
    GET  404 *
    POST 405 *
oversight:export_requests
    GET  200 watchdog secadmin; 403 *
    POST 405 *
oversight:export_request 安
    GET  200 watchdog secadmin; 403 *
    POST 405 *
oversight:export_approve 安
    GET  405 *
    POST 302 watchdog secadmin; 403 *
oversight:export_refuse 安
    GET  200 watchdog secadmin; 403 *
    POST 302 watchdog secadmin; 403 *
oversight:baseline
    GET  200 HR DISTRICT watchdog; 403 *
    POST 405 *
oversight:baseline_people
    GET  302 HR DISTRICT watchdog; 403 *
    POST 405 *
oversight:baseline_freeze
    GET  200 watchdog; 403 *
    POST 302 watchdog; 403 *
oversight:baseline_record
    GET  302 watchdog; 403 *
    POST 302 watchdog; 403 *
oversight:baseline_outcome baseline
    GET  200 watchdog; 404 HR DISTRICT; 403 *
    POST 405 *
oversight:baseline_changes
    GET  200 watchdog; 403 *
    POST 405 *
oversight:baseline_change 安
    GET  200 watchdog; 403 *
    POST 405 *
oversight:baseline_workbook
    GET  200 HR DISTRICT watchdog; 403 *
    POST 405 *
oversight:report_workbook
    GET  200 HR DISTRICT watchdog; 403 *
    POST 405 *
oversight:bulletins
    GET  200 watchdog; 403 *
    POST 405 *
oversight:bulletin_draft
    GET  200 watchdog; 403 *
    POST 302 watchdog; 403 *
oversight:bulletin 安
    GET  200 watchdog; 403 *
    POST 405 *
oversight:bulletin_edit 安
    GET  405 *
    POST 302 watchdog; 403 *
oversight:bulletin_retake 安
    GET  405 *
    POST 302 watchdog; 403 *
oversight:bulletin_issue 安
    GET  405 *
    POST 302 watchdog; 403 *
oversight:bulletin_document 安
    GET  200 watchdog; 403 *
    POST 405 *
oversight:bulletin 白
    GET  200 watchdog; 403 *
    POST 405 *
oversight:bulletin_document 白
    GET  200 watchdog; 403 *
    POST 405 *

accounts:switch_post
    GET  405 *
    POST 302 mill_hr; 404 *
accounts:large_type
    GET  405 *
    POST 302 *
accounts:offices
    GET  200 sysadmin; 403 *
    POST 405 *
accounts:office zhudao
    GET  200 sysadmin; 403 *
    POST 405 *
accounts:add_office huancui
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:change_office zhudao
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:relink_office zhudao
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:use_office yiyuan
    GET  200 sysadmin; 403 *
    POST 200 sysadmin; 403 *
accounts:add_alias zhudao
    GET  405 *
    POST 302 sysadmin; 403 *
accounts:remove_alias zhudao alias
    GET  405 *
    POST 302 sysadmin; 403 *
accounts:enterprises
    GET  200 sysadmin; 403 *
    POST 405 *
accounts:add_enterprise
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:enterprise mill
    GET  200 sysadmin; 403 *
    POST 405 *
accounts:change_enterprise dyeworks
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:use_enterprise dyeworks
    GET  200 sysadmin; 403 *
    POST 200 sysadmin; 403 *
accounts:users
    GET  200 secadmin; 403 *
    POST 405 *
accounts:add_user
    GET  200 secadmin; 403 *
    POST 200 secadmin; 403 *
accounts:user nobody
    GET  200 secadmin; 403 *
    POST 405 *
accounts:use_user nobody
    GET  200 secadmin; 403 *
    POST 302 secadmin; 403 *
accounts:reset_password nobody
    GET  200 secadmin; 403 *
    POST 200 secadmin; 403 *
accounts:user_email nobody
    GET  200 secadmin; 403 *
    POST 302 secadmin; 403 *
accounts:unlock nobody
    GET  200 secadmin; 403 *
    POST 200 secadmin; 403 *
accounts:appoint nobody
    GET  200 secadmin; 403 *
    POST 302 secadmin; 403 *
accounts:dismiss port_hr soe_hr enterprise port
    GET  200 secadmin; 403 *
    POST 302 secadmin; 403 *
accounts:parameters
    GET  200 sysadmin; 403 *
    POST 405 *
accounts:set_parameter submit_days
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:stages
    GET  200 sysadmin; 403 *
    POST 405 *
accounts:set_stage normal
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:set_target normal transferred
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:holidays
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
accounts:drop_holiday holiday
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *

retirees:rosters
    GET  200 HR watchdog; 403 *
    POST 405 *
retirees:upload
    GET  200 HR; 403 *
    POST 302 MILL; 422 port_hr dyeworks_hr; 403 *
retirees:template
    GET  200 HR watchdog; 403 *
    POST 405 *
retirees:roster 安
    GET  200 MILL watchdog; 404 port_hr dyeworks_hr; 403 *
    POST 405 *
retirees:roster 崔
    GET  200 port_hr watchdog; 404 MILL dyeworks_hr; 403 *
    POST 405 *
retirees:roster 于
    GET  200 MILL dyeworks_hr watchdog; 404 port_hr; 403 *
    POST 405 *
retirees:rows 安
    GET  200 MILL watchdog; 404 port_hr dyeworks_hr; 403 *
    POST 405 *
retirees:progress 崔
    GET  302 port_hr watchdog; 404 MILL dyeworks_hr; 403 *
    POST 405 *
retirees:headings 安
    GET  200 MILL; 404 port_hr dyeworks_hr; 403 *
    POST 422 MILL; 404 port_hr dyeworks_hr; 403 *
retirees:import 安
    GET  405 *
    POST 302 MILL; 404 port_hr dyeworks_hr; 403 *
retirees:withdraw 安
    GET  302 MILL; 404 port_hr dyeworks_hr; 403 *
    POST 422 MILL; 404 port_hr dyeworks_hr; 403 *
retirees:annotated 安
    GET  200 MILL; 404 port_hr dyeworks_hr; 403 *
    POST 405 *
retirees:original 安
    GET  200 MILL; 404 port_hr dyeworks_hr; 403 *
    POST 405 *
retirees:cancel 崔
    GET  405 *
    POST 302 port_hr; 404 MILL dyeworks_hr; 403 *
retirees:discard 安
    GET  405 *
    POST 302 MILL; 404 port_hr dyeworks_hr; 403 *

archives:dossiers
    GET  200 HR ARCHIVE watchdog; 403 *
    POST 405 *
archives:bulk
    GET  405 *
    POST 302 ARCHIVE; 403 *
archives:outcome dossier
    GET  200 mill_hr; 404 *
    POST 405 *
archives:dossier 安
    GET  200 MILL archivist watchdog; 404 *
    POST 405 *
archives:dossier 丁
    GET  200 port_hr gaoqu_archivist watchdog; 404 *
    POST 405 *
archives:dossier 于
    GET  200 MILL dyeworks_hr watchdog; 404 *
    POST 405 *
archives:record 丁
    GET  200 gaoqu_archivist; 403 port_hr watchdog; 404 *
    POST 302 gaoqu_archivist; 403 port_hr watchdog; 404 *
archives:record 于
    GET  200 MILL dyeworks_hr; 403 watchdog; 404 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 *
archives:step 安 receive
    GET  200 archivist; 403 MILL watchdog; 404 *
    POST 302 archivist; 403 MILL watchdog; 404 *
archives:step 丁 return
    GET  200 gaoqu_archivist; 403 port_hr watchdog; 404 *
    POST 302 gaoqu_archivist; 403 port_hr watchdog; 404 *
archives:step 白 reopen
    GET  200 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
archives:step 白 send
    GET  404 *
    POST 404 *
archives:register
    GET  200 HR; 403 *
    POST 405 *
archives:upload_register
    GET  200 HR; 403 *
    POST 422 HR; 403 *
archives:catalogue 安
    GET  200 MILL archivist watchdog; 404 *
    POST 200 MILL archivist; 403 watchdog; 404 *
archives:catalogue 于
    GET  200 MILL dyeworks_hr watchdog; 404 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 *
archives:catalogue_workbook 安
    GET  200 MILL archivist watchdog; 404 *
    POST 405 *
archives:upload_catalogue 于
    GET  405 *
    POST 422 MILL dyeworks_hr; 403 watchdog; 404 *
archives:remove_material 安 material
    GET  405 *
    POST 302 MILL archivist; 403 watchdog; 404 *
archives:note_missing 于
    GET  200 MILL dyeworks_hr; 403 watchdog; 404 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 *
archives:supply 白 missing
    GET  405 *
    POST 302 MILL; 403 watchdog; 404 *
archives:schemes
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
archives:switch_scheme scheme
    GET  405 *
    POST 302 sysadmin; 403 *
archives:shipments
    GET  200 HR ARCHIVE watchdog; 403 *
    POST 405 *
archives:shipment_bulk
    GET  405 *
    POST 302 ARCHIVE; 403 *
archives:shipment_outcome dossier
    GET  404 *
    POST 405 *
archives:add_shipment
    GET  200 HR; 403 *
    POST 302 MILL; 200 port_hr dyeworks_hr; 403 *
archives:shipment 安
    GET  200 MILL archivist watchdog; 404 *
    POST 405 *
archives:shipment 丁
    GET  200 port_hr gaoqu_archivist watchdog; 404 *
    POST 405 *
archives:describe 安
    GET  302 MILL; 403 archivist watchdog; 404 *
    POST 302 MILL; 403 archivist watchdog; 404 *
archives:shipment_step 安 recall
    GET  200 MILL; 403 archivist watchdog; 404 *
    POST 302 MILL; 403 archivist watchdog; 404 *
archives:shipment_step 安 start
    GET  200 archivist; 403 MILL watchdog; 404 *
    POST 302 archivist; 403 MILL watchdog; 404 *
archives:annex 安
    GET  403 watchdog; 404 *
    POST 405 *
archives:shipment_list 安
    GET  200 MILL archivist watchdog; 404 *
    POST 405 *
archives:check 安
    GET  200 archivist; 403 MILL watchdog; 404 *
    POST 302 archivist; 403 MILL watchdog; 404 *
archives:rest 安
    GET  200 archivist; 403 MILL watchdog; 404 *
    POST 302 archivist; 403 MILL watchdog; 404 *
archives:fees
    GET  200 HR ARCHIVE watchdog; 403 *
    POST 405 *
archives:fee_bulk
    GET  405 *
    POST 302 ARCHIVE; 403 *
archives:fee_outcome dossier
    GET  404 *
    POST 405 *
archives:add_fee
    GET  200 HR; 403 *
    POST 302 MILL; 200 port_hr dyeworks_hr; 403 *
archives:fee 崔
    GET  200 port_hr archivist watchdog; 404 *
    POST 405 *
archives:fee_step 崔 cancel
    GET  200 port_hr; 403 archivist watchdog; 404 *
    POST 302 port_hr; 403 archivist watchdog; 404 *
archives:shipment_make 安 inventory
    GET  302 MILL archivist; 403 watchdog; 404 *
    POST 302 MILL archivist; 403 watchdog; 404 *
archives:shipment_paper 安
    GET  200 MILL archivist; 404 *
    POST 405 *
archives:shipment_scan 安
    GET  404 *
    POST 405 *
archives:shipment_attach 安
    GET  200 MILL archivist; 404 *
    POST 302 MILL archivist; 404 *
archives:shipment_papers_of shipment_paper
    GET  200 mill_hr; 404 *
    POST 405 *
archives:dossier_make 于 leader
    GET  200 MILL dyeworks_hr; 403 watchdog; 404 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 *
archives:dossier_paper 白
    GET  404 *
    POST 405 *
archives:dossier_scan 白
    GET  200 MILL watchdog; 404 *
    POST 405 *
archives:dossier_attach 白
    GET  403 MILL watchdog; 404 *
    POST 403 MILL watchdog; 404 *
archives:dossier_papers_of dossier
    GET  404 *
    POST 405 *
archives:fee_make 崔 voucher
    GET  200 port_hr; 403 archivist watchdog; 404 *
    POST 302 port_hr; 403 archivist watchdog; 404 *
archives:fee_paper 崔
    GET  404 *
    POST 405 *
archives:fee_scan 崔
    GET  200 port_hr archivist watchdog; 404 *
    POST 405 *
archives:fee_attach 崔
    GET  403 port_hr archivist watchdog; 404 *
    POST 403 port_hr archivist watchdog; 404 *
archives:fee_papers_of dossier
    GET  404 *
    POST 405 *

benefits:medical
    GET  200 HR DISTRICT medical watchdog; 403 *
    POST 405 *
benefits:medical_bulk
    GET  405 *
    POST 302 DISTRICT; 403 *
benefits:medical_outcome medical
    GET  200 mill_hr; 404 *
    POST 405 *
benefits:transfer 安
    GET  200 MILL huancui_clerk medical watchdog; 404 *
    POST 405 *
benefits:transfer 崔
    GET  200 port_hr medical watchdog; 404 *
    POST 405 *
benefits:medical_step 安 agree
    GET  200 huancui_clerk; 403 MILL medical watchdog; 404 *
    POST 302 huancui_clerk; 403 MILL medical watchdog; 404 *
benefits:medical_step 崔 propose
    GET  200 port_hr; 403 medical watchdog; 404 *
    POST 302 port_hr; 403 medical watchdog; 404 *
benefits:medical_make 安 arriving
    GET  200 huancui_clerk; 403 MILL medical watchdog; 404 *
    POST 302 huancui_clerk; 403 MILL medical watchdog; 404 *
benefits:medical_paper 安
    GET  404 *
    POST 405 *
benefits:medical_scan 安
    GET  200 MILL huancui_clerk medical watchdog; 404 *
    POST 405 *
benefits:medical_attach 安
    GET  403 MILL huancui_clerk medical watchdog; 404 *
    POST 403 MILL huancui_clerk medical watchdog; 404 *
benefits:medical_papers_of dossier
    GET  404 *
    POST 405 *
benefits:supplementary
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:add_supplementary
    GET  200 HR; 403 *
    POST 302 MILL; 200 port_hr dyeworks_hr; 403 *
benefits:supplementary_plan 安
    GET  200 MILL watchdog; 404 *
    POST 405 *
benefits:supplementary_level 安
    GET  200 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
benefits:import_covers 安
    GET  200 MILL; 403 watchdog; 404 *
    POST 422 MILL; 403 watchdog; 404 *
benefits:covers
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:cover_bulk
    GET  405 *
    POST 302 HR; 403 *
benefits:cover_outcome dossier
    GET  404 *
    POST 405 *
benefits:cover_template
    GET  200 HR; 403 *
    POST 405 *
benefits:cover 安
    GET  200 MILL watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
benefits:candidates
    GET  302 HR; 403 *
    POST 405 *
benefits:candidate_bulk
    GET  405 *
    POST 404 HR; 403 *
benefits:candidate_outcome covering
    GET  200 mill_hr; 404 *
    POST 405 *
benefits:supplementary_make 安 document
    GET  200 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
benefits:supplementary_paper 安
    GET  404 *
    POST 405 *
benefits:supplementary_scan 安
    GET  200 MILL watchdog; 404 *
    POST 405 *
benefits:supplementary_attach 安
    GET  403 MILL watchdog; 404 *
    POST 403 MILL watchdog; 404 *
benefits:supplementary_papers_of dossier
    GET  404 *
    POST 405 *

party:memberships
    GET  200 PARTY; 403 *
    POST 405 *
party:chase
    GET  200 PARTY; 403 *
    POST 405 *
party:export_chase
    GET  200 PARTY; 403 *
    POST 405 *
party:unreachable
    GET  200 PARTY; 403 *
    POST 405 *
party:export
    GET  200 PARTY; 403 *
    POST 405 *
party:import
    GET  200 mill_party; 403 *
    POST 422 mill_party; 403 *
party:notices
    GET  200 PARTY; 403 *
    POST 405 *
party:note_notices
    GET  405 *
    POST 302 zhudao_party; 403 *
party:organisations
    GET  200 PARTY; 403 *
    POST 405 *
party:add_organisation
    GET  200 PARTY; 403 *
    POST 302 mill_party; 200 zhudao_party; 403 *
party:organisation mill_committee
    GET  200 mill_party; 404 zhudao_party; 403 *
    POST 405 *
party:organisation zhudao_branch
    GET  200 zhudao_party; 404 mill_party; 403 *
    POST 405 *
party:change_organisation mill_committee
    GET  200 mill_party; 404 zhudao_party; 403 *
    POST 302 mill_party; 404 zhudao_party; 403 *
party:use_organisation zhudao_branch
    GET  200 zhudao_party; 404 mill_party; 403 *
    POST 302 zhudao_party; 404 mill_party; 403 *
party:bulk
    GET  405 *
    POST 302 zhudao_party; 403 *
party:outcome membership
    GET  200 mill_party; 404 *
    POST 405 *
party:membership 安
    GET  200 mill_party; 404 *
    POST 405 *
party:membership 崔
    GET  200 zhudao_party; 404 *
    POST 405 *
party:search 白
    GET  200 mill_party; 404 *
    POST 302 mill_party; 404 *
party:facts 崔
    GET  200 zhudao_party; 404 *
    POST 302 zhudao_party; 404 *
party:contact 安
    GET  200 mill_party; 404 *
    POST 200 mill_party; 404 *
party:membership_make 安 letter
    GET  302 mill_party; 404 *
    POST 302 mill_party; 404 *
party:membership_make 崔 letter
    GET  403 zhudao_party; 404 *
    POST 403 zhudao_party; 404 *
party:membership_make 崔 brought
    GET  200 zhudao_party; 404 *
    POST 302 zhudao_party; 404 *
party:membership_paper 安
    GET  200 mill_party; 404 *
    POST 405 *
party:membership_scan 安
    GET  404 *
    POST 405 *
party:membership_attach 安
    GET  200 mill_party; 404 *
    POST 302 mill_party; 404 *
party:membership_papers_of letter
    GET  200 mill_party; 404 *
    POST 405 *
party:receipt 安
    GET  302 mill_party; 404 *
    POST 302 mill_party; 404 *
party:step 崔 arrive
    GET  200 zhudao_party; 404 *
    POST 302 zhudao_party; 404 *
party:step 安 void
    GET  200 mill_party; 404 *
    POST 302 mill_party; 404 *

handover:people
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
handover:bulk withdraw
    GET  302 *
    POST 302 HR; 403 *
handover:bulk_selection withdraw 安
    GET  200 mill_hr; 404 *
    POST 302 mill_hr; 404 *
handover:bulk_outcome withdraw 安
    GET  404 *
    POST 405 *
handover:bulk_rest withdraw 安
    GET  405 *
    POST 302 mill_hr; 404 *
handover:bulk_again withdraw 安
    GET  405 *
    POST 302 mill_hr; 404 *
handover:person 安
    GET  200 MILL huancui_clerk zhudao_clerk watchdog; 404 *
    POST 405 *
handover:person 白
    GET  200 MILL watchdog; 404 *
    POST 405 *
handover:person 崔
    GET  200 port_hr huancui_clerk watchdog; 404 *
    POST 405 *
handover:person 丁
    GET  200 port_hr huancui_clerk jingyuan_clerk watchdog; 404 *
    POST 405 *
handover:person 于
    GET  200 MILL dyeworks_hr watchdog; 404 *
    POST 405 *
handover:correct 安
    GET  302 MILL zhudao_clerk; 403 huancui_clerk watchdog; 404 *
    POST 302 MILL zhudao_clerk; 403 huancui_clerk watchdog; 404 *
handover:correct 白
    GET  200 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
handover:correct 丁
    GET  200 jingyuan_clerk; 302 port_hr; 403 huancui_clerk watchdog; 404 *
    POST 302 jingyuan_clerk port_hr; 403 huancui_clerk watchdog; 404 *
handover:reveal 安 id_number
    GET  200 MILL huancui_clerk zhudao_clerk watchdog; 404 *
    POST 200 MILL huancui_clerk zhudao_clerk watchdog; 404 *
handover:reveal 安 health
    GET  200 MILL zhudao_clerk; 403 huancui_clerk watchdog; 404 *
    POST 200 MILL zhudao_clerk; 403 huancui_clerk watchdog; 404 *
handover:reveal 丁 phone
    GET  200 port_hr huancui_clerk jingyuan_clerk watchdog; 404 *
    POST 200 port_hr huancui_clerk jingyuan_clerk watchdog; 404 *
handover:death 安
    GET  200 MILL huancui_clerk zhudao_clerk; 403 watchdog; 404 *
    POST 302 MILL huancui_clerk zhudao_clerk; 403 watchdog; 404 *
handover:case_make 白 receipt
    GET  302 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
handover:case_paper 白
    GET  404 *
    POST 405 *
handover:case_scan 白
    GET  200 MILL watchdog; 404 *
    POST 405 *
handover:case_attach 白
    GET  403 MILL watchdog; 404 *
    POST 403 MILL watchdog; 404 *
handover:case_make 安 introduction
    GET  302 MILL; 403 huancui_clerk zhudao_clerk watchdog; 404 *
    POST 302 MILL; 403 huancui_clerk zhudao_clerk watchdog; 404 *
handover:case_make 丁 card
    GET  302 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
    POST 302 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
handover:case_paper 安
    GET  200 MILL huancui_clerk zhudao_clerk watchdog; 404 *
    POST 405 *
handover:case_scan 安
    GET  404 *
    POST 405 *
handover:case_attach 安
    GET  200 MILL; 403 huancui_clerk zhudao_clerk watchdog; 404 *
    POST 302 MILL; 403 huancui_clerk zhudao_clerk watchdog; 404 *
handover:case_papers_of paper
    GET  200 mill_hr; 404 *
    POST 405 *
handover:papers_outcome paper
    GET  200 mill_hr; 404 *
    POST 405 *
handover:make_papers confirmation
    GET  302 HR; 403 *
    POST 302 HR; 403 *
handover:make_papers card
    GET  302 STREET; 403 *
    POST 302 STREET; 403 *
handover:batch_make 安 roster
    GET  302 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
handover:batch_paper 安
    GET  200 MILL watchdog; 404 *
    POST 405 *
handover:batch_scan 安
    GET  404 *
    POST 405 *
handover:batch_attach 安
    GET  200 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
handover:batch_papers_of batch_paper
    GET  200 mill_hr; 404 *
    POST 405 *
handover:batch_roster 安
    GET  200 MILL watchdog; 404 *
    POST 405 *
handover:step 安 accept
    GET  200 zhudao_clerk; 403 MILL huancui_clerk watchdog; 404 *
    POST 302 zhudao_clerk; 403 MILL huancui_clerk watchdog; 404 *
handover:step 安 return
    GET  200 huancui_clerk zhudao_clerk; 403 MILL watchdog; 404 *
    POST 302 huancui_clerk zhudao_clerk; 403 MILL watchdog; 404 *
handover:step 崔 assign
    GET  200 huancui_clerk; 403 port_hr watchdog; 404 *
    POST 302 huancui_clerk; 403 port_hr watchdog; 404 *
handover:step 白 submit
    GET  200 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
handover:step 丁 contact
    GET  200 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
    POST 302 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
handover:compare 安
    GET  200 MILL huancui_clerk zhudao_clerk watchdog; 404 *
    POST 405 *
handover:deaths
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
handover:acknowledge_death 丁
    GET  405 *
    POST 302 port_hr; 403 huancui_clerk jingyuan_clerk watchdog; 404 *
handover:death_bulk
    GET  405 *
    POST 302 HR STREET; 403 *
handover:death_outcome dossier
    GET  404 *
    POST 405 *
handover:moves
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
handover:move_bulk
    GET  405 *
    POST 302 HR; 403 *
handover:move_outcome dossier
    GET  404 *
    POST 405 *
handover:move 丁
    GET  200 port_hr huancui_clerk jingyuan_clerk watchdog; 404 *
    POST 405 *
handover:move_step 丁 acknowledge
    GET  200 port_hr; 403 huancui_clerk jingyuan_clerk watchdog; 404 *
    POST 302 port_hr; 403 huancui_clerk jingyuan_clerk watchdog; 404 *
handover:care
    GET  200 STREET; 403 *
    POST 405 *
handover:care_bulk
    GET  405 *
    POST 302 STREET; 403 *
handover:care_outcome care
    GET  200 jingyuan_clerk; 404 *
    POST 405 *
handover:care_act 丁 serve
    GET  302 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
    POST 302 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
handover:eligibility_import
    GET  200 STREET; 403 *
    POST 422 STREET; 403 *
handover:eligibility_template
    GET  200 STREET; 403 *
    POST 405 *
handover:services
    GET  200 STREET; 403 *
    POST 405 *
handover:activities
    GET  200 DISTRICT STREET watchdog; 403 *
    POST 405 *
handover:activity_record
    GET  200 STREET; 403 *
    POST 302 zhudao_clerk; 200 jingyuan_clerk yiyuan_clerk community_clerk; 403 *
handover:care_summary
    GET  200 STREET; 403 *
    POST 405 *
handover:care_export
    GET  200 STREET; 403 *
    POST 405 *
handover:relocate 丁
    GET  200 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
    POST 200 jingyuan_clerk; 403 port_hr huancui_clerk watchdog; 404 *
handover:relocations
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
handover:relocation_come
    GET  200 STREET; 403 *
    POST 200 STREET; 403 *
handover:relocation_bulk
    GET  405 *
    POST 302 STREET; 403 *
handover:relocation_outcome dossier
    GET  404 *
    POST 405 *
handover:relocation 丁
    GET  200 port_hr DISTRICT jingyuan_clerk yiyuan_clerk watchdog; 404 *
    POST 405 *
handover:relocation_step 丁 decline
    GET  200 yiyuan_clerk; 403 port_hr DISTRICT jingyuan_clerk watchdog; 404 *
    POST 302 yiyuan_clerk; 403 port_hr DISTRICT jingyuan_clerk watchdog; 404 *
handover:intake
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 405 *
retirees:explain 安
    GET  405 *
    POST 302 MILL; 404 port_hr dyeworks_hr; 403 *
retirees:forecast
    GET  200 HR watchdog; 403 *
    POST 405 *
retirees:forecast_import
    GET  200 HR; 403 *
    POST 422 HR; 403 *
retirees:forecast_template
    GET  200 HR; 403 *
    POST 405 *
retirees:forecast_export
    GET  200 HR watchdog; 403 *
    POST 405 *
retirees:forecast_roster 2027-01
    GET  200 HR; 403 *
    POST 405 *
retirees:forecast_choose 于
    GET  200 MILL dyeworks_hr watchdog; 404 port_hr; 403 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 port_hr; 403 *
handover:problems
    GET  200 HR DISTRICT STREET ARCHIVE PARTY member watchdog; 403 *
    POST 405 *
handover:problem_raise
    GET  200 HR DISTRICT STREET ARCHIVE PARTY; 403 *
    POST 302 HR DISTRICT STREET ARCHIVE PARTY; 403 *
handover:problem_bulk
    GET  405 *
    POST 302 watchdog; 403 *
handover:problem_outcome problem
    GET  200 watchdog; 404 *
    POST 405 *
handover:problem 安
    GET  200 zhudao_clerk huancui_clerk member watchdog; 404 *
    POST 405 *
handover:problem_step 安 settle
    GET  200 zhudao_clerk huancui_clerk; 403 member watchdog; 404 *
    POST 302 zhudao_clerk huancui_clerk; 403 member watchdog; 404 *
handover:problem_step 崔 assign
    GET  200 watchdog; 403 port_hr; 404 *
    POST 302 watchdog; 403 port_hr; 404 *
handover:notices
    GET  200 HR DISTRICT watchdog; 403 *
    POST 405 *
handover:notice_issue
    GET  200 watchdog; 403 *
    POST 302 watchdog; 403 *
handover:notice_people
    GET  302 watchdog; 403 *
    POST 200 watchdog; 403 *
handover:notice_bulk
    GET  405 *
    POST 302 watchdog; 403 *
handover:notice_outcome notice
    GET  200 mill_hr; 404 *
    POST 405 *
handover:notice 安
    GET  200 huancui_clerk watchdog; 404 *
    POST 405 *
handover:notice_step 安 reply
    GET  200 huancui_clerk; 403 watchdog; 404 *
    POST 302 huancui_clerk; 403 watchdog; 404 *
handover:search
    GET  200 HR DISTRICT STREET watchdog; 403 *
    POST 302 dyeworks_hr zhudao_clerk jingyuan_clerk; 403 ARCHIVE PARTY approver medical finance member sysadmin secadmin auditor nobody; 200 *
handover:distribute
    GET  200 DISTRICT; 403 *
    POST 302 huancui_clerk; 200 gaoqu_clerk; 403 *
handover:receive
    GET  200 STREET; 403 *
    POST 405 *
handover:receive_bulk accept
    GET  302 *
    POST 302 STREET; 403 *
handover:batches
    GET  200 HR DISTRICT watchdog; 403 *
    POST 405 *
handover:batch 安
    GET  200 MILL watchdog; 404 *
    POST 405 *
handover:batch 崔
    GET  200 port_hr watchdog; 404 *
    POST 405 *

handover:agreements
    GET  200 HR DISTRICT PARTY watchdog; 403 *
    POST 405 *
handover:agreement_draft
    GET  200 group; 403 *
    POST 302 group; 403 *
handover:agreement_bulk
    GET  405 *
    POST 302 DISTRICT; 403 *
handover:agreement_outcome agreement
    GET  200 group; 404 *
    POST 405 *
handover:agreement 安
    GET  200 MILL huancui_clerk mill_party watchdog; 404 *
    POST 405 *
handover:agreement 白
    GET  200 MILL mill_party watchdog; 404 *
    POST 405 *
handover:agreement 崔
    GET  200 port_hr huancui_clerk watchdog; 404 *
    POST 405 *
handover:agreement_plan 白
    GET  200 group; 403 mill_hr mill_party watchdog; 404 *
    POST 302 group; 403 mill_hr mill_party watchdog; 404 *
handover:agreement_plan 安
    GET  302 group; 403 mill_hr huancui_clerk mill_party watchdog; 404 *
    POST 200 group; 403 mill_hr huancui_clerk mill_party watchdog; 404 *
handover:agreement_fill 白
    GET  405 *
    POST 302 group; 403 mill_hr mill_party watchdog; 404 *
handover:agreement_amend 安
    GET  405 *
    POST 302 group; 403 mill_hr huancui_clerk mill_party watchdog; 404 *
handover:agreement_step 崔 agree
    GET  200 huancui_clerk; 403 port_hr watchdog; 404 *
    POST 302 huancui_clerk; 403 port_hr watchdog; 404 *
handover:agreement_step 安 terminate
    GET  200 watchdog; 403 MILL huancui_clerk mill_party; 404 *
    POST 302 watchdog; 403 MILL huancui_clerk mill_party; 404 *
handover:agreement_make 安 roster
    GET  302 group huancui_clerk; 403 mill_hr mill_party watchdog; 404 *
    POST 302 group huancui_clerk; 403 mill_hr mill_party watchdog; 404 *
handover:agreement_make 安 signed_area
    GET  200 huancui_clerk; 403 MILL mill_party watchdog; 404 *
    POST 302 huancui_clerk; 403 MILL mill_party watchdog; 404 *
handover:agreement_make 安 annex_people
    GET  404 *
    POST 404 *
handover:agreement_paper people
    GET  404 *
    POST 405 *
handover:agreement_scan people
    GET  200 MILL huancui_clerk watchdog; 404 *
    POST 405 *
handover:agreement_scan members
    GET  200 mill_party; 404 *
    POST 405 *
handover:agreement_attach people
    GET  403 MILL huancui_clerk watchdog; 404 *
    POST 403 MILL huancui_clerk watchdog; 404 *
handover:agreement_papers_of agreement
    GET  404 *
    POST 405 *
handover:assets
    GET  200 HR DISTRICT watchdog; 403 *
    POST 405 *
handover:asset_template
    GET  200 HR DISTRICT watchdog; 403 *
    POST 405 *
handover:asset_add 白
    GET  200 group; 403 mill_hr mill_party watchdog; 404 *
    POST 302 group; 403 mill_hr mill_party watchdog; 404 *
handover:asset_import 白
    GET  200 group; 403 mill_hr mill_party watchdog; 404 *
    POST 422 group; 403 mill_hr mill_party watchdog; 404 *
handover:asset_export 安
    GET  200 MILL huancui_clerk watchdog; 403 mill_party; 404 *
    POST 405 *
handover:asset_bulk
    GET  405 *
    POST 302 DISTRICT; 403 *
handover:asset_outcome asset
    GET  200 huancui_clerk; 404 *
    POST 405 *
handover:asset 安
    GET  200 MILL huancui_clerk watchdog; 404 *
    POST 405 *
handover:asset 白
    GET  200 MILL watchdog; 404 *
    POST 405 *
handover:asset_change 白
    GET  200 group; 403 mill_hr watchdog; 404 *
    POST 302 group; 403 mill_hr watchdog; 404 *
handover:asset_remove 白
    GET  405 *
    POST 302 group; 403 mill_hr watchdog; 404 *
handover:asset_step 安 receive
    GET  200 huancui_clerk; 403 MILL watchdog; 404 *
    POST 302 huancui_clerk; 403 MILL watchdog; 404 *

benefits:treatments
    GET  200 HR approver watchdog; 403 *
    POST 405 *
benefits:bulk
    GET  405 *
    POST 302 approver; 403 *
benefits:outcome money
    GET  200 mill_hr; 404 *
    POST 405 *
benefits:table
    GET  200 HR approver watchdog; 403 *
    POST 405 *
benefits:treatment 安
    GET  200 MILL approver watchdog; 404 *
    POST 405 *
benefits:treatment 于
    GET  200 MILL dyeworks_hr watchdog; 404 *
    POST 405 *
benefits:step 安 approve
    GET  200 approver; 403 MILL watchdog; 404 *
    POST 302 approver; 403 MILL watchdog; 404 *
benefits:step 于 sign
    GET  200 MILL dyeworks_hr; 403 watchdog; 404 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 *
benefits:items
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:item_bulk
    GET  405 *
    POST 200 MILL; 302 port_hr dyeworks_hr; 403 *
benefits:item_outcome money
    GET  200 mill_hr; 404 *
    POST 405 *
benefits:template
    GET  200 HR; 403 *
    POST 405 *
benefits:export
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:import
    GET  200 HR; 403 *
    POST 422 HR; 403 *
benefits:item 安
    GET  200 MILL watchdog; 404 *
    POST 405 *
benefits:decide 安
    GET  405 *
    POST 302 MILL; 403 watchdog; 404 *
benefits:change 安
    GET  200 MILL; 403 watchdog; 404 *
    POST 200 MILL; 403 watchdog; 404 *
benefits:remove 安
    GET  200 MILL; 403 watchdog; 404 *
    POST 200 MILL; 403 watchdog; 404 *
benefits:people
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:settle
    GET  405 *
    POST 200 MILL; 302 port_hr dyeworks_hr; 403 *
benefits:settle_outcome sum
    GET  200 mill_hr; 404 *
    POST 405 *
benefits:person 安
    GET  200 MILL watchdog; 404 *
    POST 405 *
benefits:add 安
    GET  200 MILL; 403 watchdog; 404 *
    POST 302 MILL; 403 watchdog; 404 *
benefits:settlement 于
    GET  200 MILL dyeworks_hr watchdog; 404 *
    POST 405 *
benefits:what_if
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:budget
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:budget_workbook
    GET  404 HR watchdog; 403 *
    POST 405 *
benefits:plans
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:set_plan
    GET  200 HR; 403 *
    POST 302 MILL; 200 port_hr dyeworks_hr; 403 *
benefits:overview
    GET  200 HR watchdog; 403 *
    POST 405 *
benefits:expectancy
    GET  200 sysadmin; 403 *
    POST 302 sysadmin; 403 *
benefits:settlement_make 于 agreement
    GET  302 MILL dyeworks_hr; 403 watchdog; 404 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 *
benefits:settlement_paper 于
    GET  200 MILL dyeworks_hr watchdog; 404 *
    POST 405 *
benefits:settlement_scan 于
    GET  404 *
    POST 405 *
benefits:settlement_attach 于
    GET  200 MILL dyeworks_hr; 403 watchdog; 404 *
    POST 302 MILL dyeworks_hr; 403 watchdog; 404 *
benefits:settlement_papers_of sum_paper
    GET  200 mill_hr; 404 *
    POST 405 *
benefits:treatment_make 安 opinion
    GET  200 MILL approver; 403 watchdog; 404 *
    POST 302 MILL approver; 403 watchdog; 404 *
benefits:treatment_paper 安
    GET  404 *
    POST 405 *
benefits:treatment_scan 安
    GET  200 MILL approver watchdog; 404 *
    POST 405 *
benefits:treatment_attach 安
    GET  403 MILL approver watchdog; 404 *
    POST 403 MILL approver watchdog; 404 *
benefits:treatment_papers_of money
    GET  404 *
    POST 405 *
"""


@dataclass(frozen=True)
class Line:
    name: str
    words: tuple
    answers: dict  # {"GET": {person: status}, "POST": …}

    def __str__(self):
        return " ".join((self.name, *self.words))


def lines(people):
    """The table, with the answer of every person spelt out."""
    found = []
    for text in TABLE.strip().splitlines():
        if not text.strip():
            continue
        if not text.startswith(" "):
            name, *words = text.split()
            found.append(Line(name, tuple(words), {}))
        else:
            method, cells = text.split(maxsplit=1)
            found[-1].answers[method] = _answers(cells, people, text)
    return found


def _answers(cells, people, text):
    found = {}
    for cell in cells.split(";"):
        status, *who = cell.split()
        names = [one for word in who for one in GROUPS.get(word, word).split()]
        for one in [each for each in people if each not in found] if names == ["*"] else names:
            if one not in people or one in found:
                raise ValueError(f"{one} in {text!r}")
            found[one] = int(status)
    return found
