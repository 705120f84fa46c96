from django.urls import path

from accounts.views import enterprises, offices, parameters, sessions, stages, users

app_name = "accounts"

urlpatterns = [
    path("post/", sessions.switch_post, name="switch_post"),
    path("large-type/", sessions.large_type, name="large_type"),
    path("offices/", offices.offices, name="offices"),
    path("offices/<int:pk>/", offices.office, name="office"),
    path("offices/<int:pk>/add/", offices.add_office, name="add_office"),
    path("offices/<int:pk>/change/", offices.change_office, name="change_office"),
    path("offices/<int:pk>/relink/", offices.relink_office, name="relink_office"),
    path("offices/<int:pk>/use/", offices.use_office, name="use_office"),
    path("offices/<int:pk>/aliases/", offices.add_alias, name="add_alias"),
    path("offices/<int:pk>/aliases/<int:alias>/remove/", offices.remove_alias, name="remove_alias"),
    path("enterprises/", enterprises.enterprises, name="enterprises"),
    path("enterprises/add/", enterprises.add_enterprise, name="add_enterprise"),
    path("enterprises/<int:pk>/", enterprises.enterprise, name="enterprise"),
    path("enterprises/<int:pk>/change/", enterprises.change_enterprise, name="change_enterprise"),
    path("enterprises/<int:pk>/use/", enterprises.use_enterprise, name="use_enterprise"),
    path("users/", users.users, name="users"),
    path("users/add/", users.add_user, name="add_user"),
    path("users/<int:pk>/", users.user, name="user"),
    path("users/<int:pk>/use/", users.use_user, name="use_user"),
    path("users/<int:pk>/password/", users.reset_password, name="reset_password"),
    path("users/<int:pk>/unlock/", users.unlock, name="unlock"),
    path("users/<int:pk>/email/", users.email, name="user_email"),
    path("users/<int:pk>/appoint/", users.appoint, name="appoint"),
    path("users/<int:pk>/dismiss/<slug:position>/<slug:kind>/<int:place>/", users.dismiss, name="dismiss"),
    path("parameters/", parameters.parameters, name="parameters"),
    path("parameters/<slug:code>/", parameters.set_parameter, name="set_parameter"),
    path("stages/", stages.stages, name="stages"),
    path("stages/<slug:code>/", stages.set_stage, name="set_stage"),
    path("stages/<slug:code>/targets/<slug:measure>/", stages.set_target, name="set_target"),
    path("holidays/", parameters.holidays, name="holidays"),
    path("holidays/<int:pk>/drop/", parameters.drop_holiday, name="drop_holiday"),
]
