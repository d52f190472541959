/* style/icons.ts - the few pictures, as strokes on a field of 20 by 20.
 *
 * The server writes them once into each page; `<use href="#i-NAME">` shows one.
 *
 * SPDX-License-Identifier: Apache-2.0 */
export const icons = {
    today: "M3 9l7-6 7 6v8h-5v-5H8v5H3z",
    inbox: "M3 11l2-7h10l2 7v5H3zM3 11h4l1 2h4l1-2h4",
    documents: "M5 2h7l4 4v12H5zM12 2v4h4M8 10h5M8 13h5",
    people: "M7 9a3 3 0 100-6 3 3 0 000 6zM1 17c0-3 3-5 6-5s6 2 6 5M13 3a3 3 0 010 6M15 12c2 .5 4 2 4 5",
    studio: "M3 17l3-1L16 6l-2-2L4 14zM12 6l2 2",
    admin: "M3 5h8M15 5h2M3 10h2M9 10h8M3 15h8M15 15h2M13 3v4M7 8v4M13 13v4",
    more: "M4 10h.01M10 10h.01M16 10h.01",
    plus: "M10 4v12M4 10h12",
    close: "M5 5l10 10M15 5L5 15",
    check: "M4 10l4 4 8-9",
    search: "M9 15A6 6 0 109 3a6 6 0 000 12zM14 14l4 4",
    up: "M5 12l5-5 5 5",
    down: "M5 8l5 5 5-5",
    left: "M12 5l-5 5 5 5",
    right: "M8 5l5 5-5 5",
    trash: "M4 6h12M8 6V4h4v2M6 6l1 11h6l1-11",
    bell: "M5 14V9a5 5 0 0110 0v5l1.500 1.500h-13zM8 17h4",
    offline: "M2 2l16 16M5 9a8 8 0 015-2M3 6a11 11 0 013-2M8 13a3 3 0 014 0M10 17h.01M14 10a8 8 0 00-1-1",
    board: "M3 3h4v14H3zM9 3h4v9H9zM15 3h3v6h-3z",
    list: "M3 5h14M3 10h14M3 15h14",
    tree: "M3 4h6M3 4v12h5M3 10h5M10 8h7v4h-7zM10 14h7v4h-7z",
    heart: "M10 17S3 12.500 3 7.500A3.500 3.500 0 0110 6a3.500 3.500 0 017 1.500C17 12.500 10 17 10 17z",
    star: "M10 3l2.200 4.600 5 .600-3.700 3.500 1 5L10 14.200 5.500 16.700l1-5L2.800 8.200l5-.600z",
    chart: "M3 3v14h14M7 14v-4M11 14V6M15 14V9",
    gift: "M3 8h14v3H3zM4 11v6h12v-6M10 8v9M10 8S6 8 6 5.500 10 5 10 8zM10 8s4 0 4-2.500S10 5 10 8z",
    book: "M10 5c-2-1.500-4.500-1.500-7-1v12c2.500-.500 5-.500 7 1 2-1.500 4.500-1.500 7-1V4c-2.500-.500-5-.500-7 1zM10 5v12",
    mic: "M10 12a3 3 0 003-3V5a3 3 0 00-6 0v4a3 3 0 003 3zM4.500 9a5.500 5.500 0 0011 0M10 14.500V18",
    green: "M10 4a6 6 0 100 12 6 6 0 000-12z",
    yellow: "M10 3l8 14H2z",
    red: "M4 4h12v12H4z",
    ask: "M3 4h14v9H9l-4 4v-4H3z",
    clock: "M10 18a8 8 0 100-16 8 8 0 000 16zM10 5v5l3 2",
} as const;

export type IconName = keyof typeof icons;
