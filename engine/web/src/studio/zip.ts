/* studio/zip.ts - a few texts as a zip, stored as they are: a form with its
 * hooks goes live as one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export interface TextFile { name: string; text: string }

function crcOf(bytes: Uint8Array): number {
    let crc = ~0;
    for (const byte of bytes) {
        crc ^= byte;
        for (let bit = 0; bit < 8; bit++) crc = crc >>> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }
    return ~crc >>> 0;
}

/* Numbers of 2 or 4 bytes, the lowest first. */
function header(fields: [bytes: 2 | 4, value: number][]): Uint8Array {
    const out = new Uint8Array(fields.reduce((sum, [bytes]) => sum + bytes, 0));
    const view = new DataView(out.buffer);
    let at = 0;
    for (const [bytes, value] of fields) {
        bytes === 2 ? view.setUint16(at, value, true) : view.setUint32(at, value, true);
        at += bytes;
    }
    return out;
}

const UTF8_NAMES = 0x800, FIRST_DAY = 0x21; /* 1 January 1980 */

export function zipOf(files: TextFile[]): Blob {
    const encoder = new TextEncoder();
    const body: Uint8Array[] = [], index: Uint8Array[] = [];
    let offset = 0;

    for (const file of files) {
        const name = encoder.encode(file.name), text = encoder.encode(file.text);
        const common: [2 | 4, number][] = [[2, 20], [2, UTF8_NAMES], [2, 0], [2, 0], [2, FIRST_DAY], [4, crcOf(text)], [4, text.length], [4, text.length], [2, name.length], [2, 0]];
        const local = [header([[4, 0x04034b50], ...common]), name, text];
        body.push(...local);
        index.push(header([[4, 0x02014b50], [2, 20], ...common, [2, 0], [2, 0], [2, 0], [4, 0], [4, offset]]), name);
        offset += local.reduce((sum, part) => sum + part.length, 0);
    }
    const size = index.reduce((sum, part) => sum + part.length, 0);
    const end = header([[4, 0x06054b50], [2, 0], [2, 0], [2, files.length], [2, files.length], [4, size], [4, offset], [2, 0]]);
    return new Blob([...body, ...index, end] as BlobPart[], { type: "application/zip" });
}
