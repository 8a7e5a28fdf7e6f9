// Stemming: Snowball's English stemmer (https://snowballstem.org/algorithms/english/stemmer.html), which the Go side
// uses too, for words without apostrophes. The rules for endings in z are left out, because SPELLINGS removes these
// endings. While a word is being stemmed, a Y that is a consonant is in upper case.

const EXCEPTIONS = table(
  "skis:ski skies:sky dying:die lying:lie tying:tie idly:idl gently:gentl ugly:ugli early:earli only:onli singly:singl " +
    "sky:sky news:news howe:howe atlas:atlas cosmos:cosmos bias:bias andes:andes",
);
const FINISHED = /^(inning|outing|canning|herring|earring|proceed|exceed|succeed)$/;
const SPELLINGS = table(
  "ize:ise iza:isa izi:isi yz:ys aec:ec aed:ed aem:em aeo:eo aes:es aet:et aev:ev rrhoe:rrhe foet:fet oedem:edem " +
    "oestr:estr oesoph:esoph coeli:celi bour:bor gour:gor iour:ior lour:lor umour:umor rmour:rmor nour:nor vour:vor amme:ame " +
    "entre:entere atre:atere etre:etere itre:itere ibre:ibere ogue:og dgement:dgment ellor:elor illful:ilful mould:mold " +
    "sceptic:skeptic fence:fense licenc:licens practis:practic advisor:adviser enquir:inquir focuss:focus ulph:ulf " +
    "aluminium:aluminum artefact:artifact grey:gray",
);
const STEP2 = table(
  "tional:tion enci:ence anci:ance abli:able entli:ent ational:ate ation:ate ator:ate alism:al " +
    "aliti:al alli:al fulness:ful ousness:ous ousli:ous iveness:ive iviti:ive biliti:ble bli:ble ogi:og fulli:ful lessli:less li:",
);
const STEP3 = table("ational:ate tional:tion icate:ic iciti:ic ical:ic ful: ness: ative:");
const STEP4 = table("al: ance: ence: er: ic: able: ible: ant: ement: ment: ent: ism: ate: iti: ous: ive: ion:");

function table(pairs: string): Map<string, string> {
  return new Map(pairs.split(" ").map((pair) => pair.split(":") as [string, string]));
}

const IRREGULAR = table(
  "first:1st second:2nd third:3rd fourth:4th fifth:5th sixth:6th seventh:7th eighth:8th ninth:9th tenth:10th eleventh:11th " +
    "twelfth:12th gases:gas buses:bus lenses:lens men:man feet:foot teeth:tooth mice:mouse lice:louse geese:goose lives:life " +
    "emphases:emphasis metastases:metastasis crises:crisis oases:oasis axes:axis criteria:criterion phenomena:phenomenon " +
    "stimuli:stimulus syllabi:syllabus foci:focus nuclei:nucleus fungi:fungus alumni:alumnus alumnae:alumnus " +
    "appendices:appendix indices:index matrices:matrix vertices:vertex failure:fail failures:fail taught:teach brought:bring " +
    "paid:pay led:lead built:build held:hold lost:lose gave:give given:give took:take taken:take grew:grow grown:grow " +
    "written:write wrote:write chose:choose chosen:choose broke:break broken:break began:begin begun:begin spent:spend " +
    "sent:send kept:keep understood:understand met:meet bought:buy sought:seek felt:feel ran:run fell:fall left:leave " +
    "found:find made:make knew:know known:know " +
    "learnt:learn kilometere:km kilometer:km kilogram:kg kilograme:kg kilo:kg saint:st govt:government dept:department",
);
const count = (words: string, step: number, first: number): void =>
  words.split(" ").forEach((word, i) => IRREGULAR.set(word, String((i + first) * step)));
