-- fault/cuts - takes out, one at a time, what the engine's promises hang on,
-- and says which tests fail for it. One that no test misses is a failure.
--
--   lua5.4 tests/fault/cuts.lua [NAME…]     from the project's root
--   lua5.4 tests/fault/cuts.lua --fit       only whether each still fits
--
-- Works in a copy of the tree, in build/cuts, and takes some minutes; so it is
-- no part of the normal suite, which only asks whether they fit.
--
-- SPDX-License-Identifier: Apache-2.0

local copy = "build/cuts"

-- name, file, what stands there, what takes its place, who should notice
local cuts = {
    { "the access check when a document is opened", "engine/doc/access.c",
      "if (!(decided.rights & WF_RIGHT_READ))", "if (!found)",
      "unit_doc test_api test_fault:access" },
    { "the savepoint of each command in a batch", "engine/store/hand.c",
      [[return wf_save_begin(db, &save, err) && work->run(work, db, err)
           && wf_save_keep(&save, err);]],
      "(void)save;\n    return work->run(work, db, err);",
      "unit_store test_fault:race" },
    { "the hash before, in the chain of events", "engine/doc/history.c",
      "wf_chain_append(&chain, &link);",
      "chain.head = (struct wf_hash){ { 0 } };\n" ..
      "    wf_chain_append(&chain, &link);",
      "unit_doc test_fault:race" },
    { "the digest of an event's payload", "engine/doc/history.c",
      "link.digest = wf_chained_digest(&link);", "",
      "unit_doc test_fault:race" },
    { "If-Match", "engine/api/document.c",
      "return !change->if_match", "return true || !change->if_match",
      "test_api test_fault:race" },
    { "the CSRF token", "engine/http/auth.c",
      "if (!req->session || !req->by_cookie)", "if (req)",
      "http" },
    { "the new state of a seat", "engine/flow/seat.c",
      "wf_stmt_bind_text(&q, 2, state_names[state]);",
      "wf_stmt_bind_text(&q, 2, state_names[WF_SEAT_OPEN]);",
      "unit_flow test_api test_fault:race" },
    { "what a formula is charged", "engine/def/expr_eval.c",
      "*env->units -= n;", "*env->units -= n > 0 ? 0 : n;",
      "unit_def test_fault:run" },
    { "what a script is charged", "engine/script/budget.c",
      "wf_budget_charge(L, (uint64_t)lua_gethookcount(L));",
      "wf_budget_charge(L, 0);", "unit_script" },
    { "the count of votes", "engine/flow/vote.c",
      "t.approved += one;", "t.approved += 2 * one;", "unit_flow" },
    { "findings that stop a command", "engine/flow/settle.c",
      "if (flow->call->findings->n_errors == 0)", "if (flow)",
      "unit_flow test_api test_fault:json" },
    { "uniqueness", "engine/doc/summary.c",
      "if (!doc->form->unique || doc->state == WF_VOID)", "if (doc)",
      "unit_doc" },
    { "the commit before the answer", "engine/store/hand.c",
      "bool committed = wf_db_commit(hand->db, err);",
      "bool committed = (wf_db_rollback(hand->db), err);",
      "unit_store test_fault:kill" },
    { "idempotency", "engine/api/idempotency.c",
      "AND key = $2 AND at > $3", "AND key = $2 AND at > $3 AND 1 = 0",
      "test_api test_fault:race test_fault:kill" },
    { "the rules of a form", "engine/flow/settle.c",
      "&& wf_rules_check(flow->call, doc, true, err)", "", "unit_flow test_api test_fault:json" },
    { "player: whose turn has come is asked", "engine/flow/approval.c",
      "if (seat->state == WF_SEAT_WAITING",
      "if (seat->state == WF_SEAT_WAITING && !seat->tie",
      "unit_flow:kept" },
    { "player: a withdrawal brings seats back", "engine/flow/undo.c",
      "if (!wf_seat_restore(flow, &seat, err))",
      "if (i > 0 && !wf_seat_restore(flow, &seat, err))",
      "unit_flow:kept" },
    { "player: a substitute gets no second seat", "engine/flow/reseat.c",
      "other = double_of(&deed, taker, id);",
      "other = double_of(&deed, 0, id);",
      "unit_flow:kept" },
    { "player: a step that is left asks nobody", "engine/flow/seat.c",
      [[" WHERE document = $1 AND step = $3 AND state IN ('open', 'waiting')";]],
      [[" WHERE document = $1 AND step = $3 AND state IN ('open')";]],
      "unit_flow:kept" },
    { "player: no delegation comes back", "engine/flow/delegation_add.c",
      "else if (circle)", "else if (circle && !taker)", "unit_flow:kept" },
    { "player: a submit begins a new walk", "engine/flow/approval.c",
      [[    wf_approval_keep(flow, doc, "resume", NULL);
    doc->walk++;]], [[    wf_approval_keep(flow, doc, "resume", NULL);]],
      "unit_flow:kept" },
    { "player: a lane that is given up asks nobody", "engine/flow/parallel.c",
      [[
            || !wf_step_clear(flow, doc, err))]], ")", "unit_flow:kept" },
    { "player: lanes join", "engine/flow/parallel.c",
      "wf_parallel_joined(doc, parallel) >= wf_step_joins(parallel)",
      "wf_parallel_joined(doc, parallel) > wf_step_joins(parallel)",
      "unit_flow:kept" },
    { "player: a lane that has joined is over", "engine/flow/parallel.c",
      "end_lane(lane, joins ? WF_LANE_JOINED : WF_LANE_LEFT);", "",
      "unit_flow:kept" },
    { "player: who waits hears of each ending", "engine/flow/leaver.c",
      [[
           && wf_wanted_settle(flow, NULL, err);]], ";",
      "unit_flow:kept" },
    { "player: what nobody waits for is given up", "engine/flow/wanted.c",
      [[if (!wf_errand_set(flow, errand->document, WF_ERRAND_DROPPED, err)
            || ]], "if (", "unit_flow:kept" },
    { "the longest text of a formula", "engine/def/expr_words.c",
      "list.u.list.n && out->len <= WF_EVAL_TEXT_MAX;", "list.u.list.n;",
      "test_fault:run" },
}

