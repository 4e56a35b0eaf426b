// The panel beside the chat: the bot's raw calls with their answers, and faults for the next ones.

import { act, ask } from "./api.js";
import { byId, el, hour, icon } from "./dom.js";

const FAULTS = {
  flood: "429: رسائل كثيرة، انتظر", "server-error": "500: خطأ داخلي", "bad-gateway": "502: بوّابة معطّلة",
  "drop-before": "انقطاع قبل التسليم", "drop-after": "انقطاع بعد التسليم", blocked: "403: حظر المستخدم البوت",
  deactivated: "403: حساب معطّل", kicked: "403: طُرد من المجموعة", "chat-not-found": "400: لا محادثة",
  "not-modified": "400: لم يتغيّر شيء", "edit-not-found": "400: لا رسالة لتعديلها", "query-too-old": "400: ضغطة قديمة",
  slow: "جواب بطيء (3 ث)",
};
let last = 0;
let waiting = false;

export function setUpWire() {
  const calls = el("div", { class: "calls", id: "calls", tabIndex: 0, "aria-label": "الطلبات" });
  byId("wire").append(head(), faultForm(), calls);
  byId("open-wire").addEventListener("click", () => toggle(byId("wire").hidden));
}

function toggle(open) {
  byId("wire").hidden = !open;
  byId("app").classList.toggle("with-wire", open);
  byId("open-wire").setAttribute("aria-expanded", String(open));
  if (open) refreshCalls();
}

function head() {
  const close = el("button", { type: "button", class: "icon", "aria-label": "إغلاق", onclick: () => toggle(false) }, icon("close"));
  return el("div", { class: "wire-head" }, el("h2", {}, "الطلبات والأعطال"), close);
}

function faultForm() {
  const kind = el("select", { name: "kind" }, ...Object.entries(FAULTS).map(([value, label]) => el("option", { value }, label)));
  const seconds = el("input", { type: "number", min: 1, max: 3600, value: 5 });
  const delay = el("input", { type: "number", min: 0, max: 10, step: 0.1, value: 0 });
  const state = el("span", { class: "waiting", role: "status" });
  const show = ({ waiting: kinds }) => { state.textContent = kinds.map((k) => FAULTS[k] ?? k).join("، "); };
  const add = async (event) => {
    event.preventDefault();
    show(await act("fault", { kind: kind.value, retry_after: Number(seconds.value) }));
  };
  const clear = el("button", { type: "button", class: "plain", onclick: async () => show(await act("fault", { kind: "none" })) }, "ألغِ");
  const arm = el("button", { type: "submit", class: "plain" }, "أوقعه في الإرسال التالي");
  clear.style.width = arm.style.width = "auto";
  delay.addEventListener("change", () => act("delay", { seconds: Number(delay.value) }));
  return el("form", { onsubmit: add }, el("label", {}, el("span", {}, "عطل"), kind),
    el("label", {}, el("span", {}, "مدّة الانتظار بعد 429 (ث)"), seconds), arm, clear, state,
    el("label", {}, el("span", {}, "تأخير كلّ طلب (ث)"), delay));
}

export async function refreshCalls() {
  if (byId("wire").hidden || waiting) return;
  waiting = true;
  await new Promise((later) => setTimeout(later, 150)); // many calls, one look
  waiting = false;
  const { calls } = await ask(`calls?after=${last}`);
  const list = byId("calls");
  for (const call of calls) {
    last = Math.max(last, call.number);
    list.prepend(entry(call));
  }
  while (list.children.length > 300) list.lastChild.remove();
}

function entry(call) {
  const state = el("span", { class: call.status === 200 ? "" : "bad" }, call.status || "✕");
  const took = el("span", { class: "took" }, `${Math.round(call.took * 1000)} ms`);
  const box = el("details", {}, el("summary", {}, el("time", {}, hour(call.at)), el("b", {}, call.method), took, state));
  box.addEventListener("toggle", () => {
    if (box.open && box.children.length === 1) {
      box.append(...[call.given, call.answer].map((body) => el("pre", {}, JSON.stringify(body, null, 2))));
    }
  });
  return box;
}
