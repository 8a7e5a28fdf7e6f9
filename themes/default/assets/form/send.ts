/** The most characters of a link that mail programs and hosts are sure to take. */
const MOST_MAIL = 1_800;
const MOST_HOST = 7_500;

/** An id made of a title as package content makes it, for the name of the file. */
export const slug = (title: string, letters: Record<string, string>): string => {
  const plain = title.toLowerCase().normalize("NFKD").replace(/[\p{Mn}'’]/gu, "").replace(/./gsu, (letter) => letters[letter] ?? letter);
  const id = plain.replace(/[^a-z0-9]+/g, "-").slice(0, 100).replace(/^-+|-+$/g, "");
  return !id ? "case-study" : /^(page|in|index|cname|con|prn|aux|nul|com\d|lpt\d)$/.test(id) ? id + "-1" : id;
};

/** A link that begins an e-mail with the file in it, or with the note where the file is too long. */
export const mailTo = (address: string, subject: string, file: string, note: string): { href: string; fits: boolean } => {
  const link = (body: string): string => `mailto:${encodeURI(address)}?subject=${encodeURIComponent(subject)}&body=${encodeURIComponent(body.replaceAll("\n", "\r\n"))}`;
  const whole = link(file);
  return whole.length <= MOST_MAIL ? { href: whole, fits: true } : { href: link(note), fits: false };
};

/** Where a host opens a new file, and the names of the fields of that address. */
export interface Folder { folder?: string; fileName?: string; fileText?: string }

/** A link that opens a new file with the text at the host, or an empty one where that takes no text or the text is too long. */
export const newFile = ({ folder = "", fileName = "", fileText = "" }: Folder, name: string, file: string): { href: string; fits: boolean } => {
  const empty = `${folder}?${fileName}=${encodeURIComponent(name)}`;
  const whole = `${empty}&${fileText}=${encodeURIComponent(file)}`;
  return fileText && whole.length <= MOST_HOST ? { href: whole, fits: true } : { href: empty, fits: false };
};
