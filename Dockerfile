# Two stages: one builds the wheel with the knowledge in it and installs what is pinned, the other runs it and can do no more.
FROM python:3.13-slim AS build
WORKDIR /src
COPY requirements.txt .
RUN python -m venv /venv && /venv/bin/pip install --no-cache-dir --require-hashes --requirement requirements.txt
COPY . .
RUN /venv/bin/pip install --no-cache-dir --no-deps --no-build-isolation ".[valkey]" \
 && /venv/bin/pip uninstall --yes hatchling pip \
 && find /venv -name __pycache__ -prune -exec rm -rf {} + \
 && /venv/bin/python -m compileall -q /venv/lib

FROM python:3.13-slim
RUN useradd --system --no-create-home --uid 10001 wattcite
COPY --from=build /venv /venv
USER 10001
ENV PATH=/venv/bin:$PATH PYTHONUNBUFFERED=1 WATTCITE_HOST=0.0.0.0 WATTCITE_PORT=8000 WATTCITE_LOG=json
EXPOSE 8000
HEALTHCHECK --interval=10s --timeout=3s --start-period=20s \
  CMD ["python", "-c", "import urllib.request as u; u.urlopen('http://127.0.0.1:8000/readyz', timeout=2)"]
ENTRYPOINT ["wattcite"]
CMD ["serve"]
