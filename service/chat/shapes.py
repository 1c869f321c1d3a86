"""What a chat request takes and returns. What is not named here goes to the model as it is."""

from __future__ import annotations

from typing import Annotated, Any, Final, Literal, NotRequired

from pydantic import BaseModel, ConfigDict, Field
from typing_extensions import TypedDict

from service.check.grounded import GroundedNumber

MODEL: Final = "wattcite-embedded"  # that which answers by rules, without a language model
Role = Literal["system", "developer", "user", "assistant", "tool", "function"]
Finish = Literal["stop", "length", "tool_calls", "content_filter", "function_call"]


class ChatMessage(BaseModel):
    """One message; what else it holds goes to the model as it is."""

    model_config = ConfigDict(extra="allow", frozen=True)

    role: Role
    content: Annotated[
        str | list[dict[str, Any]] | None, Field(description="A text, or parts of several kinds.", examples=["Hello."])
    ] = None


class ChatFunction(BaseModel):
    """A function of the caller's own."""

    model_config = ConfigDict(extra="allow", frozen=True)

    name: Annotated[str, Field(min_length=1, max_length=200)]


class ChatTool(BaseModel):
    """A tool of the caller's own; what else it holds goes to the model as it is."""

    model_config = ConfigDict(extra="allow", frozen=True)

    type: Literal["function"]
    function: ChatFunction


class ChatInputs(BaseModel):
    """The body of a chat request, as OpenAI's interface has it; further parameters go to the model as they are."""

    model_config = ConfigDict(extra="allow", frozen=True)

    messages: Annotated[
        list[ChatMessage],
        Field(
            min_length=1,
            max_length=2000,
            description="The conversation: system, user, assistant and tool messages.",
            examples=[[{"role": "user", "content": "How many US homes equal ChatGPT's daily electricity use?"}]],
        ),
    ]
    model: Annotated[
        str | None,
        Field(
            max_length=200,
            description="One of /v1/models; wattcite-embedded answers without a language model. Default: the first of them.",
            examples=["wattcite-embedded"],
        ),
    ] = None
    stream: Annotated[
        bool | None,
        Field(description="Whether the answer comes piece by piece, as server-sent events. Default: false."),
    ] = None
    tools: Annotated[
        list[ChatTool] | None,
        Field(description="Tools of the caller's own; calls of them are returned, and are his to run."),
    ] = None
    n: Annotated[int | None, Field(ge=1, le=1, description="How many answers: one.")] = None


class ToolRun(TypedDict):
    """One call of a tool that the model made."""

    name: str
    arguments: dict[str, Any]
    failed: Annotated[bool, Field(description="Whether it came to no result.")]


class Grounding(TypedDict):
    """How the numbers of the answer stand to the results of the tools."""

    numbers: Annotated[list[GroundedNumber], Field(description="Every number of `content` that says how much.")]
    repaired: Annotated[bool, Field(description="Whether the model was asked to write the answer again.")]
    marked: Annotated[int, Field(description="How many numbers are marked as not those of the results.")]


class Wattcite(TypedDict):
    """What the answer rests on."""

    answers: Annotated[list[dict[str, Any]], Field(description="What the tools returned, with the [n] of `content`.")]
    citations: Annotated[list[dict[str, Any]], Field(description="The sources that `content` cites, each with its n.")]
    grounding: Grounding
    tools: list[ToolRun]
    embedded: Annotated[bool, Field(description="Whether no language model took part.")]
    fallback: Annotated[
        bool, Field(description="Whether the model came to no answer, and the results stand in its place.")
    ]
    knowledge: Annotated[str, Field(description="Version of the knowledge base.")]


class Said(TypedDict):
    """The message of the assistant."""

    role: Literal["assistant"]
    content: str | None
    refusal: str | None
    tool_calls: NotRequired[Annotated[list[dict[str, Any]], Field(description="Calls of the caller's own tools.")]]
    function_call: NotRequired[dict[str, Any]]


class Choice(TypedDict):
    """The one answer."""

    index: int
    message: Said
    logprobs: dict[str, Any] | None
    finish_reason: Finish


class Usage(TypedDict):
    """Tokens of all rounds together, as the model counted them."""

    prompt_tokens: int
    completion_tokens: int
    total_tokens: int


class Completion(TypedDict):
    """An answer, in the shape of OpenAI's interface; `wattcite` says what it rests on."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    system_fingerprint: str
    choices: list[Choice]
    usage: Usage
    wattcite: Wattcite


class ModelRecord(TypedDict):
    """One model that can be named in a request."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(TypedDict):
    """The models that can be named in a request, the usual one first."""

    object: Literal["list"]
    data: list[ModelRecord]
