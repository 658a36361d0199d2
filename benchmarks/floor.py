"""The floor that the site is held against: bare Django, one query and a form, and a sign-up.

No session, no log-in, no translation, no limits, no log. A sign-up is one transaction with two
rows: what was told, and a letter, which a task of its own sends after the commit. Served by the
same server on the same database, with a Celery worker on the same Redis and the same mail server.
"""

import os
from functools import partial

import dj_database_url
from celery import Celery
from django import forms
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.core.mail import send_mail
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template import Context, Engine
from django.urls import path

PAGE = """<!doctype html><html lang="sv"><title>Anmäl intresse</title><h1>Anmäl intresse</h1>
<ul>{% for name in places %}<li>{{ name }}</li>{% endfor %}</ul>
<form method="post">{{ form.as_div }}<button>Anmäl</button></form></html>"""
if not settings.configured:
    settings.configure(
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        SECRET_KEY="floor",  # noqa: S106 -- nothing is signed
        DATABASES={
            "default": dj_database_url.parse(
                os.environ["DATABASE_URL"], conn_max_age=600, conn_health_checks=True
            )
        },
        MIDDLEWARE=["django.middleware.common.CommonMiddleware"],
        EMAIL_HOST=os.environ["EMAIL_HOST"],
        EMAIL_PORT=int(os.environ["EMAIL_PORT"]),
        DEFAULT_FROM_EMAIL="floor@example.org",
        LOGGING_CONFIG=None,
    )
    import django

    django.setup()

tasks = Celery("floor", broker=os.environ["REDIS_URL"])
tasks.conf.update(task_default_queue="floor", task_ignore_result=True)
page = Engine().from_string(PAGE)


class SignUp(forms.Form):
    """What a sign-up asks for."""

    name = forms.CharField(max_length=200)
    email = forms.EmailField()
    company = forms.CharField(max_length=200)
    place = forms.CharField(max_length=20)


@tasks.task
def send(letter: int) -> None:
    """Send one letter and mark it."""
    with connection.cursor() as cursor:
        cursor.execute('SELECT "to", body FROM floor_letter WHERE id = %s', [letter])
        to, body = cursor.fetchone()
        send_mail("Tack för din anmälan", body, None, [to])
        cursor.execute("UPDATE floor_letter SET state = 'sent' WHERE id = %s", [letter])


def interest(request: HttpRequest) -> HttpResponse:
    """Show the form with one query, or take it in one transaction."""
    form = SignUp(request.POST or None)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO floor_sign_up (name, email) VALUES (%s, %s)",
                [told["name"], told["email"]],
            )
            cursor.execute(
                'INSERT INTO floor_letter ("to", body) VALUES (%s, %s) RETURNING id',
                [told["email"], "Hej!"],
            )
            (letter,) = cursor.fetchone()
            transaction.on_commit(partial(send.delay, letter))
        return HttpResponseRedirect("/tack/")
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM companies_place ORDER BY position")
        places = [name for (name,) in cursor.fetchall()]
    return HttpResponse(page.render(Context({"places": places, "form": form})))


def thanks(request: HttpRequest) -> HttpResponse:  # noqa: ARG001 -- a view takes a request
    """Say thanks."""
    return HttpResponse("<!doctype html><title>Tack</title><h1>Tack!</h1>")


urlpatterns = [path("anmalan/", interest), path("tack/", thanks)]
application = WSGIHandler()
