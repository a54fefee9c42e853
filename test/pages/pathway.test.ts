import { describe, expect, it } from 'vitest';
import { answerSentence, type PathwayPage, renderPathway } from '#pages';
import type { Holding, RuleNode } from '#pathways';
import { PATHWAY } from '../../src/pages/words/pathway.ts';
import { all, code, require_, rule } from '../pathways/support.ts';
import {
  ASSOCIATE,
  CERTIFICATE,
  held,
  NATIONAL_CERTIFICATE,
  pathwayPage,
  stackOf,
  WALLETS,
} from './support-pathway.ts';

const LANGS = ['en', 'fil'] as const;
const site = (lang: 'en' | 'fil') => ({ lang, specimen: true, path: '/pathways/x' });
const show = (lang: 'en' | 'fil', root: RuleNode, more: Partial<PathwayPage> = {}) =>
  renderPathway(site(lang), pathwayPage(root, more));
const withBadges = (
  lang: 'en' | 'fil',
  root: RuleNode,
  holdings: readonly Holding[],
  more: Partial<PathwayPage> = {},
) => show(lang, root, { stack: stackOf(root, holdings), ...more });
const count = (text: string, part: string) => text.split(part).length - 1;
const words = (text: string) => text.split(/\s+/).length;
const drawing = (text: string) =>
  text.slice(
    text.indexOf('<section class="stack"'),
    text.indexOf('</section>', text.indexOf('<section class="stack"')),
  );
const section = (text: string, title: string) => {
  const from = text.indexOf(`<h2>${title}</h2>`);
  return from < 0 ? '' : text.slice(from, text.indexOf('<h2', from + 4));
};

const REAL = [
  ['Graduate Certificate', CERTIFICATE, WALLETS.gcde, 5],
  ['Computer Systems Servicing NC II', NATIONAL_CERTIFICATE, WALLETS.css, 4],
  ['Customer Experience Associate', ASSOCIATE, WALLETS.cx, 6],
] as const;

describe.each(REAL)('%s', (_name, root, wallet, bricks) => {
  it.each(LANGS)('is drawn without badges, in %s', (lang) => {
    const text = drawing(show(lang, root));
    expect(count(text, '<li class="brick plain">')).toBe(bricks);
    expect(text).not.toContain('class="dot');
    expect(text).toContain(PATHWAY.allOf[lang]);
    expect(text).toContain(PATHWAY.filter[lang]);
    // Every node says whether it binds, whether it is published, and leads to its source.
    const feet = [...text.matchAll(/<p class="foot">(.*?)<\/p>/g)].map(([, foot]) => foot!);
    expect(feet.length).toBe(count(text, '<li class="box ') + count(text, '<li class="rule'));
    for (const foot of feet) expect(foot).toMatch(/ · .* · <a href="#source-\d+"/);
  });

  it.each(LANGS)('is filled by the badges that meet it, in %s', (lang) => {
    const text = withBadges(lang, root, wallet);
    expect(text).toMatch(/<section class="banner tone-ok"/);
    for (const { name } of wallet) expect(drawing(text)).toContain(`>${name}</a>`);
    expect(drawing(text)).not.toContain(PATHWAY.missing[lang]);
    expect(section(text, PATHWAY.stillMissing[lang])).toBe('');
  });

  it.each(LANGS)('shows a part as in progress and names what is missing, in %s', (lang) => {
    const some = wallet.slice(0, Math.ceil(wallet.length / 2));
    const text = withBadges(lang, root, some);
    expect(text).toMatch(/<section class="banner tone-warn"/);
    for (const key of ['progress', 'missing'] as const) expect(drawing(text)).toContain(`</span>${PATHWAY[key][lang]}`);
    expect(count(section(text, PATHWAY.stillMissing[lang]), '<li>')).toBeGreaterThan(1);
  });
});

