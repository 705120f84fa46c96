"""过渡方案 of enterprises, and 人口平均预期寿命 of the city."""

from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from accounts.duties import Duty
from accounts.scope import holds, own_enterprises
from accounts.views.guard import attempt, needs
from benefits.forms.settings import ExpectancyForm, PlanForm
from benefits.models import LifeExpectancy, TaperingPlan
from benefits.services import expectancy, plans
from benefits.views.forms import form_page
from benefits.views.items import MONEY

METHODS = ["GET", "HEAD", "POST"]
CLAUSE = "市属国有企业要采取一定过渡期办法，逐步减少新办理退休人员的统筹外费用，过渡期原则上不超过3年（二(六)）。"


@require_safe
@needs(*MONEY)
def show_plans(request):
    rows = TaperingPlan.objects.visible_to(request.user).select_related("enterprise").order_by("enterprise__path")
    context = {
        "title": "过渡方案",
        "crumbs": [("统筹外费用处理", reverse("benefits:treatments")), ("过渡方案", "")],
        "plans": [(one, "、".join(f"{percent.normalize():f}%" for percent in one.percents)) for one in rows],
        "mine": holds(request.user, Duty.SUBMIT),
        "clause": CLAUSE,
    }
    return render(request, "benefits/tapering.html", context)


@require_http_methods(METHODS)
@needs(Duty.SUBMIT)
def set_plan(request):
    form = PlanForm(own_enterprises(request.user), request.POST or None)

    def act():
        given = form.cleaned_data
        return plans.set_plan(
            given["enterprise"],
            first_day=given["first_day"],
            years=given["years"],
            percents=form.percents,
            document=given["document"],
            actor=request.user,
            key=given["key"],
        )

    said = "已登记过渡方案。待决定的项目重新判定后按新方案办理。"
    if form.is_valid() and attempt(request, form, act, said):
        return redirect("benefits:plans")
    back = reverse("benefits:plans")
    return form_page(
        request,
        form,
        title="登记过渡方案",
        crumbs=[("过渡方案", back), ("登记", "")],
        submit="登记",
        back=back,
        intro=f"{CLAUSE}已有方案的，以本次登记替换；已按原方案落实的项目不变。",
    )


@require_http_methods(METHODS)
@needs(Duty.MANAGE_SYSTEM)
def show_expectancy(request):
    form = ExpectancyForm(request.POST or None)

    def act():
        given = form.cleaned_data
        return expectancy.set_expectancy(
            given["since"], given["years"], given["year"], given["source"], actor=request.user, key=given["key"]
        )

    if form.is_valid() and attempt(request, form, act, "已设定人口平均预期寿命。"):
        return redirect("benefits:expectancy")
    context = {
        "title": "人口平均预期寿命",
        "crumbs": [("参数", reverse("accounts:parameters")), ("人口平均预期寿命", "")],
        "rows": LifeExpectancy.objects.order_by("-since"),
        "now": expectancy.expectancy_on(),
        "form": form,
        "submit": "设定",
        "intro": "参考所在城市人口平均预期寿命一次性支付（二(六)）。请按市统计、卫生健康部门公布的数值设定；"
        "同一开始日期已有数值的，以本次替换。",
    }
    return render(request, "benefits/expectancy.html", context)
