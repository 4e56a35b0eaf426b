// The page: who I am, which chat is open, what changed. Starts everything.

import { act, ask, news } from "./api.js";
import { bubble } from "./bubble.js";
import { composer, replyTo, setReply } from "./composer.js";
import { alertBox, askCaption, askLink, dialog, toast } from "./dialogs.js";
import { byId, day, el, hour, members, size } from "./dom.js";
import { refreshCalls, setUpWire } from "./wire.js";

const ROLES = { reader: "قارئ", second: "قارئ ثانٍ", admin: "مشرف" };
const LARGEST = 50 * 1024 * 1024;
const page = { who: "reader", chat: 0, state: null, stop: () => {}, unread: new Map(), typing: new Map() };

const chats = () => page.state.chats;
const current = () => chats().find((chat) => chat.id === page.chat) ?? chats()[0];
const nameOf = (chat) => (chat.type === "private" ? page.state.bot.name : chat.title);

let entering = 0;

// Until the state is here, the page goes on as the one whose chats it shows: a press on them is theirs.
async function enter(who, chat) {
  const mine = ++entering;
  const state = await ask(`state?as=${who}`);
  if (mine !== entering) return;
  page.stop();
  page.who = who;
  page.state = state;
  page.unread.clear();
  page.typing.clear();
  page.chat = chats().some((c) => c.id === chat) ? chat : chats()[0].id;
  page.stop = news(page.who, page.state.change, heard, () => toast("انقطع الاتصال بالبيئة التجريبية"), refresh);
  drawAll();
}

async function refresh() {
  const { who } = page;
  const state = await ask(`state?as=${who}`);
  if (who !== page.who) return;
  page.state = state;
  drawAll();
}

function drawAll() {
  history.replaceState(null, "", `#${page.who}/${page.chat}`);
  drawPeople();
  drawChats();
  drawHead();
  drawMessages();
  drawComposer();
}

function drawPeople() {
  byId("people").replaceChildren(...page.state.people.map(({ key, name }) => el("button", {
    type: "button", role: "radio", "aria-checked": String(key === page.who), "data-key": key, onclick: () => enter(key, page.chat),
  }, ROLES[key], el("small", {}, name))));
}

function drawChats() {
  byId("chats").replaceChildren(...chats().map((chat) => chatButton(chat, chat.id === page.chat, () => open(chat.id))));
}

function chatButton(chat, isCurrent, choose) {
  const last = chat.messages.at(-1);
  const words = last ? last.text ?? last.caption ?? last.document?.file_name ?? "صورة" : kind(chat);
  const count = page.unread.get(chat.id) ?? 0;
  return el("button", { type: "button", onclick: choose, "aria-current": String(isCurrent), "data-chat": chat.id },
    avatar(chat, el("span")),
    el("span", { class: "lines" },
      el("span", { class: "first" }, el("b", {}, nameOf(chat)), last && el("time", {}, hour(last.date))),
      el("span", { class: "last" }, el("span", {}, words.slice(0, 80).replaceAll("\n", " ")), count > 0 && el("i", { class: "unread" }, count))));
}

function avatar(chat, node) {
  const hue = { private: 0, channel: 1, supergroup: 2, group: 3 }[chat.type] ?? 0;
  node.className = `avatar hue-${hue}`;
  node.textContent = [...nameOf(chat)][0] ?? "";
  return node;
}

function kind(chat) {
  if (chat.type === "private") return chat.blocked ? "بوت · محظور" : "بوت";
  return `${chat.type === "channel" ? "قناة" : "مجموعة"} · ${members(chat.members)}`;
}

function drawHead() {
  const chat = current();
  avatar(chat, byId("chat-avatar"));
  byId("chat-name").textContent = nameOf(chat);
  const typing = (page.typing.get(chat.id) ?? 0) > Date.now();
  byId("chat-status").textContent = typing ? "يكتب…" : kind(chat);
  byId("chat-status").className = typing ? "typing" : "";
  byId("block").hidden = chat.type !== "private" || !chat.started || chat.blocked;
}

