/* tools/types.mjs - TypeScript types out of the server's own description.
 *
 *     node tools/types.mjs openapi.json openapi.ts
 *
 * They are made anew by every build, out of the route table of this very
 * server: code that no longer fits it does not compile.
 *
 * SPDX-License-Identifier: Apache-2.0 */
import { readFileSync, writeFileSync } from "node:fs";

const [from, to] = process.argv.slice(2);
const api = JSON.parse(readFileSync(from, "utf8"));
const base = "/api/v1";

function typeOf(schema) {
    if (!schema) return "void";
    if (schema.$ref) return schema.$ref.split("/").pop();
    if (schema.enum) return schema.enum.map((v) => JSON.stringify(v)).join(" | ");
    if (schema.const !== undefined) return JSON.stringify(schema.const);
    const any = schema.oneOf ?? schema.anyOf;
    if (any) return any.map(typeOf).join(" | ");
    if (schema.allOf) return schema.allOf.map(typeOf).join(" & ");
    if (Array.isArray(schema.type))
        return schema.type.map((type) => typeOf({ ...schema, type })).join(" | ");
    switch (schema.type) {
    case "string": return "string";
    case "integer": case "number": return "number";
    case "boolean": return "boolean";
    case "null": return "null";
    case "array": return `(${schema.items ? typeOf(schema.items) : "Json"})[]`;
    case "object": return objectOf(schema);
    default: return "Json";
    }
}

function objectOf(schema) {
    if (!schema.properties)
        return schema.additionalProperties?.type || schema.additionalProperties?.$ref
            ? `Record<string, ${typeOf(schema.additionalProperties)}>` : "Bag";
    const required = new Set(schema.required ?? []);
    const members = Object.entries(schema.properties).map(([name, member]) =>
        `${JSON.stringify(name)}${required.has(name) ? "" : "?"}: ${typeOf(member)}`);
    return `{ ${members.join("; ")} }`;
}

const lines = [
    `/* Made by engine/web/tools/types.mjs from ${base} of the server. */`,
    "/* eslint-disable */",
    "export type Json = any;",
    "export type Bag = { [member: string]: Json };",
];
for (const [name, schema] of Object.entries(api.components.schemas))
    lines.push(`export type ${name} = ${typeOf(schema)};`);

const names = (parameters, where) =>
    parameters.filter((p) => p.in === where).map((p) => JSON.stringify(p.name)).join(" | ") || "never";

lines.push("export interface Routes {");
for (const [path, methods] of Object.entries(api.paths)) {
    if (!path.startsWith(base)) continue;
    for (const [method, operation] of Object.entries(methods)) {
        const sent = operation.requestBody?.content ?? {};
        const json = sent["application/json"]?.schema;
        const other = Object.keys(sent).some((type) => type !== "application/json");
        const body = [json && typeOf(json), other && "Blob | string"].filter(Boolean).join(" | ") || "never";
        const answer = Object.entries(operation.responses).find(([code]) => code !== "default")[1];
        const content = Object.entries(answer.content ?? {})[0];
        const type = !content ? "void" : content[0] === "application/json"
            ? typeOf(content[1].schema) : "string";
        lines.push(`    ${JSON.stringify(`${method.toUpperCase()} ${path.slice(base.length)}`)}: {`
            + ` path: ${names(operation.parameters ?? [], "path")};`
            + ` query: ${names(operation.parameters ?? [], "query")};`
            + ` body: ${body}; answer: ${type} };`);
    }
}
lines.push("}", "");
writeFileSync(to, lines.join("\n"));
