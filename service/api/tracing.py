"""Traces of requests with OpenTelemetry, whose own variables (OTEL_EXPORTER_OTLP_ENDPOINT …) say where they go. An extra."""

from __future__ import annotations

from litestar.types import ASGIApp
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
from opentelemetry.instrumentation.asgi import OpenTelemetryMiddleware
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.sdk.trace.export import BatchSpanProcessor

from service import __version__


def traced(app: ASGIApp, processor: SpanProcessor | None = None) -> ASGIApp:
    """An application whose requests are traced; health and metrics are not, since they would drown the rest."""
    provider = TracerProvider(resource=Resource.create({"service.name": "wattcite", "service.version": __version__}))
    provider.add_span_processor(processor or BatchSpanProcessor(OTLPSpanExporter()))
    return OpenTelemetryMiddleware(  # type: ignore[return-value]
        app, tracer_provider=provider, excluded_urls="healthz,readyz,metrics", exclude_spans=["receive", "send"]
    )
