import { oneLine } from "./model";

/** Lines that begin as the items of a list do. */
const BULLET = /^[-*•●▪◦·–—]\s+(?=\S)/;
const NUMBER = /^(\d{1,2})[.)]\s+(?=\S)/;
/** Addresses that become links: nothing in them means anything to Markdown. */
const LINK = /https?:\/\/[a-z0-9-]+(?:\.[a-z0-9-]+)*\.[a-z]{2,}(?::\d+)?(?:\/[a-z0-9/._~%?=&+-]*[a-z0-9/=~-])?(?![^\s.,;:!?)"'’”])/gi;

/** Writes plain text as Markdown that shows it: each line is a paragraph, or an item of a list. */
export const markdown = (plain: string): string => {
  let before = "";
  let text = "";
  for (const written of plain.split(/[\n\r\u2028\u2029]+/)) {
    const line = oneLine(written);
    if (!line) continue;
    const number = NUMBER.exec(line);
    const kind = number ? "number" : BULLET.test(line) ? "bullet" : "";
    const rest = escape(line.replace(number ? NUMBER : BULLET, ""));
    text += text && (kind && kind === before ? "\n" : "\n\n");
    text += number ? `${number[1]}. ${rest}` : kind ? `- ${rest}` : rest;
    before = kind;
  }
  return text;
};

const escape = (line: string): string => {
  let escaped = "";
  let end = 0;
  for (const found of line.matchAll(LINK)) {
    escaped += escapeText(line.slice(end, found.index)) + found[0];
    end = found.index + found[0].length;
  }
  escaped += escapeText(line.slice(end));
  return escaped
    .replace(/^[+\-=!:%@.]/, "\\$&") // marks that mean something at the beginning of a line
    .replace(/^(\d+)([.)])/, "$1\\$2") // a list
    .replace(/^([a-z_]+):/, "$1\\:"); // a field of front matter
};

const escapeText = (text: string): string =>
  text.replace(/[\\`*_[\]<>#~^|{}&$]/g, "\\$&").replace(/(https?|ftp):\/\//gi, "$1\\://").replace(/www\./gi, "www\\.").replace(/:(?=[a-z0-9_+-]+:)/gi, "\\:");
