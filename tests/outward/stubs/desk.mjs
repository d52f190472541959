// outward/stubs/desk - what all vendors of the stub have in common: a clock that
// can be set, who sends too fast, tokens that expire, ids, and checks of a body.
//
// SPDX-License-Identifier: Apache-2.0
import { BlockList, isIPv4 } from "node:net";
import { createHash } from "node:crypto";

export class Desk {
    shift = 0;
    frozen = null;
    ids = 0;
    received = []; // all that was accepted
    tokens = new Map(); // token -> { vendor, until }
    calls = new Map(); // who -> { times: [], until }

    now() {
        return (this.frozen ?? Date.now()) + this.shift;
    }

    id(prefix) {
        return `${prefix}${String(++this.ids).padStart(8, "0")}`;
    }

    // The kept message whose card somebody presses: the `ask.card`th of all, or
    // the newest of `vendor` that `has` a card.
    pressed(ask, vendor, has) {
        const fits = (one) => one.vendor === vendor && has(one);
        return ask.card === undefined ? this.received.filter(fits).at(-1)
            : this.received.find((one) => one.n === ask.card && fits(one));
    }

    // A token of one vendor's app, for `seconds` of this clock.
    issue(vendor, seconds) {
        const token = this.id(`${vendor}-token-`);
        this.tokens.set(token, { vendor, until: this.now() + seconds * 1000 });
        return token;
    }

    // "good", "expired", "unknown" or "missing".
    standing(vendor, token) {
        const known = this.tokens.get(token);
        if (!token) {
            return "missing";
        }
        if (known?.vendor !== vendor) {
            return "unknown";
        }
        return known.until > this.now() ? "good" : "expired";
    }

    expire(vendor) {
        for (const token of this.tokens.values()) {
            if (token.vendor === vendor) {
                token.until = 0;
            }
        }
    }

    // Counts a call; true where `who` made more than `most` in `span` ms, or is
    // still locked out for having done so. `most` 0 is no limit.
    tooFast(who, most, span, lock = 0) {
        const now = this.now();
        const seen = this.calls.get(who) ?? { times: [], until: 0 };
        this.calls.set(who, seen);
        if (!most) {
            return false;
        }
        if (seen.until > now) {
            return true;
        }
        seen.times = seen.times.filter((time) => time > now - span);
        if (seen.times.length >= most) {
            seen.until = now + lock;
            return true;
        }
        seen.times.push(now);
        return false;
    }
}

// An answer to what is accepted, and kept; or, if `more.aside`, only answered.
export function say(body, more = {}) {
    return { status: 200, body, ...more };
}

export class Refusal {
    constructor(parts) {
        Object.assign(this, parts);
    }
}

export function refuse(why, body, status = 200, headers = {}) {
    return new Refusal({ status, body, why, headers });
}

export function parse(bytes) {
    try {
        const value = JSON.parse(bytes.toString());
        return value !== null && typeof value === "object" && !Array.isArray(value)
            ? value : null;
    } catch {
        return null;
    }
}

export function isText(value, most = Infinity) {
    return typeof value === "string" && value.trim() !== ""
        && Buffer.byteLength(value) <= most;
}

export function isUrl(value, schemes = ["http:", "https:"]) {
    try {
        return schemes.includes(new URL(value).protocol);
    } catch {
        return false;
    }
}

export function isJson(request) {
    return /^application\/json\b/i.test(request.headers["content-type"] ?? "");
}

// "10.0.0.0/8" or an address; IPv4, as the vendors have it.
export function allowed(address, list) {
    const plain = address.replace(/^::ffff:/, "");
    const block = new BlockList();
    for (const one of list) {
        const [net, bits = "32"] = one.split("/");
        block.addSubnet(net, Number(bits), "ipv4");
    }
    return isIPv4(plain) && block.check(plain, "ipv4");
}

// What is left of a message without what changes at each attempt: the key of
// those that carry none.
export function contentKey(path, json, without = []) {
    const rest = { ...json };
    for (const name of without) {
        delete rest[name];
    }
    return `content:${createHash("sha256").update(path + JSON.stringify(rest))
        .digest("hex").slice(0, 32)}`;
}
