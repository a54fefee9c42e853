/**
 * Strings that make a backtracking engine work as hard as it can on one regular expression: what leads to each quantifier
 * without an end, what it repeats so often, and something that does not match after it.
 */
export function attacksOn(source: string, flags: string, length: number): string[] {
  const tree = parse(source, flags);
  const attacks = new Set<string>();
  for (const { before, unit } of pumps(tree, '')) {
    const pumped = unit.repeat(Math.ceil(length / unit.length));
    for (const after of ['\u0000', 'x', `${unit}!`]) attacks.add(before + pumped + after);
    // And without what leads there: a search begins at every character.
    attacks.add(`${pumped}\u0000`);
  }
  return [...attacks];
}

type Node =
  | { kind: 'text'; options: string[] }
  | { kind: 'nothing' }
  | { kind: 'all'; parts: Node[] }
  | { kind: 'one'; of: Node[] }
  | { kind: 'repeat'; of: Node; least: number; most: number };

const UNIVERSE = [
  ...Array.from({ length: 95 }, (_, at) => String.fromCharCode(32 + at)),
  ...['\t', '\n', '\r', '\u0000', '\u00e9', '\u0301', '\u200b', '\u2028', '\u202e', '\ud83d\ude00', '\u4e00', '\ue000'],
];

/** A few characters that one class or escape matches: the first, one in the middle, the last. */
function matching(atom: string, flags: string): string[] {
  const one = new RegExp(`^(?:${atom})$`, flags.replace(/[gy]/g, ''));
  const found = UNIVERSE.filter((char) => one.test(char));
  return [...new Set([found[0], found[Math.floor(found.length / 2)], found.at(-1)])].filter((c) => c !== undefined);
}

function parse(source: string, flags: string): Node {
  let at = 0;
  const alternatives = (): Node => {
    const of: Node[] = [sequence()];
    while (source[at] === '|') {
      at++;
      of.push(sequence());
    }
    return of.length === 1 ? of[0]! : { kind: 'one', of };
  };
  const sequence = (): Node => {
    const parts: Node[] = [];
    while (at < source.length && source[at] !== '|' && source[at] !== ')') parts.push(quantified(atom()));
    return { kind: 'all', parts };
  };
  const quantified = (of: Node): Node => {
    const [text = '', mark, least, comma, most] = /^(?:([*+?])|\{(\d+)(,?)(\d*)\})\??/.exec(source.slice(at)) ?? [];
    if (text === '') return of;
    at += text.length;
    if (mark) return { kind: 'repeat', of, least: mark === '+' ? 1 : 0, most: mark === '?' ? 1 : Infinity };
    return { kind: 'repeat', of, least: Number(least), most: most ? Number(most) : comma ? Infinity : Number(least) };
  };
  const group = (): Node => {
    const [open] = /^\((?:\?(?:[:=!]|<[=!]|<\w+>|[a-z-]+:))?/.exec(source.slice(at))!;
    at += open.length;
    const inside = alternatives();
    at++;
    // What is looked at and not taken; its own quantifiers are tried where it stands.
    return /[=!]$/.test(open) ? { kind: 'repeat', of: inside, least: 0, most: 1 } : inside;
  };
  const atom = (): Node => {
    const rest = source.slice(at);
    if (rest[0] === '(') return group();
    const [text] =
      /^(?:\[(?:\\.|[^\]\\])*\]|\\[pP]\{[^}]*\}|\\u\{[^}]*\}|\\u[\da-fA-F]{4}|\\x[\da-fA-F]{2}|\\k<\w+>|\\.|[\s\S])/u.exec(
        rest,
      )!;
    at += text.length;
    if (/^(?:[$^]|\\[bB]|\\\d|\\k<.*>)$/.test(text)) return { kind: 'nothing' };
    return { kind: 'text', options: matching(text, flags) };
  };
  return alternatives();
}

/** The shortest text that it matches, in a few spellings. */
function samples(node: Node): string[] {
  switch (node.kind) {
    case 'text':
      return node.options;
    case 'nothing':
      return [''];
    case 'one':
      return node.of.flatMap(samples).slice(0, 6);
    case 'repeat':
      return samples(node.of).map((text) => text.repeat(node.least));
    case 'all':
      return spellings(node.parts);
  }
}

function spellings(parts: readonly Node[]): string[] {
  const options = parts.map(samples);
  const longest = Math.max(1, ...options.map(({ length }) => length));
  return Array.from({ length: Math.min(3, longest) }, (_, which) =>
    options.map((texts) => texts[which % texts.length] ?? '').join(''),
  );
}

/** Every quantifier that may repeat a hundred times and more, with a text that leads to it. */
function* pumps(node: Node, before: string): Generator<{ before: string; unit: string }> {
  if (node.kind === 'one') for (const one of node.of) yield* pumps(one, before);
  if (node.kind === 'all') {
    let lead = before;
    for (const part of node.parts) {
      yield* pumps(part, lead);
      lead += samples(part)[0] ?? '';
    }
  }
  if (node.kind === 'repeat') {
    yield* pumps(node.of, before);
    const once = node.of.kind === 'repeat' ? [] : samples(node.of);
    const more = insides(node.of);
    if (node.most >= 100) for (const unit of new Set([...once, ...more])) if (unit !== '') yield { before, unit };
  }
}

/** Once, with everything in it that may be left out. */
function insides(node: Node): string[] {
  const full = (one: Node): string => {
    if (one.kind === 'repeat') return full(one.of).repeat(Math.max(1, one.least));
    if (one.kind === 'all') return one.parts.map(full).join('');
    if (one.kind === 'one') return full(one.of[0]!);
    return samples(one)[0] ?? '';
  };
  return [full(node)];
}
