from django.urls import path

from home import views

app_name = "home"
urlpatterns = [
    path("my-work/", views.show_my_work, name="my_work"),
    path("about/", views.show_about, name="about"),
    path("bookmarks/", views.show_bookmarks, name="bookmarks"),
]
