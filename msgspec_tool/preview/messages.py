"""From a rendered message to what stands on the page about it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence

from msgspec_tool.appearances.chats import ChatSeen
from msgspec_tool.appearances.members import elements_at, member, text_at
from msgspec_tool.appearances.push import PushSeen
from msgspec_tool.appearances.seeing import Seen, seen
from msgspec_tool.appearances.sms import CostlyCharacter, SmsPart, SmsSeen
from msgspec_tool.appearances.texts import Text
from msgspec_tool.channels.layout import BLOCK_PATHS
from msgspec_tool.channels.limits import FB_TEXT, RT_BYTES, TWITTER_TEXT, WECHAT_BYTES
from msgspec_tool.channels.push import MAX_BYTES, PLATFORMS, SEEN_AT_FIRST, payload_bytes
from msgspec_tool.channels.sms_parts import MAX_TEXT
from msgspec_tool.domain.invisible import SUSPECTS
from msgspec_tool.model import RenderedMessage
from msgspec_tool.preview.views import Fact, MessageView
from msgspec_tool.reporters.counting import counted
from msgspec_tool.source.document import Plain
from msgspec_tool.stages.check import destination_object

_PRIORITIES = {"1": "low", "2": "medium", "3": "high"}
_MOST_PARTS_TOLD = 6
PLATFORM_NAMES = {"android": "Android", "ios": "iOS", "web": "Web"}


def message_view(message: RenderedMessage) -> MessageView:
    """What stands on a page about a message that was rendered for one address."""
    body = {**message.content, "destination": [destination_object(message.key, [message.address], message.correlationid)]}
    appearance = seen(message.channel, message.content)
    block = member(message.content, *BLOCK_PATHS[message.channel])
    facts = (*_channel_facts(message.channel, appearance, block), *_common_facts(message))
    return MessageView(message.channel, appearance, facts, shown_json(body))


def shown_json(value: Plain) -> str:
    """Indented JSON that reads back as the same value; characters that nobody sees are written as escapes."""
    text = json.dumps(value, ensure_ascii=False, indent=2)
    if re.search(SUSPECTS, text) is None and text.replace("\n", "").isprintable():
        return text
    return "".join(char if char == "\n" or _is_seen(char) else json.dumps(char)[1:-1] for char in text)


def _is_seen(char: str) -> bool:
    return char.isprintable() and re.match(SUSPECTS, char) is None


# --- facts --------------------------------------------------------------------------------------------------------------


def _channel_facts(channel: str, appearance: Seen, block: Plain) -> Iterator[Fact]:
    if isinstance(appearance, SmsSeen):
        yield from _sms_facts(appearance, block)
    elif isinstance(appearance, PushSeen):
        yield from _push_facts(appearance, block)
    elif isinstance(appearance, ChatSeen):
        yield from _chat_facts(channel, appearance, block)


def _sms_facts(sms: SmsSeen, block: Plain) -> Iterator[Fact]:
    if sms.binary is not None:
        yield Fact("Content", f"{counted(sms.binary, 'byte')} for a device, no text")
        return
    yield Fact("Parts", _parts(sms.parts), notable=len(sms.parts) > 1)
    alphabet, unit = ("Unicode", "UTF-16 units") if sms.unicode else ("GSM 7-bit", "characters")
    yield Fact("Alphabet", f"{alphabet}{', though GSM 7-bit would do' if sms.needless else ''}", notable=sms.unicode)
    last = sms.parts[-1]
    yield Fact("Length", f"{sms.units:,} {unit}, room for {last.room - last.units:,} more")
    text = text_at(block, "text")
    if len(text) > MAX_TEXT:
        yield Fact("Limit", f"{len(text):,} of {MAX_TEXT:,} characters", notable=True)
    if sms.costly is not None:
        yield Fact("Costs", _cost(sms.costly, len(sms.parts)), notable=True)
    if sms.doubles:
        yield Fact("Doubles", f"{counted(sms.doubles, 'character')} with the room of two, marked in the text")
    if sms.flash:
        yield Fact("Kind", "flash: shown at once, and kept nowhere", notable=True)


def _parts(parts: Sequence[SmsPart]) -> str:
    """How many there are, and how full."""
    if len(parts) == 1:
        return "1"
    told = parts if len(parts) <= _MOST_PARTS_TOLD else parts[-1:]
    filled = ", ".join(f"{part.units} of {part.room}" for part in told)
    return f"{len(parts):,}: {filled}" if told is parts else f"{len(parts):,}, the last holds {filled}"


def _cost(costly: CostlyCharacter, parts: int) -> str:
    """What the first character costs that GSM-7 lacks."""
    others = f" and {costly.others:,} more" if costly.others else ""
    said = f"{costly.char} ({costly.name}){others}: not in the GSM alphabet"
    if costly.plain_parts is None or costly.plain_parts == parts:
        return said
    plain = "a plain one in its place takes" if not costly.others else "plain ones in their place take"
    return f"{said}; {plain} {counted(costly.plain_parts, 'part')} instead of {parts}"


def _push_facts(push: PushSeen, block: Plain) -> Iterator[Fact]:
    for platform in PLATFORMS:
        if isinstance(member(block, platform), dict):
            size = payload_bytes(member(block, platform))
            yield Fact(PLATFORM_NAMES[platform], f"{size:,} of {MAX_BYTES:,} bytes", notable=size > MAX_BYTES)
    for notice in push.notices:
        length = len(text_at(block, notice.platform, "text"))
        if length > SEEN_AT_FIRST.get(notice.platform, length):
            shown = f"about {SEEN_AT_FIRST[notice.platform]} of {length:,} characters before it is opened"
            yield Fact(f"Shows ({PLATFORM_NAMES[notice.platform]})", shown)
    for notice in push.notices:
        if notice.opens:
            yield Fact(f"Touch ({PLATFORM_NAMES[notice.platform]})", notice.opens)
    buttons = next((notice.buttons for notice in push.notices if notice.buttons), ())
    for button in buttons:
        yield Fact(_quoted(button.title), button.does)


def _chat_facts(channel: str, chat: ChatSeen, block: Plain) -> Iterator[Fact]:
    if channel == "rt":
        size = payload_bytes(block)
        yield Fact("Size", f"{size:,} of {RT_BYTES:,} bytes", notable=size > RT_BYTES)
    elif text_at(block, "text"):
        yield _text_length(channel, text_at(block, "text"))
    for item in chat.items:
        cards = getattr(item, "cards", ())
        for button in (*getattr(item, "buttons", ()), *(button for card in cards for button in card.buttons)):
            yield Fact(_quoted(button.title), button.does)
    for reply in chat.quick_replies:
        if reply.does:
            yield Fact(_quoted(reply.title), reply.does)
    if chat.silent:
        yield Fact("Arrives", chat.silent)
    if text_at(block, "tag"):
        yield Fact("Tag", text_at(block, "tag"))


def _quoted(title: Text) -> str:
    return f"“{''.join(run.text for run in title)}”"


def _text_length(channel: str, text: str) -> Fact:
    if channel == "wechat":
        size = len(text.encode("utf-8", "surrogatepass"))
        return Fact("Length", f"{size:,} of {WECHAT_BYTES:,} bytes", notable=size > WECHAT_BYTES)
    limit = FB_TEXT if channel == "fb" else TWITTER_TEXT
    return Fact("Length", f"{len(text):,} of {limit:,} characters", notable=len(text) > limit)


def _common_facts(message: RenderedMessage) -> Iterator[Fact]:
    content: Mapping[str, Plain] = message.content
    yield Fact("To", f"{message.address} ({message.key})")
    if text_at(content, "expiry"):
        yield Fact("Expires", text_at(content, "expiry").replace("T", " ").replace(".000Z", " UTC"))
    priority = text_at(content, "priority")
    if priority:
        yield Fact("Priority", _PRIORITIES.get(priority, priority))
    for label, key in (("Route", "route"), ("App", "appid"), ("Correlation id", "correlationid"), ("Callback data", "callbackData")):
        value = text_at(content, key)
        if value:
            yield Fact(label, value)
    if message.correlationid is not None:
        yield Fact("Correlation id", message.correlationid)
    for link in elements_at(content, "channels", "smartlinks"):
        yield Fact("Short link", f"{text_at(link, 'linkid')}, for {text_at(link, 'validity')} minutes")
