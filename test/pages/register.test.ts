import { describe, expect, it } from 'vitest';
import { type ChainReason, DIMENSIONS, IN_FORCE, type Standing } from '#accreditation';
import { renderInstitutionAccreditations, renderRegister, renderRegistry, type Site } from '#pages';
import { considered } from '../../src/pages/considered.ts';
import { lastDay } from '../../src/pages/register/dates.ts';
import { scopeInWords } from '../../src/pages/register/scope.ts';
import { chainReason } from '../../src/pages/words/chain-reasons.ts';
import { DIMENSION } from '../../src/pages/words/scope.ts';
import { MEANING, NOT_ACCREDITED, STANDING } from '../../src/pages/words/standing.ts';
import { registerViews } from './support-register.ts';

const site = (lang: 'en' | 'fil' = 'en'): Site => ({ lang, specimen: true, path: '/registry' });
const views = registerViews(
  (field) => `a ${field}`,
  () => 'https://tatak.example/',
);
const moment = { at: '2026-06-01T00:00:00Z', knownAt: '2026-06-01T00:00:00Z', asked: {} };
const texts = (page: string) => page.replace(/<[^>]*>/g, ' ').replace(/\s+/g, ' ');

describe('words', () => {
  it('say every standing, every dimension and every reason in both languages', () => {
    for (const standing of Object.keys(IN_FORCE) as Standing[]) {
      for (const text of [STANDING[standing], MEANING[standing]])
        expect(text.en && text.fil && text.en !== text.fil).toBe(true);
    }
    const parents = Object.keys(IN_FORCE).filter((one) => !IN_FORCE[one as Standing]);
    const reasons: string[] = [
      ...DIMENSIONS.map(({ reason }) => reason),
      ...parents,
      ...parents.map((one) => `parent_${one}`),
      ...(['verb', 'role', 'scope_empty', 'self_granted', 'loop', 'no_parent'] satisfies ChainReason[]),
    ];
    for (const reason of reasons) {
      const text = chainReason(reason);
      expect([reason, text?.en.endsWith('.'), text?.en !== text?.fil]).toEqual([reason, true, true]);
    }
    for (const { name, reason } of DIMENSIONS) {
      expect(chainReason(reason)!.fil.toLowerCase()).toContain(DIMENSION[name].fil.toLowerCase());
    }
    expect(chainReason('constructor')).toBeUndefined();
    expect(chainReason('scope_constructor')).toBeUndefined();
  });

  it('say the last day of a period that ends at midnight, and another end as an instant', () => {
    expect(texts(lastDay('2027-05-31T16:00:00Z', site()).text)).toContain('31 May 2027');
    expect(texts(lastDay('2027-05-31T16:00:01Z', site()).text)).toContain('Asia/Manila');
  });
});

describe('a scope', () => {
  it('is said in all its dimensions', () => {
    for (const lang of ['en', 'fil'] as const) {
      const text = texts(scopeInWords(views.grant('active').grant.scope, lang, {}).text);
      for (const { name } of DIMENSIONS) expect(text).toContain(DIMENSION[name][lang]);
      for (const value of ['a regulation', 'a unit19', 'a profession', 'a other', 'a sector', '5', '7'])
        expect(text).toContain(value);
    }
  });

  it('says that it limits no kind of award, or that it grants nothing', () => {
    expect(texts(scopeInWords([{ profession: ['Welder'] }], 'en', {}).text)).toContain('every kind of award');
    expect(texts(scopeInWords([], 'en', {}).text)).toContain('Nothing');
  });
});

describe('what is no accreditation', () => {
  const statements = (['endorse', 'list', 'approve'] as const).map((verb) => ({
    ...views.grant('active', verb),
    backed: true,
  }));
  const institution = { did: 'did:web:x', name: 'Specimen X', slug: 'specimen-x' };

  it.each(['en', 'fil'] as const)('never looks like one (%s)', (lang) => {
    const pages = [
      renderInstitutionAccreditations(site(lang), {
        institution,
        moment,
        grants: statements,
        successions: [],
        complete: true,
      }),
      renderRegister(site(lang), {
        authority: institution,
        backed: true,
        moment,
        grants: statements,
        continued: false,
        successions: [],
      }),
      renderRegistry(site(lang), { registers: [], search: { asked: {}, moment, grants: statements } }),
    ];
    for (const page of pages) {
      expect(page).not.toContain('tone-ok');
      expect(page).not.toContain('✓');
      expect(page).not.toContain('class="grant"');
      expect(page.split('class="grant other"').length).toBe(4);
      for (const text of Object.values(NOT_ACCREDITED)) expect(texts(page)).toContain(text[lang]);
    }
    expect(texts(pages[0]!)).toContain(
      lang === 'en' ? 'no register kept by this service shows' : 'walang rehistrong iniingatan',
    );
  });

  it('is not counted, nor is what stands on an authority that nobody vouches for', () => {
    const grants = [views.grant('active')];
    const shown = renderInstitutionAccreditations(site(), {
      institution,
      moment,
      grants,
      successions: [],
      complete: true,
    });
    expect(shown).not.toContain('banner tone-ok');
    expect(texts(shown)).toContain(
      'No register kept by this service shows that this authority was itself accredited then',
    );
    const backed = renderInstitutionAccreditations(site(), {
      ...{ institution, moment, successions: [], complete: true },
      grants: grants.map((one) => ({ ...one, backed: true })),
    });
    expect(backed).toContain('banner tone-ok');
  });
});

describe('the grants that a check looked at', () => {
  it('are said with the reason, and never as markup', () => {
    const evidence = {
      parties: [
        {
          role: 'Award',
          atAward: {
            matched: [{ grant: 'g1' }],
            rejected: [{ grant: '<script>', reason: 'scope_pqf_level', verb: 'accredit' }],
          },
        },
        { role: 'Assess', now: { matched: [], rejected: [{ grant: 'g3', reason: '<b>new', verb: 'endorse' }] } },
        'not a party',
      ],
    };
    const text = considered(evidence, 'en')!.text;
    expect(texts(text)).toContain(
      'On the award date · To award: Does not count . It does not cover this award: PQF level.',
    );
    expect(texts(text)).toContain('(Endorsement)');
    expect(text).not.toMatch(/<script|<b>/);
    expect(considered({ parties: 'x' }, 'en')).toBeUndefined();
  });
});
