// SPDX-License-Identifier: GPL-2.0-or-later
// Times as people read them: near ones by their distance, far ones by their date; the whole is in the title.
import { element } from "./dom.js";

const MINUTE = 60, HOUR = 60 * MINUTE, DAY = 24 * HOUR;
const distance = new Intl.RelativeTimeFormat("en", { numeric: "auto", style: "short" });
const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short" });
const date = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", year: "numeric" });
const whole = new Intl.DateTimeFormat("en-GB", { dateStyle: "full", timeStyle: "short" });
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "short" });
const clockOfSeconds = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

// "5 min ago", "in 3 hr.", "3 Mar", "3 Mar 2025".
export function near(then, now = new Date()) {
  const seconds = Math.round((then - now) / 1000), length = Math.abs(seconds);
  if (length < MINUTE) return "now";
  if (length < HOUR) return distance.format(Math.trunc(seconds / MINUTE), "minute");
  if (length < DAY) return distance.format(Math.trunc(seconds / HOUR), "hour");
  if (length < 7 * DAY) return distance.format(Math.trunc(seconds / DAY), "day");
  return (then.getFullYear() === now.getFullYear() ? day : date).format(then);
}

// "3 Mar 2025, 09:12".
export function dated(then) {
  return `${date.format(then)}, ${clock.format(then)}`;
}

export function atSeconds(then) {
  return clockOfSeconds.format(then);
}

// <time> of what the API sends, or null for none. `form` is near or dated.
export function time(text, form = near) {
  const then = new Date(text ?? NaN);
  if (Number.isNaN(then.getTime())) return null;
  return element("time", { datetime: text, title: whole.format(then) }, form(then));
}
