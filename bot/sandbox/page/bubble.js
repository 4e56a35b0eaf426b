// One message as a bubble, with its file, its buttons and what can be done with it.

import { direction, el, hour, icon, size } from "./dom.js";
import { fold, rich } from "./text.js";

const opened = new Map(); // which quotations a reader opened, by message: an edit keeps them open

// mine: whether I wrote it. acts: reply, forward, press, jump, and those of text.js.
export function bubble(message, mine, showName, acts) {
  if (message.migrate_to_chat_id || message.migrate_from_chat_id) {
    return el("div", { class: "service" }, "رُقّيت المجموعة إلى مجموعة كبيرة");
  }
  const text = message.text ?? message.caption ?? "";
  const box = el("div", { class: "bubble", "data-dir": direction(text) }, ...parts(message, mine, showName, acts));
  const words = el("div", { class: "text" }, ...rich(text, message.entities ?? message.caption_entities, acts));
  if (text) box.append(words);
  if (message.reaction?.length) box.append(el("span", { class: "reaction", title: "تفاعل البوت" }, ...message.reaction));
  foot(message, text, words, box);
  const keys = message.reply_markup?.inline_keyboard;
  const stack = el("div", { class: keys ? "stack with-keys" : "stack" }, box, keys && keyboard(keys, message, acts));
  const row = el("article", { class: mine ? "row out" : "row", "data-id": message.message_id }, stack, deeds(message, acts));
  row.settle = () => fold(words, openedOf(message));
  return row;
}

function openedOf(message) {
  const key = `${message.chat.id}/${message.message_id}`;
  if (!opened.has(key)) opened.set(key, new Set());
  return opened.get(key);
}

function parts(message, mine, showName, acts) {
  return [
    showName && !mine && el("div", { class: "who" }, message.sender_chat?.title ?? message.from?.first_name ?? ""),
    message.forward_origin && el("div", { class: "origin" }, `أُعيد توجيهها من ${origin(message.forward_origin)}`),
    message.reply_to_message && quoted(message.reply_to_message, () => acts.jump(message.reply_to_message.message_id)),
    message.photo && el("img", { class: "picture", alt: "صورة", src: `/sandbox/api/file/${message.photo.at(-1).file_id}` }),
    message.document && attachment(message.document),
  ].filter(Boolean);
}

function origin(from) {
  return from.chat?.title ?? from.sender_chat?.title ?? from.sender_user?.first_name ?? from.sender_user_name ?? "";
}

export function quoted(message, jump) {
  const who = message.sender_chat?.title ?? message.from?.first_name ?? "";
  const words = message.text ?? message.caption ?? message.document?.file_name ?? "صورة";
  return el("button", { type: "button", class: "quoted", onclick: jump }, el("b", {}, who), el("span", {}, words.slice(0, 120)));
}

function attachment(file) {
  const address = `/sandbox/api/file/${file.file_id}`;
  return el("a", { class: "file", href: address, download: file.file_name ?? "" },
    el("span", { class: "disc" }, icon("file")),
    el("span", {}, el("b", {}, file.file_name ?? "ملف"), el("small", {}, size(file.file_size ?? 0))));
}

// The time stands at the foot, beside the last line where its direction leaves room, else below.
function foot(message, text, words, box) {
  const edited = message.edit_date ? "عُدّلت " : "";
  const meta = el("div", { class: "meta" }, `${edited}${hour(message.date)}`);
  const last = words.lastElementChild;
  const endsInBlock = last && !last.nextSibling?.textContent && /^(BLOCKQUOTE|PRE)$/.test(last.tagName);
  const lastLine = text.slice(text.lastIndexOf("\n") + 1);
  const beside = text && !endsInBlock && !message.reaction?.length && direction(lastLine) === box.dataset.dir;
  meta.classList.add(beside ? "beside" : "below");
  if (beside) {
    const room = el("span", { class: "room" });
    room.style.width = edited ? "5.2em" : "2.9em";
    words.append(room);
  }
  box.append(meta);
}

function keyboard(rows, message, acts) {
  return el("div", { class: "keys" }, ...rows.map((row) => el("div", {}, ...row.map((key) => button(key, message, acts)))));
}

function button(key, message, acts) {
  const kind = [key.url && "link", key.style].filter(Boolean).join(" ");
  const node = el("button", { type: "button", class: kind, title: key.url ?? "" }, key.text);
  node.addEventListener("click", async () => {
    if (key.url) { acts.link(key.url); return; }
    if (key.copy_text) { acts.copy(key.copy_text.text); return; }
    if (key.callback_data === undefined || node.getAttribute("aria-busy")) return;
    node.setAttribute("aria-busy", "true");
    try { await acts.press(message, key.callback_data); } finally { node.removeAttribute("aria-busy"); }
  });
  return node;
}

function deeds(message, acts) {
  return el("div", { class: "acts" },
    el("button", { type: "button", "aria-label": "ردّ", title: "ردّ", onclick: () => acts.reply(message) }, icon("reply")),
    el("button", { type: "button", "aria-label": "إعادة توجيه", title: "إعادة توجيه", onclick: () => acts.forward(message) }, icon("forward")));
}
