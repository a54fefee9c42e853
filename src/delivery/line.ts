/** Controls, direction marks, overrides and isolates, invisible characters, lone surrogates. */
const UNSEEN = /[\p{Cc}\p{Cs}\p{Cf}\u2028\u2029]+/gu;
/** What ends or opens an address in a header, or makes a name look like one. */
const ADDRESS_PARTS = /[<>"@,;:\\()[\]]+/g;
const SCRIPTS = [/\p{sc=Latin}/u, /\p{sc=Cyrillic}/u, /\p{sc=Greek}/u, /\p{sc=Armenian}/u, /\p{sc=Cherokee}/u];

/** One line of text for a header or a sentence, whatever somebody wrote into it. @param max in characters */
export function oneLine(text: string, max: number): string {
  const characters = [...text.replace(UNSEEN, ' ').replace(/\s+/gu, ' ').trim()];
  return characters.length > max ? `${characters.slice(0, max - 1).join('')}…` : characters.join('');
}

/**
 * A name to stand before an address as its sender: no address itself, and not letters of scripts that look alike mixed
 * within it.
 * @returns undefined when nothing of it can stand there
 */
export function senderName(text: string): string | undefined {
  const name = oneLine(text.replace(ADDRESS_PARTS, ' '), 60);
  const alike = SCRIPTS.filter((script) => script.test(name)).length;
  return name === '' || alike > 1 ? undefined : name;
}
