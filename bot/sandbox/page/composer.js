// The foot of a chat: writing, the command menu, files, replies; or Start, Unblock, or nothing to write.

import { byId, el, icon } from "./dom.js";
import { quoted } from "./bubble.js";

let reply = null;
let shownFor = "";

// acts: say(text, replyTo), file(file, replyTo), start(), unblock()
export function composer(chat, who, acts) {
  const state = `${who}/${chat.id}/${chat.started}/${chat.blocked}/${chat.may_write}/${JSON.stringify(chat.commands)}`;
  if (state === shownFor) return;
  shownFor = state;
  reply = null;
  byId("composer").replaceChildren(...content(chat, acts));
}

function content(chat, acts) {
  const wide = (label, act) => [el("button", { type: "button", class: "wide", onclick: act }, label)];
  if (chat.blocked) return wide("إلغاء الحظر", acts.unblock);
  if (!chat.started) return wide("ابدأ", acts.start);
  if (!chat.may_write) return [el("p", { class: "still" }, "القراءة فقط")];
  return writing(chat, acts);
}

function writing(chat, acts) {
  const field = el("textarea", { rows: 1, id: "field", placeholder: "اكتب رسالة…", enterKeyHint: "send" });
  field.setAttribute("aria-label", "رسالة");
  const menu = el("div", { class: "menu", role: "listbox", "aria-label": "الأوامر", hidden: true });
  const send = () => {
    const text = field.value.trim();
    if (!text) return;
    acts.say(text, reply?.message_id);
    field.value = "";
    setReply(null);
    refresh(field, menu, chat.commands);
  };
  field.addEventListener("input", () => refresh(field, menu, chat.commands));
  field.addEventListener("keydown", (event) => keys(event, field, menu, send));
  menu.addEventListener("click", (event) => {
    const chosen = event.target.closest("button");
    if (!chosen) return;
    field.value = `/${chosen.dataset.command}`;
    send();
    field.focus();
  });
  const picker = el("input", { type: "file", hidden: true });
  picker.addEventListener("change", () => { if (picker.files[0]) acts.file(picker.files[0], reply?.message_id); picker.value = ""; });
  const open = () => {
    if (menu.hidden) show(menu, chat.commands); else menu.hidden = true;
    field.focus();
  };
  const commands = chat.commands.length > 0 && el("button", { type: "button", class: "icon commands-button", onclick: open,
    "aria-haspopup": "listbox" }, icon("menu"), el("span", {}, "الأوامر"));
  if (commands) commands.setAttribute("aria-label", "الأوامر");
  const clip = el("button", { type: "button", class: "icon", "aria-label": "إرفاق ملف", onclick: () => picker.click() }, icon("clip"));
  const go = el("button", { type: "submit", class: "icon send", "aria-label": "إرسال" }, icon("send"));
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); send(); } }, commands, field, picker, clip, go);
  return [menu, el("div", { id: "replying" }), form];
}

function keys(event, field, menu, send) {
  const items = [...menu.children];
  const at = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  if (!menu.hidden && (event.key === "ArrowDown" || event.key === "ArrowUp")) {
    event.preventDefault();
    select(items, (at + (event.key === "ArrowDown" ? 1 : items.length - 1)) % items.length);
  } else if (!menu.hidden && event.key === "Tab" && items.length) {
    event.preventDefault();
    field.value = `/${items[Math.max(at, 0)].dataset.command} `;
    menu.hidden = true;
  } else if (event.key === "Escape") {
    if (menu.hidden) setReply(null);
    menu.hidden = true;
  } else if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    if (!menu.hidden && at >= 0 && /^\/\S*$/.test(field.value)) field.value = `/${items[at].dataset.command}`;
    send();
  }
}

function refresh(field, menu, commands) {
  field.style.height = "auto";
  field.style.height = `${field.scrollHeight}px`;
  const typed = /^\/([a-z0-9_]*)$/i.exec(field.value);
  const fitting = typed ? commands.filter((c) => c.command.startsWith(typed[1].toLowerCase())) : [];
  if (fitting.length) show(menu, fitting); else menu.hidden = true;
}

function show(menu, commands) {
  menu.replaceChildren(...commands.map((c) => el("button", { type: "button", role: "option", tabIndex: -1, "data-command": c.command,
    "aria-selected": "false" }, el("b", {}, `/${c.command}`), el("span", {}, c.description))));
  menu.hidden = false;
}

function select(items, at) {
  items.forEach((item, n) => item.setAttribute("aria-selected", String(n === at)));
  items[at]?.scrollIntoView({ block: "nearest" });
}

export function setReply(message) {
  reply = message;
  const place = byId("replying");
  if (!place) return;
  const cancel = el("button", { type: "button", class: "icon", "aria-label": "إلغاء الردّ", onclick: () => setReply(null) }, icon("close"));
  place.className = message ? "replying" : "";
  place.replaceChildren(...(message ? [quoted(message, () => {}), cancel] : []));
  byId("field")?.focus();
}

export const replyTo = () => reply?.message_id;
