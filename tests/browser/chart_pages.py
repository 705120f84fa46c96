"""One page with every kind of chart, for the browser to draw: the site's own addresses and `/charts/`."""

from django.http import HttpResponse
from django.template import engines
from django.urls import path

from weihai_transfer import urls

PAGE = """{% extends "base.html" %}
{% block page_scripts %}{% include "_chart_files.html" %}{% endblock %}
{% block content %}
{% include "_chart.html" with kind="bars" table="rates" columns="1,-1" title="移交率" unit="%" target=90 only %}
<table class="table" id="rates">
  <thead><tr><th>区市</th><th>应移交</th><th>移交率</th></tr></thead>
  <tbody>
    <tr><th>环翠区</th><td><a href="/people/?figure=due">1,200</a></td><td>87.5%<small>（80.1%）</small></td></tr>
    <tr class="behind"><th>文登区</th><td><a href="/people/?figure=due">30</a></td><td>12.0%</td></tr>
    <tr><th>高区</th><td><a href="/people/?figure=due">0</a></td><td>—</td></tr>
    <tr><th>经区</th><td><a href="/people/?figure=due">8</a></td><td>3/8</td></tr>
  </tbody>
  <tfoot><tr><th>合计</th><td>1,238</td><td>85.1%</td></tr></tfoot>
</table>
{% include "_chart.html" with kind="stacked" table="states" columns="1,2,3,4" title="办理情况" unit="人" only %}
<table class="table" id="states">
  <thead><tr><th>企业</th><th data-meaning="done">已接收</th><th data-meaning="away">已上报</th><th data-meaning="late">逾期</th></tr></thead>
  <tbody>
    <tr><th>威海示例纺织印染（集团）有限责任公司</th><td><a href="/people/?figure=accepted">1,020</a></td><td>300</td><td>41</td></tr>
    <tr><th>示例港务</th><td>12</td><td><a href="/people/?figure=submitted">700</a></td><td>5</td></tr>
  </tbody>
</table>
{% include "_chart.html" with kind="line" table="days" columns="1,2,3,4" title="移交进度" unit="人" only %}
<table class="table" id="days">
  <thead><tr><th>日期</th><th>实际</th><th>目标</th><th>预计</th></tr></thead>
  <tbody>
    <tr><td>2026-08-31</td><td><a href="/people/?figure=accepted">1,000</a></td><td>1,500</td><td></td></tr>
    <tr><td>2026-09-30</td><td><a href="/people/?figure=accepted">2,400</a></td><td>3,000</td><td></td></tr>
    <tr><td>2026-11-23</td><td><a href="/people/?figure=accepted">4,100</a></td><td>5,600</td><td></td></tr>
    <tr><td>2026-12-31</td><td></td><td>7,000</td><td>5,300</td></tr>
  </tbody>
</table>
{% include "_chart.html" with kind="funnel" table="stages" columns="1,2" title="办理环节" unit="人" only %}
<table class="table" id="stages">
  <thead><tr><th>环节</th><th>人数</th></tr></thead>
  <tbody>
    <tr><th>应移交</th><td><a href="/people/?figure=due">7,000</a></td></tr>
    <tr><th>已上报</th><td><a href="/people/?figure=submitted">5,600</a></td></tr>
    <tr><th>已接收</th><td><a href="/people/?figure=accepted">4,100</a></td></tr>
  </tbody>
</table>
{% include "_chart.html" with kind="heat" title="颜色越深，人数越多" only %}
<table class="table" id="heat">
  <thead><tr><th>区市</th><th>待上报</th><th>途中</th><th>逾期</th></tr></thead>
  <tbody>
    <tr><th>环翠区</th>{% for n in counts %}<td class="heat-{{ n }}"><a href="/people/?figure=due">{{ n }}</a></td>{% endfor %}</tr>
  </tbody>
</table>
{% include "_chart.html" with kind="bars" table="none" columns="1,2" title="没有表的图" only %}
{% include "_chart.html" with kind="bars" table="blank" columns="1,2" title="没有数字的图" only %}
<table class="table" id="blank"><tbody><tr><td colspan="2">没有符合条件的记录</td></tr></tbody></table>
{% endblock %}
"""


def charts(request):
    context = {"title": "图表", "counts": range(10)}
    return HttpResponse(engines["django"].from_string(PAGE).render(context, request))


urlpatterns = [*urls.urlpatterns, path("charts/", charts)]
handler400, handler403, handler404, handler500 = urls.handler400, urls.handler403, urls.handler404, urls.handler500
