app_name = "retirees"

urlpatterns = []
