from django.urls import include, path

urlpatterns = [
    path("", include("oversight.urls")),
    path("", include("accounts.urls")),
    path("", include("retirees.urls")),
    path("", include("archives.urls")),
    path("", include("party.urls")),
    path("", include("handover.urls")),
]

handler400 = "oversight.views.errors.bad_request"
handler403 = "oversight.views.errors.forbidden"
handler404 = "oversight.views.errors.not_found"
handler500 = "oversight.views.errors.broken"
