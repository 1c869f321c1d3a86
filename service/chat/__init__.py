"""Chat completions as OpenAI's interface has them: a language model that has the tools, or none at all."""
