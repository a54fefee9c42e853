import { scanPage } from '#documents';
import { must, type Target, textOf, utf8 } from '../target.ts';

const MAX_HINTS = 50;
/** So long is the page that an input is repeated to: what grows faster than the page does shows at this length. */
const LONG = 256 * 1024;

const count = (text: string): number => {
  const { links, data, images } = scanPage(text);
  return links.length + data.length + images.length;
};

/** The scan of a page: no page makes it throw or slow, and what stands in a text is no tag. */
export const html: Target = {
  name: 'html',
  ciInputs: 1_000,
  seeds: [
    '<!DOCTYPE html><html><head><title>a</title><link rel="alternate" type="application/vc" href="/b.json"></head></html>',
    '<script type="application/ld+json">{"type":["VerifiableCredential"],"x":"<b>"}</script><p>a',
    `<meta property="og:image" content="https://x.example/b.png?a=1&amp;b=&#x32;"><meta name='og:image' content=x/>`,
    '<!-- <link rel=alternate href=a> --><textarea><link rel=alternate href=a></textarea><LINK REL="x alternate" HREF=b>',
    '<style>a{}</style><a b=c d="e" f = \'g\' = h/><![CDATA[<link>]]></x y><?z?>İ<script type=json>',
  ].map(utf8),
  dictionary: [
    ...[
      '<link rel=alternate type="application/vc" href=',
      '<script type="application/json">',
      '</script>',
      '<!--',
      '-->',
    ],
    ...[
      '<meta property="og:image" content=',
      '<textarea>',
      '</textarea',
      '<template>',
      '</title>',
      '"',
      "'",
      '=',
      '/>',
      '>',
    ],
    ...['&amp;', '&#x110000;', '&#0;', '&#xD800;', '<!', '<?', '</', '<', '\u0000', '\u0130', '\f', ' a a=b a'],
  ],
  run(input) {
    const page = textOf(input);
    const { links, data, images } = scanPage(page);
    for (const list of [links, data, images]) must(list.length <= MAX_HINTS, 'more than it may keep');
    for (const { text } of data) must(page.includes(text), 'data that does not stand in the page');
    for (const { href } of links) must(href !== '' && href === href.trim(), 'a link without an address');
    for (const one of images) must(one !== '', 'a picture without an address');
    // Costs milliseconds: one in sixteen.
    if (page.length % 16 === 0) {
      const long = page.repeat(Math.ceil(LONG / Math.max(1, page.length)));
      scanPage(long);
      scanPage(`<link ${long}`);
    }
    // Elements that hold text, and comments, hide what is in them to their own end and no further.
    const lower = page.toLowerCase();
    for (const name of ['title', 'textarea', 'style', 'script', 'template']) {
      if (lower.includes(`</${name}`)) continue;
      must(count(`<${name}>${page}</${name}>`) === 0, `a tag in the text of ${name}`);
      const after = count(`<${name}>${page}</${name}><link rel=alternate href=x>`);
      must(after === 1, `what follows ${name} is not read`);
    }
    if (!page.includes('-->')) must(count(`<!-- ${page} -->`) === 0, 'a tag in a comment');
  },
};
