"""The same intake as in the browser, from the command line."""

import json
import sys
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError

from accounts.duties import Duty
from accounts.models import Enterprise, User
from accounts.scope import reach_of
from retirees.models import Roster, RosterRow
from retirees.models.rosters import RosterState
from retirees.roster import annotated, checking, explaining, importing, uploading
from weihai_transfer.lib.refusals import Refused
from weihai_transfer.lib.workbooks import guard

REFUSED_WHOLE = 2


# A page asks for the reason; a command line has nobody to ask.
UNSAID = "成批导入，未逐人说明"


class Command(BaseCommand):
    help = "导入一份花名册，与网页上传走同一程序。全部导入时退出码为 0，有不能导入的行时为 1，文件整体不能读取时为 2。"

    def add_arguments(self, parser):
        parser.add_argument("file", type=Path, help="花名册文件：.xlsx、.xls、.ods、.et、.csv")
        parser.add_argument("--enterprise", required=True, help="企业代码")
        parser.add_argument("--by", required=True, help="经办人用户名")
        parser.add_argument("--good-rows-only", action="store_true", help="只导入正确的行")
        parser.add_argument("--dry-run", action="store_true", help="只核对，不导入")
        parser.add_argument(
            "--retirement-note", default=UNSAID, help="退休时间与法定年龄不符、表中没有说明的，统一填写的说明"
        )
        parser.add_argument("--json", action="store_true", help="以 JSON 输出结果")

    def handle(self, *, file, enterprise, by, good_rows_only, dry_run, **options):
        as_json = options["json"]
        place, user = self._who(enterprise, by)
        try:
            roster, already = self._checked(place, user, file)
        except guard.Refused as refused:
            self._say_refused(refused.message, as_json)
        report = report_of(roster)
        if already:
            report = already_imported(roster)
        elif roster.accepted and not dry_run and (good_rows_only or not roster.rejected):
            try:
                explaining.explain_all(roster, options["retirement_note"])
                importing.start(roster, actor=user, good_rows_only=good_rows_only)
            except Refused as refused:
                self._say_refused(str(refused), as_json)
            importing.carry_out(roster.pk)
            roster.refresh_from_db()
        report["annotated"] = self._annotate(roster, file) if problems_of(roster) and not already else None
        if roster.state != RosterState.IMPORTED:
            uploading.discard(roster)
        self._say(report, roster, as_json)
        sys.exit(1 if report["rejected"] else 0)

    def _who(self, code, username):
        place = Enterprise.objects.filter(code=code).first()
        user = User.objects.filter(username=username, is_active=True).first()
        # One answer for what is missing and what is foreign.
        if not place or not user or not self._covers(user, place):
            raise CommandError(
                f"企业 {code} 不存在，或用户 {username} 不能为该企业上报。请核对企业代码和用户名。",
                returncode=REFUSED_WHOLE,
            )
        return place, user

    def _covers(self, user, place):
        reach = reach_of(user, Duty.SUBMIT)
        return reach.everywhere or place.pk in reach.enterprises

    def _checked(self, place, user, file):
        if not file.is_file():
            raise guard.Refused("no_file", f"找不到文件 {file.name}。请核对路径。")
        received = uploading.receive(place, file.name, file, by=user)
        roster = received.roster
        if roster.state == RosterState.IMPORTED:
            return roster, True
        if received.already and roster.state in (RosterState.HEADINGS, RosterState.CHECKED):
            Roster.objects.filter(pk=roster.pk).update(state=RosterState.UPLOADED, worker="", heartbeat=None)
        if not checking.carry_out(roster.pk, ask_about_headings=False):
            raise guard.Refused("busy", "同一文件正在由另一个任务处理。请稍后再试。")
        roster.refresh_from_db()
        if roster.state == RosterState.REFUSED:
            raise guard.Refused("refused", roster.refusal)
        return roster, False

    def _annotate(self, roster, file):
        target = file.with_name(annotated.filename_of(roster))
        annotated.build(roster, target)
        return str(target)

    def _say_refused(self, sentence, as_json):
        if as_json:
            report = {**EMPTY, "problems": [{"row": None, "column": None, "code": "refused", "message": sentence}]}
            self.stdout.write(json.dumps(report, ensure_ascii=False))
        else:
            self.stderr.write(sentence)
        sys.exit(REFUSED_WHOLE)

    def _say(self, report, roster, as_json):
        if as_json:
            self.stdout.write(json.dumps(report, ensure_ascii=False))
            return
        for problem in report["problems"]:
            self.stdout.write(problem["message"])
        words = "已导入" if roster.state == RosterState.IMPORTED else "没有导入"
        self.stdout.write(
            f"共 {report['rows']:,} 行：可导入 {report['accepted']:,}，不能导入 {report['rejected']:,}，"
            f"空行 {report['blank']:,}。{words}。"
        )
        if report["annotated"]:
            self.stdout.write(f"标注了问题的表格：{report['annotated']}")


EMPTY = {
    "rows": 0,
    "accepted": 0,
    "rejected": 0,
    "blank": 0,
    "warnings": 0,
    "duplicates": 0,
    "problems": [],
    "annotated": None,
}


def report_of(roster):
    return {
        "rows": roster.rows,
        "accepted": roster.accepted,
        "rejected": roster.rejected,
        "blank": roster.blank,
        "warnings": roster.warnings,
        "duplicates": roster.duplicates,
        "problems": [*left_sheets_of(roster), *problems_of(roster)],
        "annotated": None,
    }


def left_sheets_of(roster):
    return [
        {
            "row": None,
            "column": None,
            "code": "sheet_left",
            "message": f"工作表“{one['sheet']}”没有导入：{one['message']}",
        }
        for one in roster.left_sheets
        if one["people"]
    ]


def problems_of(roster):
    rows = RosterRow.objects.filter(roster=roster).exclude(problems=[]).order_by("sheet", "number")
    return [
        {"row": number, "column": one["column"], "code": one["code"], "message": one["message"]}
        for number, problems in rows.values_list("number", "problems")
        for one in problems
    ]


def already_imported(roster):
    """The same bytes were imported before: nothing is added, and every row of it is a duplicate."""
    people = roster.rows - roster.blank
    sentence = f"这份文件已于 {roster.at:%Y-%m-%d} 导入，没有重复导入。"
    problem = {"row": None, "column": None, "code": "same_file", "message": sentence}
    return {
        **EMPTY,
        "rows": roster.rows,
        "rejected": people,
        "blank": roster.blank,
        "duplicates": people,
        "problems": [problem],
    }
