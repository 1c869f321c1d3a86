"""The HTTP interface: controllers, problem details, caching and the OpenAPI document."""
