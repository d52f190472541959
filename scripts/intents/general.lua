-- intents/general - what is said of what everybody can say, and where nothing
-- was understood.
--
-- SPDX-License-Identifier: Apache-2.0
local zh = {
    help = "我能回答这些，也能替你做其中一些事（做之前会先请你确认）：",
    about = "可以直接这样说，我会先请你确认：",
    long = "这段话太长了。请用一两句话说，最多 1000 个字。",
    empty = "你什么也没说。可以这样问：",
    unknown = "我没有听懂，也不去猜。可以这样问：",
    negated = "我没有做任何事。需要什么，请直接说。",
    refuse = "这个我不能告诉你，也不能替你做：它是别人的私事，或者超出你的权限。",
    which = "你指的是哪一个？",
    missing = "还差一点：请补充。例如：",
}
local en = {
    help = "I can answer these, and do some of them for you (after you have confirmed):",
    about = "Just say it like this; I ask before I do it:",
    long = "That is too long. Say it in a sentence or two, 1,000 characters at most.",
    empty = "You have said nothing. You can ask:",
    unknown = "I did not understand, and I do not guess. You can ask:",
    negated = "I have done nothing. Say what you would like.",
    refuse = "I can neither show nor do this: it is private to others, or beyond your rights.",
    which = "Which one do you mean?",
    missing = "Something is missing. For example:",
}

local function said(context, key)
    return (context.lang == "en" and en or zh)[key]
end

local function examples_of(context, intent)
    local out = {}
    for _, example in ipairs(context.found.examples) do
        if example.id == intent then
            out[#out + 1] = example
        end
    end
    return out
end

function answer(context)
    local found = context.found
    if found.status == "answer" and found.about then
        return { text = said(context, "about"), choices = examples_of(context, found.about) }
    elseif found.status == "answer" and found.intent == "help" then
        return { text = said(context, "help"), choices = context.found.examples }
    elseif found.status == "refuse" then
        return { text = said(context, "refuse") }
    elseif found.status == "back" then
        local key = found.choices and "which" or "missing"
        local choices = found.choices
        return { text = said(context, key),
                 choices = choices or examples_of(context, found.intent) }
    end
    return { text = said(context, found.why or "unknown"), choices = context.found.examples }
end
