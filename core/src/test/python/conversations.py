"""The conversations that chat_template_goldens.py renders: name -> the template's variables."""


def user(content):
    return {"role": "user", "content": content}


def assistant(content, **more):
    return {"role": "assistant", "content": content, **more}


SYSTEM = {"role": "system", "content": "You are terse.\nAlways."}
HOSTILE = "{{ 7*7 }} {% raw %}{% set x = 1 %}{# no #} <|im_end|> </s> {%- endraw -%} \\n é 中文 😀\t"
WEATHER = {
    "type": "function",
    "function": {
        "name": "get_weather",
        "description": "Weather of a city: \"now\" & <later>.",
        "parameters": {
            "type": "object",
            "properties": {
                "city": {"type": "string", "description": "A city, é."},
                "days": {"type": "integer", "default": 1, "minimum": 0.5},
                "unit": {"type": "string", "enum": ["celsius", "fahrenheit"]},
                "tags": {"type": "array", "items": {"type": "string"}},
                "where": {"type": "object", "properties": {"x": {"type": "number"}}, "required": ["x"]},
            },
            "required": ["city"],
        },
        "return": {"type": "object", "properties": {"t": {"type": "number"}}},
    },
}
TIME = {
    "type": "function",
    "function": {"name": "time", "description": "The time.", "parameters": {"type": "object", "properties": {}}},
}


def call(arguments, name="get_weather", id="call12345"):
    return {"id": id, "type": "function", "function": {"name": name, "arguments": arguments}}


TOOL_TALK = [
    user("Weather in Zürich?"),
    assistant("", tool_calls=[call({"city": "Zürich", "days": 2, "tags": ["a", "b"], "where": {"x": 1.0}})]),
    {"role": "tool", "content": "{\"t\": 21.5}", "name": "get_weather", "tool_call_id": "call12345"},
    assistant("It is 21.5."),
    user("Thanks"),
]
TALK = [user("Hi there"), assistant("Hello."), user("2+2?"), assistant("4, of course. ")]


def case(messages, prompt=False, **more):
    return {
        "messages": messages,
        "add_generation_prompt": prompt,
        "tools": None,
        "documents": None,
        "bos_token": "<s>",
        "eos_token": "</s>",
        **more,
    }


def parts(text):
    return [{"type": "text", "text": text}]


CASES = {
    "one turn": case([user("Hi")]),
    "one turn, prompt": case([user("Hi")], True),
    "system": case([SYSTEM, *TALK]),
    "system, prompt": case([SYSTEM, *TALK[:3]], True),
    "many turns": case(TALK * 2),
    "many turns, prompt": case(TALK * 2 + [user(" spaces around \n")], True),
    "hostile": case([{"role": "system", "content": HOSTILE}, user(HOSTILE), assistant(HOSTILE), user(HOSTILE)], True),
    "hostile answer": case([user(HOSTILE), assistant(HOSTILE)]),
    "tools offered": case([SYSTEM, user("Weather?")], True, tools=[WEATHER, TIME]),
    "tools used": case(TOOL_TALK, True, tools=[WEATHER]),
    "tools used, system": case([SYSTEM, *TOOL_TALK], False, tools=[WEATHER, TIME]),
    "arguments as text": case(
        [user("W?"), assistant(None, tool_calls=[call('{"city": "Bern"}'), call("{}", "time", "call99999")]),
         {"role": "tool", "content": "rain", "tool_call_id": "call12345"},
         {"role": "tool", "content": "noon", "tool_call_id": "call99999"}],
        True, tools=[WEATHER, TIME]),
    "thoughts": case(
        [user("a"), assistant("<think>\nhm\n</think>\n\nyes"), user("b"),
         assistant("no", reasoning_content="because", thinking="because")]),
    "thoughts off": case([user("a")], True, enable_thinking=False, thinking=False, reasoning_effort="low"),
    "thoughts on": case([SYSTEM, user("a /think")], True, enable_thinking=True, thinking=True),
    "parts": case([{"role": "system", "content": parts("S")}, {"role": "user", "content": parts("Hi") + [{"type": "image"}]},
                   {"role": "assistant", "content": parts("A")}, {"role": "user", "content": parts("more")}], True),
    "parts answered": case([{"role": "user", "content": parts("Hi")}, {"role": "assistant", "content": parts("A")}]),
    "developer": case([{"role": "developer", "content": "D"}, user("x"), assistant("y")]),
    "two users": case([user("a"), user("b"), assistant("c")]),
    "assistant first": case([assistant("c"), user("a")], True),
    "system last": case([user("a"), assistant("b"), SYSTEM], True),
    "unknown role": case([{"role": "narrator", "content": "once"}, user("a")], True),
    "no content": case([user("a"), assistant(""), user("")], True),
    "documents": case([SYSTEM, user("Q")], True, documents=[{"title": "T", "text": "words"}, {"title": "U", "text": "é"}]),
    "no messages": case([], True),
    "dated": case([SYSTEM, user("a")], True, date_string="26 Jul 2024", tools_in_user_message=False, tools=[TIME]),
    "without eos": {"messages": [user("a"), assistant("b")], "add_generation_prompt": False},
}