local function read(path)
    local file = assert(io.open(path, "rb"))
    local text = file:read("a")
    file:close()
    return text
end

local function write(path, text)
    local file = assert(io.open(path, "wb"))
    file:write(text)
    file:close()
end

local function run(command)
    local pipe = assert(io.popen(command .. " 2>&1"))
    local text = pipe:read("a")
    return pipe:close(), text
end

-- Once and only once, so that a cut cannot go astray unseen.
local function replace(text, old, new)
    local at, to = text:find(old, 1, true)
    if not at or text:find(old, to + 1, true) then
        return nil
    end
    return text:sub(1, at - 1) .. new .. text:sub(to + 1)
end

-- A program of tests, one case of it ("test_fault:run"), or a whole suite.
local function command(program)
    if program == "http" then
        return "WEFT_PRESET=dev tests/http/run"
    end
    local name, case = program:match("^([^:]+):?(.*)$")
    return (case ~= "" and ("CK_RUN_CASE=%s/%s"):format(
        name:match "_(%l+)$", case) or "")
        .. " timeout 120 build/dev/tests/" .. name
end

-- The tests of one program that fail, as Check names them.
local function failing(program)
    local well, out = run(("cd %s && %s"):format(copy, command(program)))
    local tests, known = {}, {}
    for test, why in out:gmatch ":[FE]:[^:\n]+:([%w_]+):%d+: ([^\n]*)" do
        local seed = why:match "^seed %d+[^:]*"
        tests[#tests + 1] = not known[test]
            and program .. ": " .. test .. (seed and ", " .. seed or "") or nil
        known[test] = not seed
    end
    if not well and #tests == 0 then
        tests[1] = program .. ": ended badly"
    end
    return tests
end

local function targets(programs)
    return (programs:gsub(":%w+", ""):gsub("^http$", "weft test_http"))
end

-- Which tests notice; nil and why where the cut cannot be made.
local function make(cut)
    local _, file, old, new, programs = table.unpack(cut)
    local whole = read(copy .. "/" .. file)
    local text = replace(whole, old, new)
    if not text then
        return nil, file .. " no longer says this once"
    end
    write(copy .. "/" .. file, text)
    local noticed = {}
    local well, out = run(("cmake --build %s/build/dev --target %s")
        :format(copy, targets(programs)))
    if well then
        for program in programs:gmatch("%S+") do
            table.move(failing(program), 1, 100, #noticed + 1, noticed)
        end
    end
    write(copy .. "/" .. file, whole)
    if not well then
        return nil, "does not build: " .. out:match("error: [^\n]*")
    end
    return noticed
end

local function prepare()
    assert(os.execute(("rm -rf %s/engine %s/tests && mkdir -p %s && " ..
        "git ls-files -z | xargs -0 cp -p --parents -t %s")
        :format(copy, copy, copy, copy)))
    local well, out = run(("cd %s && cmake --preset dev"):format(copy))
    assert(well, out)
end

local function wanted(name)
    for _, word in ipairs(arg) do
        if name:find(word, 1, true) then
            return true
        end
    end
    return #arg == 0
end

local passed, failed = 0, 0
if arg[1] == "--fit" then
    for _, cut in ipairs(cuts) do
        local fits = replace(read(cut[2]), cut[3], cut[4]) ~= nil
        passed, failed = passed + (fits and 1 or 0), failed + (fits and 0 or 1)
        if not fits then
            print(("%s no longer says this once: %s"):format(cut[2], cut[1]))
        end
    end
    print(("%d passed, %d failed, 0 skipped"):format(passed, failed))
    os.exit(failed == 0)
end
prepare()
for _, cut in ipairs(cuts) do
    if wanted(cut[1]) then
        local noticed, why = make(cut)
        if noticed and #noticed > 0 then
            passed = passed + 1
            print(("caught: %s (%d)\n  %s"):format(cut[1], #noticed,
                table.concat(noticed, "\n  ", 1, math.min(#noticed, 4))))
        else
            failed = failed + 1
            print(("NOT CAUGHT: %s: %s"):format(cut[1],
                why or "no test failed"))
        end
        io.stdout:flush()
    end
end
print(("%d passed, %d failed, 0 skipped"):format(passed, failed))
os.exit(failed == 0)
