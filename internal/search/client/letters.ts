/** Whether a character is part of a word: a letter, a number or a mark. */
export const isWord = (character: string): boolean => /[\p{L}\p{N}\p{M}]/u.test(character);
