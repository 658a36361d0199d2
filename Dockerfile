# The image of the site: web, worker and beat start from it (docker-compose.yml).
FROM python:3.11-slim

ENV PYTHONUNBUFFERED=1 \
    PIP_DISABLE_PIP_VERSION_CHECK=1 \
    PIP_NO_CACHE_DIR=1

WORKDIR /srv/regai

COPY requirements/run.txt requirements/run.txt
RUN pip install --require-hashes --no-deps --requirement requirements/run.txt

COPY . .

# Texts and style are made once, with stand-ins for the settings that last for these lines only.
ENV REGAI_STATIC=/srv/static
RUN set -a && eval "$(python -m regai.starting.keys --build)" \
    && python manage.py messages --compile \
    && python manage.py collectstatic --noinput --verbosity 0

# Nobody who gets in can change the code; only the folder of uploads is theirs.
RUN useradd --system --uid 10001 --home-dir /nonexistent --shell /usr/sbin/nologin regai \
    && install -d -o regai -g regai -m 0700 /var/lib/regai
USER regai

ENV REGAI_MODE=production \
    REGAI_VAR=/var/lib/regai \
    REGAI_WEB_HOST=0.0.0.0 \
    PORT=8000
VOLUME /var/lib/regai
EXPOSE 8000
STOPSIGNAL SIGTERM
CMD ["python", "manage.py", "serve", "web"]
