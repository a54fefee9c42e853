/**
 * A second reader of badges in pictures, written from the standards alone and sharing nothing with the first: it goes by the
 * lengths in the file and by plain expressions, and inflates and parses nothing. Undefined unless there is exactly one badge.
 */
const KEY = 'openbadgecredential';

export function secondPng(bytes: Buffer): string | undefined {
  const texts: string[] = [];
  for (let at = 8; at + 12 <= bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    const data = bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at));
    const kind = bytes.toString('latin1', at + 4, at + 8);
    const [keyword] = data.toString('latin1').split('\0', 1);
    if (!/^[itz](?:TXt|EXt)$/.test(kind) || keyword !== KEY) continue;
    if (kind !== 'iTXt' || data[KEY.length + 1] !== 0) return undefined;
    const parts = data
      .subarray(KEY.length + 3)
      .toString('latin1')
      .split('\0');
    texts.push(Buffer.from(parts.slice(2).join('\0'), 'latin1').toString('utf8').trim());
  }
  return texts.length === 1 && texts[0] !== '' ? texts[0] : undefined;
}

/** Of a drawing that uses our own prefix. */
export function secondSvg(text: string): string | undefined {
  const bare = text.replaceAll(/<!--[\s\S]*?-->/g, '');
  const found = [
    ...bare.matchAll(/<openbadges:credential((?:\s[^>]*)?)>((?:<!\[CDATA\[[\s\S]*?\]\]>)*)<\/openbadges:credential>/g),
  ];
  if (found.length !== 1) return undefined;
  const [, attributes = '', body = ''] = found[0]!;
  const token = /\sverify="([^"]*)"/.exec(attributes)?.[1];
  return token ?? [...body.matchAll(/<!\[CDATA\[([\s\S]*?)\]\]>/g)].map(([, part]) => part).join('');
}
