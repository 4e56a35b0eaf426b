// A message's text with its entities as DOM nodes. Offsets are UTF-16 units, as JavaScript counts too.

import { direction, el, icon, moment } from "./dom.js";

const STYLES = { bold: "strong", italic: "em", underline: "u", strikethrough: "s", code: "code", pre: "pre" };
const BLOCKS = new Set(["pre", "blockquote", "expandable_blockquote"]);

// acts: { link(url), command(text), mention(text) } are called when such a piece is opened.
export function rich(text, entities, acts) {
  const ordered = [...(entities ?? [])].sort((a, b) => a.offset - b.offset || b.length - a.length);
  return nodes(text, 0, text.length, ordered, acts);
}

function nodes(text, start, end, entities, acts) {
  const made = [];
  let at = start;
  for (let n = 0; n < entities.length; n += 1) {
    const entity = entities[n];
    const stop = Math.min(entity.offset + entity.length, end);
    if (entity.offset < at || entity.offset >= end) continue;
    const block = BLOCKS.has(entity.type);
    made.push(plain(text.slice(at, entity.offset), block));
    const inside = entities.slice(n + 1).filter((other) => other.offset < stop);
    made.push(piece(entity, text.slice(entity.offset, stop), nodes(text, entity.offset, stop, inside, acts), acts));
    at = stop;
    if (block && text[at] === "\n") at += 1; // a block ends its line by itself
  }
  made.push(document.createTextNode(text.slice(at, end)));
  return made;
}

function plain(text, beforeBlock) {
  return document.createTextNode(beforeBlock ? text.replace(/\n$/, "") : text);
}

function piece(entity, words, children, acts) {
  const { type } = entity;
  if (STYLES[type]) return el(STYLES[type], {}, ...children);
  if (type === "blockquote" || type === "expandable_blockquote") return quotation(words, children, type);
  if (type === "text_link" || type === "url") return link(entity.url ?? words, children, acts);
  if (type === "spoiler") return spoiler(children);
  if (type === "bot_command") return tap(children, () => acts.command(words));
  if (type === "mention" || type === "hashtag") return tap(children, () => acts.mention(words));
  if (type === "date_time") {
    const shown = moment(entity.unix_time, entity.date_time_format, words);
    return el("time", { title: words, dateTime: new Date(entity.unix_time * 1000).toISOString() }, shown);
  }
  return el("span", {}, ...children);
}

function link(address, children, acts) {
  const url = /^[a-z]+:/i.test(address) ? address : `http://${address}`;
  const open = (event) => { event.preventDefault(); acts.link(url); };
  return el("a", { href: /^https?:/i.test(url) ? url : "#", title: url, rel: "noopener noreferrer", onclick: open }, ...children);
}

// A span, not a button: a button is one block to the bidirectional algorithm and would turn its line.
function tap(children, act) {
  const node = el("span", { class: "tap", role: "link", tabIndex: 0, onclick: act }, ...children);
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") act(); });
  return node;
}

function spoiler(children) {
  const show = (event) => event.currentTarget.classList.add("seen");
  const node = el("span", { class: "spoiler", role: "button", onclick: show, title: "نصّ مخفيّ" }, ...children);
  node.tabIndex = 0;
  node.addEventListener("keydown", (event) => { if (event.key === "Enter") show(event); });
  return node;
}

function quotation(words, children, type) {
  const inner = el("div", { class: "inner" }, ...children);
  const quote = el("blockquote", { "data-dir": direction(words) }, inner);
  if (type === "expandable_blockquote") quote.classList.add("folded", "may-fold");
  return quote;
}

// After the text stands on the page: quotations longer than three lines get a chevron, others open.
export function fold(container, opened) {
  container.querySelectorAll("blockquote.may-fold").forEach((quote, n) => {
    const inner = quote.firstChild;
    quote.classList.remove("may-fold");
    if (inner.scrollHeight <= inner.clientHeight + 8) { quote.classList.remove("folded"); return; }
    const button = el("button", { type: "button", class: "unfold", "aria-label": "عرض الاقتباس كاملًا" }, icon("chevron"));
    const set = (open) => {
      quote.classList.toggle("folded", !open);
      button.setAttribute("aria-expanded", String(open));
      opened[open ? "add" : "delete"](n);
    };
    button.addEventListener("click", (event) => { event.stopPropagation(); set(quote.classList.contains("folded")); });
    inner.addEventListener("click", (event) => { if (!event.target.closest("a, button")) set(true); });
    quote.append(button);
    set(opened.has(n));
  });
}
