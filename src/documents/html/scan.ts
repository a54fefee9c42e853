/** What a page says about other forms of itself. Addresses are as written. */
export interface PageHints {
  /** `<link rel="alternate" type href>`. */
  links: { type: string; href: string }[];
  /** `<script type>` that is data, not code. */
  data: { type: string; text: string }[];
  /** `<meta property="og:image" content>`. */
  images: string[];
}

const MAX_HINTS = 50;
const MAX_ATTRIBUTES = 50;
/** Elements whose content is text up to their own end tag (HTML 13.2.5.1): a tag in there is no tag. */
const RAW = new Set(['script', 'style', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes', 'template']);
const SPACE = ' \t\n\f\r';

/**
 * Finds links, data blocks and the preview picture of a page in one pass over its text: no tree, no entities but in
 * attributes, nothing run. Whatever is no tag is passed over; time grows with the length of the text and nothing else.
 */
export function scanPage(text: string): PageHints {
  const hints: PageHints = { links: [], data: [], images: [] };
  // Of ASCII only: other letters may become two, and places would no longer agree.
  const lower = text.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
  let at = 0;
  for (;;) {
    at = text.indexOf('<', at);
    if (at < 0) return hints;
    if (text.startsWith('<!--', at)) {
      at = after(text, '-->', at + 4);
    } else if (/[a-z]/.test(lower[at + 1] ?? '')) {
      const tag = readTag(text, lower, at + 1);
      at = tag.end;
      const close = RAW.has(tag.name) ? lower.indexOf(`</${tag.name}`, at) : at;
      const body = RAW.has(tag.name) ? text.slice(at, close < 0 ? text.length : close) : '';
      note(hints, tag, body);
      at = close < 0 ? text.length : close + (RAW.has(tag.name) ? 2 : 0);
    } else {
      at = /[!?/]/.test(text[at + 1] ?? '') ? after(text, '>', at + 1) : at + 1;
    }
  }
}

const after = (text: string, end: string, from: number): number => {
  const found = text.indexOf(end, from);
  return found < 0 ? text.length : found + end.length;
};

interface Tag {
  name: string;
  attributes: Map<string, string>;
  /** Behind its `>`. */
  end: number;
}

function readTag(text: string, lower: string, from: number): Tag {
  let at = from;
  const until = (stops: string) => {
    const start = at;
    while (at < text.length && !stops.includes(text[at]!)) at++;
    return start;
  };
  const name = lower.slice(until(`${SPACE}/>`), at);
  const attributes = new Map<string, string>();
  for (;;) {
    while (at < text.length && (SPACE.includes(text[at]!) || text[at] === '/')) at++;
    if (at >= text.length || text[at] === '>') return { name, attributes, end: Math.min(at + 1, text.length) };
    // An attribute may begin with `=`; it is then its name's first letter.
    const start = at++;
    until(`${SPACE}/>=`);
    const key = lower.slice(start, at);
    while (at < text.length && SPACE.includes(text[at]!)) at++;
    let value = '';
    if (text[at] === '=') {
      at++;
      while (at < text.length && SPACE.includes(text[at]!)) at++;
      const quote = text[at] === '"' || text[at] === "'" ? text[at]! : undefined;
      if (quote) at++;
      const begin = until(quote ?? `${SPACE}>`);
      value = text.slice(begin, at);
      if (quote) at++;
    }
    // Of two with one name the first counts (HTML 13.2.5.33).
    if (attributes.size < MAX_ATTRIBUTES && !attributes.has(key)) attributes.set(key, plain(value));
  }
}

function note(hints: PageHints, { name, attributes }: Tag, body: string): void {
  const type = (attributes.get('type') ?? '').split(';')[0]!.trim().toLowerCase();
  if (name === 'link' && hints.links.length < MAX_HINTS) {
    const href = attributes.get('href')?.trim();
    const alternate = /(?:^|\s)alternate(?:\s|$)/i.test(attributes.get('rel') ?? '');
    if (alternate && href) hints.links.push({ type, href });
  }
  if (name === 'script' && type.endsWith('json') && hints.data.length < MAX_HINTS)
    hints.data.push({ type, text: body });
  if (name === 'meta' && hints.images.length < MAX_HINTS) {
    const property = (attributes.get('property') ?? attributes.get('name') ?? '').toLowerCase();
    const content = attributes.get('content')?.trim();
    if (property === 'og:image' && content) hints.images.push(content);
  }
}

const NAMED: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** The references an address may hold. */
function plain(value: string): string {
  return value.replace(/&(?:#x([0-9a-f]{1,6})|#([0-9]{1,7})|(amp|lt|gt|quot|apos));/gi, (whole, hex, digits, name) => {
    if (name) return NAMED[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number(digits);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