describe('the answer', () => {
  it.each(LANGS)('stands first, in one sentence of at most 25 words, in %s', (lang) => {
    for (const [, root, wallet] of REAL) {
      for (const holdings of [[held('other')], wallet.slice(1), wallet]) {
        const stack = stackOf(root, holdings);
        for (const outcome of ['met', 'unmet', 'pending', 'undecided', 'undetermined'] as const) {
          const sentence = answerSentence({ ...stack, outcome }, lang);
          expect(words(sentence), sentence).toBeLessThanOrEqual(25);
          expect(sentence.match(/[.!?]/g), sentence).toHaveLength(1);
          expect(sentence).toMatch(/^Specimen: /);
        }
        const text = withBadges(lang, root, holdings);
        expect(text.indexOf('<h1>')).toBeLessThan(text.indexOf('class="stack"'));
        expect(text).toContain(`<h1>${answerSentence(stack, lang)}</h1>`);
      }
    }
  });

  it('counts what is missing and the badges that count', () => {
    const stack = stackOf(NATIONAL_CERTIFICATE, [...WALLETS.css.slice(0, 3), held('other')]);
    expect(answerSentence(stack, 'en')).toBe(
      'Specimen: not met yet: 3 of 4 badges count, and one thing is still missing.',
    );
  });

  it('says that nothing was decided when something could not be found out', () => {
    const waits = WALLETS.css.map((one, at) => (at === 0 ? { ...one, state: 'unknown' as const } : one));
    const text = withBadges('en', NATIONAL_CERTIFICATE, waits);
    expect(text).toContain('<h1>Specimen: not decided yet:');
    expect(drawing(text)).toContain(`</span>${PATHWAY.waiting.en}`);
    expect(section(text, PATHWAY.waitsFor.en)).toContain('Whether it was revoked could not be found out.');
  });

  it('says that a pathway was not in effect, and draws it all the same when it could not be relied on', () => {
    const stack = stackOf(NATIONAL_CERTIFICATE, WALLETS.css);
    const late = { ...stack, pathway: { ...stack.pathway, inEffect: false } };
    expect(show('en', NATIONAL_CERTIFICATE, { stack: late })).toContain(PATHWAY.notInEffect.en);
    const { evaluation: _none, ...unread } = { ...stack, outcome: 'undetermined' as const };
    const text = show('en', NATIONAL_CERTIFICATE, { stack: unread });
    expect(text).toContain('nothing was evaluated');
    expect(count(text, '<li class="brick plain">')).toBe(4);
  });
});

describe('what does not serve', () => {
  const [first, ...rest] = WALLETS.css;
  const copy = { ...first!, id: 'urn:copy', awardId: 'urn:copy', name: 'Second COC 1' };
  const revoked = {
    ...first!,
    id: 'urn:revoked',
    awardId: 'urn:revoked',
    name: 'Revoked COC',
    state: 'revoked' as const,
  };
  const text = withBadges('en', NATIONAL_CERTIFICATE, [first!, ...rest, copy, revoked, held('stranger')]);

  it('is listed with exactly why', () => {
    expect(section(text, PATHWAY.notCounted.en)).toContain('It was revoked. <span class="code">revoked</span>');
    expect(section(text, PATHWAY.notCounted.en)).toContain('This pathway does not ask for it.');
    expect(section(text, PATHWAY.surplus.en)).toContain('same_achievement');
  });

  it('includes a badge that is not genuine, of which nothing is repeated', () => {
    const stack = stackOf(NATIONAL_CERTIFICATE, WALLETS.css);
    const broken = { en: 'The proof does not hold.', fil: 'Hindi totoo ang patunay.' };
    const credentials = [
      ...stack.credentials,
      { index: 4, verdict: 'invalid' as const, recognition: 'not_shown' as const, sentence: broken, evaluated: false },
    ];
    const page = show('en', NATIONAL_CERTIFICATE, { stack: { ...stack, credentials } });
    expect(section(page, PATHWAY.notCounted.en)).toContain('Badge 5</strong>');
    expect(section(page, PATHWAY.notCounted.en)).toContain(broken.en);
  });
});