function drawMessages() {
  const chat = current();
  const nodes = [];
  let shownDay = "";
  for (const message of chat.messages) {
    const today = day(message.date);
    if (today !== shownDay) nodes.push(el("div", { class: "day" }, today));
    shownDay = today;
    nodes.push(row(message, chat));
  }
  if (!nodes.length) nodes.push(welcome(chat));
  byId("messages").replaceChildren(...nodes);
  nodes.forEach((node) => node.settle?.());
  scrollDown();
}

function welcome(chat) {
  if (chat.type !== "private") return el("div", { class: "empty" }, "لا رسائل بعد.");
  const about = page.state.bot.description || "اضغط «ابدأ» لتبدأ المحادثة مع البوت.";
  return el("div", { class: "empty" }, el("b", {}, "ماذا يفعل هذا البوت؟"), about);
}

function row(message, chat) {
  const mine = !message.by_bot && (message.from?.id === page.state.me.id || (chat.type === "channel" && chat.may_write));
  return bubble(message, mine, chat.type !== "private", { ...deeds, press: (m, data) => press(chat, m, data) });
}

function drawComposer() {
  const chat = current();
  const start = () => say(chat, "/start");
  const unblock = () => tried(act("block", { as: page.who, blocked: false }));
  composer(chat, page.who, { say: (text, reply) => say(chat, text, reply), file: sendFile, start, unblock });
}

function scrollDown() {
  byId("scroll").scrollTop = byId("scroll").scrollHeight;
}

function open(id) {
  page.chat = id;
  page.unread.delete(id);
  byId("app").classList.add("in-chat");
  drawAll();
  byId("field")?.focus({ preventScroll: true });
}

// --- what I do ---------------------------------------------------------------------------------

const tried = (promise) => promise.catch((error) => toast(error.message));

function say(chat, text, reply) {
  return tried(act("say", { as: page.who, chat: chat.id, text, reply_to: reply ?? null }));
}

async function press(chat, message, data) {
  const found = await tried(act("press", { as: page.who, chat: chat.id, message: message.message_id, data }));
  if (!found) return;
  if (!found.answer) toast("لم يُجب البوت عن الضغطة.");
  else if (found.answer.url) deeds.link(found.answer.url);
  else if (found.answer.text && found.answer.show_alert) alertBox(found.answer.text, page.state.bot.name);
  else if (found.answer.text) toast(found.answer.text);
}

async function sendFile(file, reply = replyTo()) {
  if (file.size === 0 || file.size > LARGEST) { toast(file.size ? "الملف أكبر من 50 م.ب." : "الملف فارغ."); return; }
  const caption = await askCaption(file, size(file.size));
  if (caption === null) return;
  const query = { as: page.who, chat: page.chat, name: file.name, type: file.type, caption };
  await tried(act("document", file, reply ? { ...query, reply_to: reply } : query));
  setReply(null);
}

async function forward(message) {
  const targets = chats().filter((chat) => chat.may_write && chat.started && !chat.blocked);
  const list = el("div", { class: "chats" });
  const shown = dialog("إعادة التوجيه إلى…", [list], [["إلغاء", null]]);
  list.append(...targets.map((chat) => chatButton(chat, false, async () => {
    byId("dialog").close();
    await tried(act("forward", { as: page.who, chat: chat.id, from_chat: message.chat.id, message: message.message_id }));
    open(chat.id);
  })));
  await shown;
}

const deeds = {
  reply: (message) => setReply(message),
  forward,
  command: (text) => say(current(), text),
  mention: (text) => toast(text),
  copy: (text) => navigator.clipboard.writeText(text).then(() => toast("نُسخ النص.")),
  jump(id) {
    const target = byId("messages").querySelector(`[data-id="${id}"]`);
    target?.scrollIntoView({ block: "center", behavior: "smooth" });
    target?.classList.add("flash");
    setTimeout(() => target?.classList.remove("flash"), 1300);
  },
  link(url) {
    const found = /^(?:https?:\/\/t\.me\/|tg:\/\/resolve\?domain=)([A-Za-z0-9_]+)(?:[?&]start=([A-Za-z0-9_-]{0,64}))?/.exec(url);
    if (found?.[1].toLowerCase() !== page.state.bot.username.toLowerCase()) { askLink(url); return; }
    const own = chats().find((chat) => chat.type === "private");
    open(own.id);
    if (found[2] !== undefined) say(own, `/start ${found[2]}`.trim());
  },
};

