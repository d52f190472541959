-- intents/told - what is told of what was understood: by which words, what else
-- it may be, what one can say.
--
-- SPDX-License-Identifier: Apache-2.0
local slots = require "intents-slots"
local words = require "intents-words"

local told = {}

-- The pieces of the utterance and what each was taken for.
function told.explained(try)
    local out = {}
    for p = 1, #try.parts do
        local part = try.parts[p]
        local as = try.used[part]
        if as then
            out[#out + 1] = { text = words.slice(try.u, part.from, part.to), as = as }
        end
    end
    return out
end

-- The first example of an intent in this language.
function told.example_of(intent, lang)
    for _, example in ipairs(intent.examples) do
        if example.lang == lang then
            return example.text
        end
    end
end

-- An intent with its slots, as it is handed to whoever answers.
function told.found(try, context)
    local found = slots.filled(try, context)
    found.intent, found.model, found.does = try.intent.id, try.model, try.intent.does
    found.confidence = math.floor(try.confidence * 100 + 0.5) / 100
    found.explain = told.explained(try)
    found.said = { label = try.intent.labels[context.lang] or try.intent.id,
                   text = context.text }
    return found
end

-- The same with its status: an answer, an act, or a question back for what is
-- missing or to be chosen.
function told.settled(found)
    if found.choose or found.missing then
        found.status, found.of = "back", { found.intent }
    else
        found.status = found.does
    end
    return found
end

-- An intent to choose, with something to say for it.
function told.choice(intent, lang)
    local text = told.example_of(intent, lang)
    return { label = intent.labels[lang] or intent.id, text = text or "" }
end

-- A question back: which of the first `n` it is.
function told.which(tries, n, context)
    local of, choices = {}, {}
    for k = 1, n do
        if tries[k].intent.does ~= "refuse" then
            of[#of + 1] = tries[k].intent.id
            choices[#choices + 1] = told.choice(tries[k].intent, context.lang)
        end
    end
    return { status = "back", of = of, choices = choices, slots = {},
             confidence = math.floor(tries[1].confidence * 100) / 100,
             explain = told.explained(tries[1]) }
end

-- Not understood; `why` is told in words.
function told.unsure(why)
    return { status = "unsure", why = why, slots = {}, confidence = 0, explain = {} }
end

-- An example of each intent: what one can say.
function told.all_examples(context)
    local out = {}
    for m = #context.models, 1, -1 do
        for _, intent in ipairs(context.models[m].intents) do
            local text = told.example_of(intent, context.lang)
            if text and intent.does ~= "refuse" and intent.does ~= "nothing" then
                out[#out + 1] = { id = intent.id, text = text,
                                  label = intent.labels[context.lang] or intent.id }
            end
        end
    end
    return out
end

return told
