// What lies over the page: toasts, alerts, questions.

import { byId, el } from "./dom.js";

export function toast(text) {
  const line = el("p", {}, text);
  byId("toasts").append(line);
  setTimeout(() => line.remove(), 2500 + 50 * text.length);
}

// Shows a dialog; choices: [label, value, isMain]. Resolves with the chosen value, or null.
export function dialog(title, body, choices) {
  const box = byId("dialog");
  return new Promise((resolve) => {
    const buttons = choices.map(([label, value, main]) =>
      el("button", { type: "button", class: main ? "main" : "", onclick: () => { box.returnValue = ""; done(value); } }, label));
    const done = (value) => { box.onclose = null; box.close(); resolve(value); };
    box.onclose = () => resolve(null);
    box.replaceChildren(el("h2", { id: "dialog-title" }, title), ...body, el("div", { class: "choices" }, ...buttons));
    box.showModal();
    (box.querySelector("textarea") ?? box.querySelector(".main"))?.focus();
  });
}

export const alertBox = (text, title) => dialog(title, [el("p", { class: "body" }, text)], [["حسنًا", true, true]]);

export async function askLink(url) {
  const body = [el("p", {}, "سيُفتح هذا الرابط في نافذة جديدة خارج البيئة التجريبية:"), el("p", { class: "address" }, url)];
  if (await dialog("فتح الرابط؟", body, [["إلغاء", null], ["فتح", true, true]])) window.open(url, "_blank", "noopener,noreferrer");
}

// Asks for a caption before a file goes; resolves with it, or null where it shall not go.
export async function askCaption(file, note) {
  const caption = el("textarea", { rows: 2, placeholder: "تعليق، مثل ‎/ingest" });
  caption.setAttribute("aria-label", "التعليق");
  caption.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    byId("dialog").querySelector(".main").click();
  });
  const body = [el("p", {}, el("bdi", {}, file.name), " · ", el("bdi", {}, note)), caption];
  return (await dialog("إرسال ملف", body, [["إلغاء", null], ["إرسال", true, true]])) ? caption.value : null;
}
