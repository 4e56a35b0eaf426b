// Building blocks of the page: elements, icons, direction of a text, times, Arabic counts.
// Data always becomes text nodes or properties, never markup.

export function el(tag, properties = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) node.addEventListener(name.slice(2), value);
    else if (name === "class") node.className = value;
    else if (name.includes("-") || name === "role") node.setAttribute(name, value);
    else node[name] = value;
  }
  node.append(...children.filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", `#i-${name}`);
  svg.setAttribute("aria-hidden", "true");
  svg.append(use);
  return svg;
}

export const byId = (id) => document.getElementById(id);

const RIGHT = /[\u0590-\u08ff\u200f\ufb1d-\ufdff\ufe70-\ufefc]/u;
const STRONG = /[\u0590-\u08ff\u200e\u200f\ufb1d-\ufdff\ufe70-\ufefc]|\p{L}|[\u{1f1e6}-\u{1f1ff}]/u;

// The side of a text by its first strong letter; a text without one follows the page.
export function direction(text) {
  const found = STRONG.exec(text.replace(/[\u0610-\u061a\u064b-\u065f\u0660-\u066c\u06f0-\u06f9]/gu, ""));
  return !found || RIGHT.test(found[0]) ? "rtl" : "ltr";
}

const clock = new Intl.DateTimeFormat("ar-u-nu-latn", { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
const date = new Intl.DateTimeFormat("ar-u-nu-latn", { weekday: "long", day: "numeric", month: "long" });

export const hour = (seconds) => clock.format(seconds * 1000);

export function day(seconds) {
  const days = Math.round((new Date().setHours(0, 0, 0, 0) - new Date(seconds * 1000).setHours(0, 0, 0, 0)) / 864e5);
  return days === 0 ? "اليوم" : days === 1 ? "أمس" : date.format(seconds * 1000);
}

// A moment as Telegram shows a date_time entity: r is relative, w d D t T are parts of a date.
export function moment(seconds, format, fallback) {
  if (!format) return fallback;
  if (format === "r") {
    const minutes = Math.round(seconds / 60 - Date.now() / 6e4);
    const [amount, unit] = Math.abs(minutes) < 60 ? [minutes, "minute"]
      : Math.abs(minutes) < 1440 ? [Math.round(minutes / 60), "hour"] : [Math.round(minutes / 1440), "day"];
    return new Intl.RelativeTimeFormat("ar-u-nu-latn", { numeric: "auto" }).format(amount, unit);
  }
  const shape = {};
  if (format.includes("w")) shape.weekday = "long";
  if (format.includes("d")) Object.assign(shape, { day: "numeric", month: "numeric", year: "numeric" });
  if (format.includes("D")) Object.assign(shape, { day: "numeric", month: "long", year: "numeric" });
  if (/[tT]/.test(format)) Object.assign(shape, { hour: "2-digit", minute: "2-digit", hourCycle: "h23" });
  if (format.includes("T")) shape.second = "2-digit";
  return new Intl.DateTimeFormat("ar-u-nu-latn", shape).format(seconds * 1000);
}

export function size(bytes) {
  const [amount, unit] = bytes < 1024 ? [bytes, "بايت"] : bytes < 1048576 ? [bytes / 1024, "ك.ب"] : [bytes / 1048576, "م.ب"];
  return `${amount.toFixed(amount < 10 && bytes >= 1024 ? 1 : 0)} ${unit}`;
}

export function members(count) {
  const few = count % 100 >= 3 && count % 100 <= 10;
  return count === 1 ? "عضو واحد" : count === 2 ? "عضوان" : few ? `${count} أعضاء` : `${count} عضوًا`;
}
