/**
 * Text that is already HTML. Only the `html` tag makes one, so a plain string can never reach a page unescaped;
 * a template engine whose fragments are strings would need a marker at every nesting, and one forgotten is a hole.
 */
export class Html {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export type Part = Html | string | number | undefined | null | false | readonly Part[];

const ESCAPES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
  '`': '&#96;',
};

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"'`]/g, (char) => ESCAPES[char]!);
}

/** Escapes every value except fragments; `undefined`, `null` and `false` leave nothing. */
export function html(strings: TemplateStringsArray, ...parts: Part[]): Html {
  let out = strings[0]!;
  parts.forEach((part, index) => {
    out += render(part) + strings[index + 1]!;
  });
  return new Html(out);
}

function render(part: Part): string {
  if (part instanceof Html) return part.text;
  if (Array.isArray(part)) return part.map(render).join('');
  if (part === undefined || part === null || part === false) return '';
  return escapeHtml(String(part));
}

/** Only absolute http and https addresses become links; anything else stays text. */
export function link(href: string | undefined, label: string): Html {
  const url = href ? URL.parse(href) : null;
  const web = url && (url.protocol === 'https:' || url.protocol === 'http:');
  return web ? html`<a href="${href}" rel="nofollow noopener ugc">${label}</a>` : html`${label}`;
}

/** Words with places: `{name}` becomes the value, escaped like any other; a place without a value is left empty. */
export function fill(words: string, values: Readonly<Record<string, Part>>): Html {
  const parts = words.split(/\{(\w+)\}/);
  return html`${parts.map((part, index) => (index % 2 === 0 ? part : values[part]))}`;
}
