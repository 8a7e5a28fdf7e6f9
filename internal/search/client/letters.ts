// Classes of characters for the analyser, as in ../analyse.go.

export const APOSTROPHES = "'’‘ʼʻ＇ʾʿ′´`׳״";

/** Whether a character is a number. */
export const isNumber = (character: string): boolean => /[\p{N}]/u.test(character);

/** Whether a character is part of a word: a letter, a number, a mark or a percent sign. */
export const isWord = (character: string): boolean => /[\p{L}\p{N}\p{M}%]/u.test(character) && !isApostrophe(character);

export const isApostrophe = (character: string): boolean => APOSTROPHES.includes(character) && character !== "";