// --- what happens ------------------------------------------------------------------------------

function heard(event) {
  if (event.kind === "call") { refreshCalls(); return; }
  if (event.kind === "profile" || event.kind === "chat") { refresh(); return; }
  const chat = chats().find((c) => c.id === event.chat);
  if (!chat) { refresh(); return; }
  ({ new: arrived, edited, deleted, typing, reaction })[event.kind]?.(chat, event.body);
}

function arrived(chat, message) {
  const first = !chat.messages.length;
  chat.messages.push(message);
  if (message.by_bot) page.typing.delete(chat.id);
  const hasStarted = chat.started;
  chat.started = true;
  if (chat.id !== page.chat) page.unread.set(chat.id, (page.unread.get(chat.id) ?? 0) + 1);
  drawChats();
  if (chat.id !== page.chat) return;
  if (first || !hasStarted) drawMessages(); else append(chat, message);
  drawHead();
  drawComposer();
}

function append(chat, message) {
  const node = row(message, chat);
  node.classList.add("fresh");
  const before = chat.messages.at(-2);
  if (before && day(before.date) !== day(message.date)) byId("messages").append(el("div", { class: "day" }, day(message.date)));
  byId("messages").append(node);
  node.settle?.();
  scrollDown();
}

function replace(chat, message) {
  const at = chat.messages.findIndex((m) => m.message_id === message.message_id);
  if (at < 0) return;
  chat.messages[at] = message;
  drawChats();
  if (chat.id !== page.chat) return;
  const old = byId("messages").querySelector(`[data-id="${message.message_id}"]`);
  const scroll = byId("scroll");
  const atEnd = scroll.scrollHeight - scroll.scrollTop - scroll.clientHeight < 80;
  const node = row(message, chat);
  old?.replaceWith(node);
  node.settle?.();
  if (atEnd) scrollDown();
}

function edited(chat, message) {
  page.typing.delete(chat.id);
  replace(chat, message);
  if (chat.id === page.chat) drawHead();
}

function deleted(chat, { message_id: id }) {
  chat.messages = chat.messages.filter((message) => message.message_id !== id);
  drawChats();
  if (chat.id === page.chat) drawMessages();
}

function typing(chat) {
  page.typing.set(chat.id, Date.now() + 5000);
  drawHead();
  setTimeout(drawHead, 5100);
}

function reaction(chat, { message_id: id, emoji }) {
  const found = chat.messages.find((message) => message.message_id === id);
  if (found) replace(chat, { ...found, reaction: emoji });
}

function setUp() {
  setUpWire();
  byId("back").addEventListener("click", () => byId("app").classList.remove("in-chat"));
  byId("block").addEventListener("click", async () => {
    const sure = await dialog("حظر البوت؟", [el("p", {}, "لن تصلك رسائله حتى تلغي الحظر.")], [["إلغاء", null], ["حظر", true, true]]);
    if (sure) await tried(act("block", { as: page.who, blocked: true }));
  });
  const zone = byId("chat");
  const carriesFile = (event) => event.dataTransfer?.types.includes("Files") && current().may_write && current().started;
  zone.addEventListener("dragover", (event) => { if (carriesFile(event)) { event.preventDefault(); byId("drop").hidden = false; } });
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) byId("drop").hidden = true; });
  zone.addEventListener("drop", (event) => {
    byId("drop").hidden = true;
    if (!carriesFile(event)) return;
    event.preventDefault();
    if (event.dataTransfer.files[0]) sendFile(event.dataTransfer.files[0]);
  });
  const [who, chat] = location.hash.slice(1).split("/");
  if (chat) byId("app").classList.add("in-chat");
  enter(who in ROLES ? who : "reader", Number(chat));
}

setUp();
