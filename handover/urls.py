from django.urls import path

from handover.papers import BATCH_PAPERS, PAPERS
from handover.views import (
    batches,
    bulk,
    comparing,
    correcting,
    deaths,
    distributing,
    papers,
    people,
    person,
    receiving,
    relocations,
    revealing,
    search,
    steps,
)
from tracks import paper_desk

app_name = "handover"

urlpatterns = [
    path("people/", people.show_people, name="people"),
    path("people/bulk/<str:step>/", bulk.choose, name="bulk"),
    path("people/bulk/<str:step>/<uuid:pk>/", bulk.show_selection, name="bulk_selection"),
    path("people/bulk/<str:step>/<uuid:pk>/outcome/", bulk.download, name="bulk_outcome"),
    path("people/bulk/<str:step>/<uuid:pk>/rest/", bulk.choose_rest, name="bulk_rest"),
    path("people/bulk/<str:step>/<uuid:pk>/again/", bulk.run_again, name="bulk_again"),
    path("people/papers/outcome/<uuid:key>/", papers.show_outcome, name="papers_outcome"),
    path("people/papers/<str:code>/", papers.make_papers, name="make_papers"),
    path("people/<uuid:pk>/", person.show_person, name="person"),
    path("people/<uuid:pk>/correct/", correcting.correct, name="correct"),
    path("people/<uuid:pk>/reveal/<str:field>/", revealing.reveal, name="reveal"),
    path("people/<uuid:pk>/death/", deaths.report, name="death"),
    path("people/<uuid:pk>/step/<str:step>/", steps.step, name="step"),
    path("people/<uuid:pk>/compare/", comparing.compare, name="compare"),
    path("deaths/", deaths.show_deaths, name="deaths"),
    path("deaths/<uuid:pk>/acknowledge/", deaths.acknowledge, name="acknowledge_death"),
    path("people/<uuid:pk>/relocate/", relocations.leave, name="relocate"),
    path("relocations/", relocations.show_relocations, name="relocations"),
    path("relocations/come/", relocations.come, name="relocation_come"),
    path("relocations/bulk/", relocations.bulk, name="relocation_bulk"),
    path("relocations/outcome/<uuid:key>/", relocations.outcome, name="relocation_outcome"),
    path("relocations/<uuid:pk>/", relocations.show_relocation, name="relocation"),
    path("relocations/<uuid:pk>/step/<str:step>/", relocations.step, name="relocation_step"),
    path("search/", search.search, name="search"),
    path("distribute/", distributing.distribute, name="distribute"),
    path("receive/", receiving.receive, name="receive"),
    path("receive/bulk/<str:step>/", receiving.choose, name="receive_bulk"),
    path("batches/", batches.show_batches, name="batches"),
    path("batches/<int:pk>/", batches.show_batch, name="batch"),
    path("batches/<int:pk>/roster.xlsx", batches.download_roster, name="batch_roster"),
    *paper_desk.patterns(PAPERS),
    *paper_desk.patterns(BATCH_PAPERS),
]
