// mcp/suite - what an assistant does for somebody: lists its tools, asks, makes
// a document, approves it. By the clients of both eras of the protocol; what no
// client would send is sent by hand.
//
// SPDX-License-Identifier: Apache-2.0
import { Client, StreamableHTTPClientTransport } from "@modelcontextprotocol/client";
import { Client as OldClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StreamableHTTPClientTransport as OldTransport }
    from "@modelcontextprotocol/sdk/client/streamableHttp.js";
import { check, end } from "./check.mjs";

const [base] = process.argv.slice(2);
const address = new URL("/mcp", base);
const MODERN = "2026-07-28";
const META = "io.modelcontextprotocol/";
const token = who => process.env[`TOKEN_${who}`];
const as = who => ({ requestInit: { headers: { Authorization: `Bearer ${token(who)}` } } });

async function modern(who) {
    const client = new Client({ name: "suite", version: "1" },
                              { versionNegotiation: { mode: { pin: MODERN } } });
    await client.connect(new StreamableHTTPClientTransport(address, as(who)));
    return client;
}

async function legacy(who) {
    const client = new OldClient({ name: "suite", version: "1" });
    await client.connect(new OldTransport(address, as(who)));
    return client;
}

const call = (client, name, args = {}) => client.callTool({ name, arguments: args });
const names = tools => tools.map(tool => tool.name);

// --- One journey, in either era: a request is made, found, approved

async function journey(era, open) {
    const maker = await open("maker"), boss = await open("boss");
    const { tools } = await maker.listTools();
    check(names(tools).includes("act_on_document"), `${era}: tools`, names(tools));
    check(tools.every(t => t.inputSchema.type === "object" && t.description),
          `${era}: each tool says what it takes`, tools);
    check(tools.find(t => t.name === "find_documents").annotations.readOnlyHint
          && !tools.find(t => t.name === "create_document").annotations.readOnlyHint,
          `${era}: what only reads says so`);

    const me = await call(maker, "who_am_i");
    check(me.structuredContent.login === "maker", `${era}: who am I`, me);
    const order = { form: "request", data: { subject_line: `客户端 ${era}` },
                    idempotency_key: `make-${era}` };
    const made = await call(maker, "create_document", order);
    const id = made.structuredContent.id;
    check(!made.isError && made.structuredContent.title === `客户端 ${era}`,
          `${era}: made`, made);
    check((await call(maker, "create_document", order)).structuredContent.id === id,
          `${era}: the same key makes it once`);
    const changed = await call(maker, "change_document", { id, data: { text: "一" } });
    check(changed.structuredContent.data.text === "一", `${era}: changed`, changed);
    const stale = await call(maker, "change_document",
                             { id, data: { text: "二" }, etag: "0" });
    check(stale.isError && stale.content[0].text.startsWith("stale"),
          `${era}: what was read is no longer so`, stale);
    const sent = await call(maker, "act_on_document", { id, action: "submit" });
    check(sent.structuredContent.step === "answer", `${era}: submitted`, sent);

    const work = await call(boss, "list_work");
    check(work.structuredContent.items.some(item => item.document.id === id),
          `${era}: it waits for the manager`, work);
    const found = await call(boss, "find_documents",
                             { form: "request", filter: { step: "answer" }, limit: 50 });
    check(found.structuredContent.items.some(item => item.id === id),
          `${era}: found by a filter`, found);
    const read = await call(boss, "get_document", { id });
    check(read.structuredContent.can.actions.includes("approve")
          && read._meta?.["weft/etag"], `${era}: read with its tag`, read);
    const done = await call(boss, "act_on_document",
                            { id, action: "approve", comment: "好",
                              etag: read._meta["weft/etag"] });
    check(done.structuredContent.step === "done", `${era}: approved`, done);
    const history = await call(boss, "get_history", { id });
    check(history.structuredContent.items.some(
              event => event.kind === "approve" && event.comment === "好"
                       && event.via === "mcp"),
          `${era}: and so it stands in the history`, history);
    await call(boss, "comment_on_document", { id, text: "谢谢" });
    check((await call(maker, "list_notifications")).structuredContent.items,
          `${era}: notifications`);
    check((await call(maker, "find_people", { q: "wang" })).structuredContent
              .items[0].login === "boss", `${era}: found by pinyin`);

    const other = await open("other");
    const hidden = await call(other, "get_document", { id });
    check(hidden.isError && hidden.content[0].text.startsWith("not-found"),
          `${era}: nobody else sees it`, hidden);
    const reader = await open("reader");
    check(!names((await reader.listTools()).tools).includes("act_on_document"),
          `${era}: a token that only reads has no tool that writes`);
    let refused;
    try {
        refused = await call(reader, "act_on_document", { id, action: "approve" });
    } catch (problem) {
        refused = problem;
    }
    check(refused.code === -32602, `${era}: nor may it use one`, refused);
    for (const client of [maker, boss, other, reader])
        await client.close();
}

