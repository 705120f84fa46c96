from django.urls import include, path

from accounts.views import sessions

urlpatterns = [
    path("login/", sessions.login, name="login"),
    path("logout/", sessions.logout, name="logout"),
    path("password/", sessions.password_change, name="password_change"),
    path("password/done/", sessions.password_change_done, name="password_change_done"),
    path("", include("oversight.urls")),
    path("", include("accounts.urls")),
    path("", include("retirees.urls")),
    path("", include("archives.urls")),
    path("", include("party.urls")),
    path("", include("benefits.urls")),
    path("", include("handover.urls")),
]

handler400 = "oversight.views.errors.bad_request"
handler403 = "oversight.views.errors.forbidden"
handler404 = "oversight.views.errors.not_found"
handler500 = "oversight.views.errors.broken"