describe('boxes', () => {
  const slots = ['A', 'B', 'C'].map((name) => require_(name, code(name)));

  it('tell a choice from a whole, and join their parts by a word', () => {
    const root = all(
      'root',
      rule('anyOf', 'any', { children: slots.slice(0, 2) }),
      rule('nOf', 'some', { n: 1, children: slots.slice(2) }),
    );
    const text = show('en', root);
    expect(text).toContain('<li class="box frame anyOf wide">\n<p class="tab">Any one of these</p>');
    expect(text).toContain('<span class="join">or</span> This one');
    expect(text).toContain('<span class="join">and</span> At least 1 of these 1');
  });

  it('show an alternative that was not needed, and an optional one that is empty', () => {
    const optional = rule('chooseN', 'optional', { min: 0, max: 2, items: [code('X')] });
    const root = all('root', rule('anyOf', 'any', { children: slots.slice(0, 2) }), optional);
    const text = drawing(withBadges('en', root, [held('a', { competencies: ['A'] })]));
    expect(count(text, `</span>${PATHWAY.notTaken.en}`)).toBe(1);
    expect(count(text, `</span>${PATHWAY.optionalEmpty.en}`)).toBe(1);
  });

  it('ask for nothing under a `not`: what is not held there is not missing', () => {
    const root = all('root', slots[0]!, rule('not', 'no', { children: [slots[1]!] }));
    const clean = drawing(withBadges('en', root, [held('a', { competencies: ['A'] })]));
    expect(clean).not.toContain(PATHWAY.missing.en);
    const both = ['A', 'B'].map((name) => held(name, { competencies: [name] }));
    expect(drawing(withBadges('en', root, both))).toContain(PATHWAY.against.en);
  });

  it('link a badge to its report only where it has an address', () => {
    const text = drawing(withBadges('en', slots[0]!, [held('a', { id: 'urn:uuid:1', competencies: ['A'] })]));
    expect(text).toContain('<span>A <span class="from">from Specimen Open University');
    expect(text).not.toContain('/verify?url=urn');
  });

  it('name the decision by which a badge stands for something else', () => {
    const stack = stackOf(NATIONAL_CERTIFICATE, WALLETS.css);
    const placements = stack.evaluation!.placements.map((one, at) =>
      at === 0 ? { ...one, guise: 'urn:decision:9' } : one,
    );
    const text = show('en', NATIONAL_CERTIFICATE, {
      stack: { ...stack, evaluation: { ...stack.evaluation!, placements } },
    });
    expect(count(text, PATHWAY.byDecision.en)).toBe(2);
    expect(text).toContain('<span class="code">urn:decision:9</span>');
  });

  it('draw sixty nodes, each once, and as many entries in words', () => {
    const groups = Array.from({ length: 6 }, (_, group) =>
      all(`g${group}`, ...Array.from({ length: 9 }, (_, at) => require_(`s${group}-${at}`, code(`U-${group}-${at}`)))),
    );
    const text = show('en', all('root', ...groups));
    expect(count(text, '<li class="box ')).toBe(61);
    expect(count(text.slice(text.indexOf('class="outline"')), '<div class="foot">')).toBe(61);
    expect(text.length).toBeLessThan(80 * 1024);
  });
});

it('gives a permanent link with every address, the day and the language', () => {
  const addresses = ['https://a.example/1?x=1&y=2', 'https://a.example/2'];
  const text = withBadges('fil', NATIONAL_CERTIFICATE, WALLETS.css, {
    addresses,
    form: { date: '2026-06-30' },
    askedVersion: '2',
  });
  const query = /href="(\/pathways\/[^"]*credential=[^"]*)"/.exec(text)![1]!.replaceAll('&amp;', '&');
  const found = new URL(query, 'https://x.example').searchParams;
  expect(found.getAll('credential')).toEqual(addresses);
  expect([found.get('date'), found.get('version'), found.get('lang')]).toEqual(['2026-06-30', '2', 'fil']);
});