await journey("2026", modern);
await journey("2025", legacy);

// --- By hand: what no client sends

async function send(message, headers = {}, who = "maker") {
    const answer = await fetch(address, {
        method: "POST",
        headers: {
            "Content-Type": "application/json",
            Accept: "application/json, text/event-stream",
            ...(who ? { Authorization: `Bearer ${token(who)}` } : {}),
            ...headers,
        },
        body: typeof message === "string" ? message : JSON.stringify(message),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers,
             body: text ? JSON.parse(text) : null };
}

const ask = (method, params, id = 1) => ({ jsonrpc: "2.0", id, method, params });
const meta = { [`${META}protocolVersion`]: MODERN, [`${META}clientCapabilities`]: {} };
const told = method => ({ "MCP-Protocol-Version": MODERN, "Mcp-Method": method });
const isError = (answer, status, code) =>
    answer.status === status && answer.body?.error?.code === code;

let answer = await send(ask("tools/list"), {}, null);
const challenge = answer.headers.get("www-authenticate") ?? "";
check(answer.status === 401 && challenge.includes("resource_metadata="),
      "who has no token is told where to ask", challenge);
answer = await fetch(challenge.match(/resource_metadata="([^"]*)"/)[1]);
check((await answer.json()).resource === address.href, "the resource", answer.status);
check((await fetch(address)).status === 405, "there is no stream");

check(isError(await send("{"), 400, -32700), "no JSON");
check(isError(await send([ask("ping")]), 400, -32600), "a batch");
check(isError(await send({ id: 1, method: "ping" }), 400, -32600), "no JSON-RPC");
check(isError(await send({ ...ask("ping"), params: [] }), 400, -32600), "a list of params");
answer = await send({ jsonrpc: "2.0", method: "notifications/initialized" });
check(answer.status === 202 && answer.body === null, "a notification", answer);
answer = await send(ask("ping", undefined, "a"));
check(answer.body.id === "a" && answer.body.result, "an id stays what it was", answer);
check(isError(await send(ask("resources/list")), 200, -32601), "no such method");
check(isError(await send(ask("ping"), { "MCP-Protocol-Version": "1999-01-01" }),
              400, -32022), "a revision that nobody speaks");
answer = await send(ask("initialize", { protocolVersion: "1999-01-01", capabilities: {} }));
check(answer.body.result.protocolVersion === "2025-11-25", "a revision is proposed", answer);
check((await send(ask("ping"), { Origin: "https://elsewhere.example" })).status === 403,
      "a page of somewhere else");

check(isError(await send(ask("tools/list", { _meta: meta }),
                         { "MCP-Protocol-Version": MODERN }), 400, -32020),
      "no header for the method");
check(isError(await send(ask("tools/list", { _meta: meta }), told("tools/call")),
              400, -32020), "another method in the header");
check(isError(await send(ask("tools/list", {}), told("tools/list")), 400, -32602),
      "nothing said of the client");
check(isError(await send(ask("ping", { _meta: meta }), told("ping")), 404, -32601),
      "a method of the era before");
const who = ask("tools/call", { name: "who_am_i", _meta: meta });
check(isError(await send(who, told("tools/call")), 400, -32020), "no name in a header");
answer = await send(who, { ...told("tools/call"),
    "Mcp-Name": `=?base64?${Buffer.from("who_am_i").toString("base64")}?=` });
check(answer.body.result.resultType === "complete"
      && answer.body.result._meta[`${META}serverInfo`].name === "weft",
      "a name in base64", answer);
check(isError(await send(who, { ...told("tools/call"), "Mcp-Name": "=?base64?%%?=" }),
              400, -32020), "no base64");

const tool = (name, args) => send(ask("tools/call", { name, arguments: args }));
check(isError(await tool("drop_tables", {}), 200, -32602), "no such tool");
check(isError(await tool("get_document", {}), 200, -32602), "an argument is missing");
check(isError(await tool("get_document", { id: 7 }), 200, -32602), "of another type");
check(isError(await tool("get_document", { id: "7", x: 1 }), 200, -32602),
      "an argument that is none");
check(isError(await tool("get_document", "7"), 200, -32602), "no arguments at all");
answer = await tool("find_documents", { filter: { nowhere: { gte: 1 } } });
check(answer.body.result.isError, "a filter by a field that is not there", answer);
answer = await send(ask("tools/call", { name: "nix" }), { "Accept-Language": "zh-CN" });
check(answer.body.error.message.includes("没有可供你使用"), "in Chinese", answer);

end();