count("one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 1, 1);
count("twenty thirty forty fifty sixty seventy eighty ninety", 10, 2);
count("ii iii iv", 1, 2);
count("vi vii viii ix", 1, 6);
const PLURALS = table(
  "wives:wife knives:knife women:woman womens:woman children:child childrens:child people:person peoples:person rmen:rman smen:sman yses:ysis theses:thesis gnoses:gnosis ae:a",
);
const ARTICLE = /^(و?بال|و?لل|[وكف]?ال)/;

const singular = (word: string): string => {
  const one = IRREGULAR.get(word) ?? IRREGULAR.get(word.replace(/s$/, ""));
  if (one) return one;
  for (const [from, to] of PLURALS) {
    if (word.endsWith(from)) return word.slice(0, -from.length) + to;
  }
  return word.replace(/(...)ums?$/, "$1a");
};

const oneSpelling = (word: string): string => {
  for (const [from, to] of SPELLINGS) word = word.replaceAll(from, to);
  return word;
};

/** A word in one spelling and in the singular, as in ../stem.go. */
export const plain = (word: string): string => {
  word = singular(oneSpelling(word));
  return /^[0-9]/.test(word) ? word.replace(/[stndrh]+$/, "") : word.endsWith("ies") ? word.slice(0, -3) + "y" : word.replace(/([^s])s$/, "$1");
};

/** The term under which a word is indexed. */
export const stem = (word: string): string => {
  if (!/^[a-z]{3,}$/.test(word)) {
    const rest = word.replace(ARTICLE, "");
    return IRREGULAR.get(word) ?? (rest.length < 3 ? word : rest);
  }
  word = singular(oneSpelling(word));
  const exception = EXCEPTIONS.get(word) ?? (/^[0-9]/.test(word) ? word : undefined);
  if (exception !== undefined) return exception;

  let w = word.replace(/^y/, "Y").replace(/([aeiouy])y/g, "$1Y");
  const region = (from: number): number => {
    const found = /[aeiouy][^aeiouy]/.exec(w.slice(from));
    return found ? from + found.index + 2 : w.length;
  };
  const r1 = /^(gener|commun|arsen)/.exec(w)?.[0].length ?? region(0);
  const r2 = region(r1);

  w = plural(w);
  if (FINISHED.test(w)) return w;
  w = participle(w, r1).replace(/(.[^aeiouy])[yY]$/, "$1i");

  let end = suffix(w, STEP2);
  if (end && w.length - end.length >= r1 && !(end === "li" && !/[cdeghkmnrt]li$/.test(w)) && !(end === "ogi" && !w.endsWith("logi"))) {
    w = replace(w, end, STEP2);
  }
  end = suffix(w, STEP3);
  if (end && w.length - end.length >= (end === "ative" ? Math.max(r1, r2) : r1)) w = replace(w, end, STEP3);
  end = suffix(w, STEP4);
  if (end && w.length - end.length >= r2 && !(end === "ion" && !/[st]ion$/.test(w))) w = replace(w, end, STEP4);

  const last = w.length - 1;
  if ((w.endsWith("e") && (last >= r2 || (last >= r1 && !isShort(w.slice(0, last))))) || (w.endsWith("ll") && last >= r2)) {
    w = w.slice(0, last);
  }
  return w.toLowerCase().replace(/f$/, "v");
};

const plural = (w: string): string => {
  if (w.endsWith("sses")) return w.slice(0, -2);
  if (/ie[ds]$/.test(w)) return w.slice(0, w.length > 4 ? -2 : -1);
  return /[aeiouy].+s$/.test(w) && !/[us]s$/.test(w) ? w.slice(0, -1) : w;
};

const participle = (w: string, r1: number): string => {
  const end = /(eed|ed|ing)(ly)?$/.exec(w);
  if (!end) return w;
  const rest = w.slice(0, end.index);
  if (end[1] === "eed") return end.index >= r1 ? rest + "ee" : w;
  if (!/[aeiouy]/.test(rest)) return w;
  if (/(at|bl)$/.test(rest)) return rest + "e";
  if (/(bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return rest.slice(0, -1);
  return rest.length === r1 && isShort(rest) ? rest + "e" : rest;
};

const isShort = (w: string): boolean => /[^aeiouy][aeiouy][^aeiouywxY]$|^[aeiouy][^aeiouy]$/.test(w);

/** The longest ending of a word that is in a table, or "". */
const suffix = (w: string, endings: Map<string, string>): string => {
  for (let length = Math.min(7, w.length); length > 1; length--) {
    const end = w.slice(-length);
    if (endings.has(end)) return end;
  }
  return "";
};

const replace = (w: string, end: string, endings: Map<string, string>): string => w.slice(0, w.length - end.length) + (endings.get(end) ?? "");
