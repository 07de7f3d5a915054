# One image for every process: docker-compose.yml says which one a container runs.
FROM python:3.12-slim

ENV PYTHONUNBUFFERED=1
WORKDIR /app

COPY pyproject.toml constraints.txt ./
RUN pip install --no-cache-dir uv \
 && uv pip install --system --no-cache -c constraints.txt -r pyproject.toml

COPY README.md ./
COPY shared shared
COPY services services
COPY cli cli
COPY deploy deploy
RUN uv pip install --system --no-cache --no-deps -e . \
 && useradd --system --no-create-home shangju \
 && install -d -o shangju /state

USER shangju
