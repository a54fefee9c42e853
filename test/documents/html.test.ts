import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { scanPage } from '#documents';

const NONE = { links: [], data: [], images: [] };

describe('what a page says of its other forms', () => {
  it('is read from links, data blocks and the preview picture', () => {
    const page = `<!doctype html><html><head><title>A <link rel="alternate" href="/no"> b</title>
<LINK REL="nofollow Alternate" TYPE="application/vc; charset=utf-8" HREF=' /c/1.json?a=1&amp;b=2&#x26;c=3 '>
<link rel=stylesheet href=/s.css><link rel=alternate type=application/json href=/c/2>
<meta property="og:image" content="https://x.example/b.png"/><meta name=description content=x>
<script type="application/ld+json">{"a":"</b><script>"}</script></head></html>`;
    expect(scanPage(page)).toEqual({
      links: [
        { type: 'application/vc', href: '/c/1.json?a=1&b=2&c=3' },
        { type: 'application/json', href: '/c/2' },
      ],
      data: [{ type: 'application/ld+json', text: '{"a":"</b><script>"}' }],
      images: ['https://x.example/b.png'],
    });
  });

  it.each([
    ['in a comment', '<!-- <link rel="alternate" href="/a"> -->'],
    ['in a comment not closed', '<!-- <link rel="alternate" href="/a">'],
    ['in a script', '<script>"<link rel=alternate href=/a>"</script>'],
    ['in a script not closed', '<script><link rel=alternate href=/a>'],
    ['in a text area', '<textarea><link rel=alternate href=/a></textarea>'],
    ['in an attribute', '<p title="<link rel=alternate href=/a>">'],
    ['without an address', '<link rel=alternate type=application/vc>'],
    ['with the address twice, empty first', '<link rel=alternate href="" href=/a>'],
    ['in letters that become two when made small', '<İlink rel=alternate href=/a>'],
    ['nothing', ''],
    ['a bracket', '<'],
    ['a tag cut short', '<link rel="alternate" href="/a'.slice(0, 20)],
  ])('is not found %s', (_, text) => {
    expect(scanPage(text)).toEqual(NONE);
  });

  it('is bounded: 100,000 links are 50, 100,000 attributes are passed over', () => {
    expect(scanPage('<link rel=alternate href=/a>'.repeat(100_000)).links).toHaveLength(50);
    const many = Array.from({ length: 100_000 }, (_, n) => `a${n}=1`).join(' ');
    expect(scanPage(`<link ${many} rel=alternate href=/a>`)).toEqual(NONE);
  });

  it('takes time that grows with the length only', () => {
    // Each would take hours if anything were searched twice: half a megabyte of what could begin something.
    const worst = ['<', '<a', '<!--', '<script>', '<a =', '<a "', '<a a="', '</', '<!', '&#x', '<link ', '<title>'];
    const started = performance.now();
    for (const one of worst) scanPage(one.repeat(524_288 / one.length));
    expect(performance.now() - started).toBeLessThan(10_000);
  });

  it('never throws (2,000 changed pages)', () => {
    const parts = [
      '<link',
      ' rel="alternate"',
      ' href=',
      '"/a"',
      "'",
      '>',
      '<script type="application/ld+json">',
      '{}',
      '</script>',
      '<!--',
      '-->',
      '<meta property=og:image content=/i>',
      '&amp;',
      '&#x110000;',
      '\0',
      'İ',
      '=',
      '/',
    ];
    fc.assert(
      fc.property(
        fc.array(fc.oneof(fc.constantFrom(...parts), fc.string({ maxLength: 3 })), { maxLength: 60 }),
        (all) => {
          const found = scanPage(all.join(''));
          for (const { href } of found.links) expect(href).not.toBe('');
          expect(found.links.length + found.data.length + found.images.length).toBeLessThanOrEqual(150);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});
