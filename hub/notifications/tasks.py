from django_tasks import task

from hub.notifications.mail import send_due


@task()
def send_mail_queue():
    """Sends what is due now; `manage.py tidy` runs the same every quarter of an hour, and finds what a lost task left."""
    send_due()
