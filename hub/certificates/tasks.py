from django_tasks import task

from hub.certificates.making import make_waiting


@task()
def make_certificates():
    """Makes what waits; `manage.py tidy` does the same every quarter of an hour, and finds what a lost task left."""
    make_waiting()
