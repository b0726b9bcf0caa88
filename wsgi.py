"""What a WSGI server loads: `gunicorn wsgi:app`. The worker is a process of its own: `livefreeze worker`."""

from livefreeze.app import create_app

app = create_app()
