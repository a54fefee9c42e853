import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DecidingWorld, decidingWorld, type Shown, TODAY } from './support/world.ts';

interface Refused {
  type: string;
  pointer?: string;
  errors?: { pointer: string }[];
}

let on: DecidingWorld;
beforeAll(async () => {
  on = await decidingWorld();
}, 60_000);
afterAll(() => on.service.close());

const draftAs = (body: unknown, key?: string) => on.post<Shown & Refused>('/v1/equivalences', body, key);
const decide = (id: string, revision: number, key?: string) =>
  on.post<Shown & Refused>(`/v1/equivalences/${id}/decision`, { revision }, key);
const event = (id: string, body: object) => on.post<Shown & Refused>(`/v1/equivalences/${id}/events`, body);
const put = (id: string, revision: number, body: unknown, key = on.university.key) =>
  on.service.call<Shown & Refused>('PUT', `/v1/equivalences/${id}?revision=${revision}`, { key, body });
const read = async (id: string, key = on.university.key) =>
  on.service.call<Shown & Refused>('GET', `/v1/equivalences/${id}`, { key });
const page = (id: string, query = '') =>
  on.service.call('GET', `/equivalences/${id}${query}`, { headers: { accept: 'text/html' } });
const pointers = ({ body }: { body: Refused }) => (body.errors ?? []).map(({ pointer }) => pointer);

describe('a draft', () => {
  it('is nobody else’s to see, is edited as a whole, and signs nothing', async () => {
    const made = await draftAs({ from: { achievement: on.micro }, to: { mode: 'unspecified' } });
    expect([made.status, made.body.state, made.body.standing, made.body.revision]).toEqual([201, 'draft', 'draft', 1]);
    const { id } = made.body;
    for (const path of [`/equivalences/${id}`, `/equivalences/${id}.json`]) {
      expect((await on.service.call('GET', path)).status).toBe(404);
    }
    expect((await read(id, on.college.key)).status).toBe(404);
    const edited = await put(id, 1, on.input());
    expect([edited.status, edited.body.revision, edited.body.decision]).toEqual([200, 2, on.input()]);
    expect((await read(id)).body.credential).toBeUndefined();
    expect((await put(id, 2, on.input(), on.college.key)).status).toBe(404);
  });

  it('is not lost to somebody who read an earlier one', async () => {
    const { id } = await on.draft();
    expect((await put(id, 1, on.input({ cap: '6' }))).status).toBe(200);
    const late = await put(id, 1, on.input({ cap: '9' }));
    expect([late.status, late.body.pointer]).toEqual([409, '/revision']);
    expect((await decide(id, 1)).status).toBe(409);
    expect((await read(id)).body.decision.cap).toBe('6');
    const both = await Promise.all([put(id, 2, on.input({ cap: '12' })), put(id, 2, on.input({ cap: '15' }))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
  });

  it('needs a key of an issuer or authority to write, and of its own institution to read', async () => {
    expect((await draftAs(on.input(), on.university.auditor)).status).toBe(403);
    const { id } = await on.draft();
    expect((await read(id, on.university.auditor)).status).toBe(200);
    expect((await decide(id, 1, on.university.auditor)).status).toBe(403);
    expect((await decide(id, 1, on.college.key)).status).toBe(404);
  });
});

describe('a decision', () => {
  it('is signed by the institution, says all of it, and is never edited', async () => {
    const decided = await on.decide({ cap: '6', decisionDate: '2026-06-01', validUntil: '2027-12-31' });
    const { credential, id, url } = decided;
    expect(decided).toMatchObject({ state: 'decided', standing: 'in_force', edition: 1, validUntil: '2027-12-31' });
    expect(credential).toMatchObject({
      id: `${url}?edition=1`,
      issuer: on.university.did,
      type: ['VerifiableCredential', 'PhEquivalenceCredential'],
      credentialSubject: {
        ...{ id: url, decidedBy: on.university.did, decisionDate: '2026-06-01', mode: 'Specified', cap: '6' },
        ...{ inForceFrom: '2026-01-01', inForceUntil: '2027-12-31', realism: 'Illustrative' },
        credit: { system: 'HE-UNIT-16', value: '3' },
        panel: { name: 'Credit Transfer Panel' },
        legalInstrument: [{ kind: 'JMC', series: '2023' }],
        appealUntil: '2026-12-31',
      },
    });
    expect((await put(id, 1, on.input())).status).toBe(409);
    expect((await decide(id, 1)).status).toBe(409);
    const stored = await on.service.call<object>('GET', `${url}.json`);
    expect(stored.body).toEqual(credential);
  });

  it('is found in the list of its institution, by state', async () => {
    const { id } = await on.decide();
    const list = async (query: string, key = on.university.key) =>
      (await on.service.call<{ items: Shown[] }>('GET', `/v1/equivalences?limit=200${query}`, { key })).body.items;
    expect((await list('&state=decided')).map((one) => one.id)).toContain(id);
    expect((await list('&state=draft')).map((one) => one.id)).not.toContain(id);
    expect(await list('', on.college.key)).toEqual([]);
  });

  it.each([
    ['without credit', { credit: undefined }, ['/credit']],
    ['without a first day', { validFrom: undefined }, ['/validFrom']],
    ['without matched outcomes', { outcomeMatching: undefined }, ['/outcomeMatching']],
    ['that says nothing of appeals', { appeal: undefined }, ['/appeal']],
    [
      'with an outcome that is unmatched and not explained',
      {
        outcomeMatching: [
          { from: 'A', to: 'B', match: 'full' as const },
          { from: 'C', match: 'none' as const },
        ],
      },
      ['/outcomeMatching/1/note'],
    ],
    [
      'that matches nothing at all',
      { outcomeMatching: [{ from: 'A', match: 'none' as const, note: 'Not taught.' }] },
      ['/outcomeMatching'],
    ],
    ['of a day to come', { decisionDate: '2026-06-16' }, ['/decisionDate']],
    ['whose appeals are over', { appeal: { how: 'Write.', until: '2026-06-14' } }, ['/appeal/until']],
    ['in place of nothing', { supersedes: 'https://elsewhere.example/equivalences/1' }, ['/supersedes']],
  ])('is refused %s, and nothing is signed', async (_, more, expected) => {
    const { id } = await on.draft(more as never);
    const refused = await decide(id, 1);
    expect([refused.status, pointers(refused)]).toEqual([400, expected]);
    expect((await on.service.call('GET', `/equivalences/${id}.json`)).status).toBe(404);
    expect((await read(id)).body.state).toBe('draft');
  });

  it.each([
    ['/cap', { cap: '2.9' }],
    ['/cap', { credit: undefined, cap: '3' }],
    ['/validUntil', { validUntil: '2025-12-31' }],
    ['/validFrom', { validFrom: undefined, validUntil: '2026-12-31' }],
    ['/validFrom', { validFrom: '2026-02-30' }],
    ['/credit/system', { credit: { system: 'UNITS', value: '3' } }],
    ['/credit/system', { credit: { system: 'NONE', value: '3' } }],
    ['/credit/value', { credit: { system: 'ECTS', value: '0' } }],
    ['/credit/value', { credit: { system: 'ECTS', value: '3e1' } }],
    ['/to/mode', { to: { mode: 'partial' } }],
    ['/to/achievement', { to: { mode: 'specified' } }],
    ['/to/category', { to: { mode: 'specified', achievement: 'urn:a:1', category: 'x' } }],
    ['/to/achievements', { to: { mode: 'block', achievements: [] } }],
    ['/to/achievements', { to: { mode: 'block', achievements: ['urn:a:1', 'urn:a:1'] } }],
    ['/category', { to: { mode: 'unspecified' }, category: 'Elective' }],
    ['/from/achievement', { from: { achievement: 'not an address' } }],
    ['/from/version', { from: { achievement: 'urn:a:1', version: ['1', '1'] } }],
    ['/outcomeMatching/0/to', { outcomeMatching: [{ from: 'A', match: 'full' }] }],
    ['/outcomeMatching', { outcomeMatching: [0, 0].map(() => ({ from: 'A', to: 'B', match: 'full' })) }],
    ['/outcomeMatching/1', { outcomeMatching: ['full', 'partial'].map((match) => ({ from: 'A', to: 'B', match })) }],
    ['/evidence/0/url', { evidence: [{ name: 'Syllabus' }] }],
    ['/evidence/1', { evidence: ['A', 'B'].map((name) => ({ name, url: 'https://x.example/1' })) }],
    ['/evidence/0/url', { evidence: [{ name: 'A', url: 'javascript:alert(1)' }] }],
    ['/panel/members', { panel: { name: 'P', members: [] } }],
    ['/legalInstrument/0/kind', { legalInstrument: [{ kind: 'Memo' }] }],
    ['/decidedBy', { decidedBy: 'did:web:elsewhere.example' }],
  ])('cannot be drafted with a bad %s', async (pointer, more) => {
    const refused = await draftAs({ ...on.input(), ...more });
    expect(refused.status).toBe(400);
    expect(pointers(refused)).toContain(pointer);
  });

  it('of an achievement as itself is refused', async () => {
    for (const [to, pointer] of [
      [{ mode: 'specified', achievement: on.micro, version: '2' }, '/to/achievement'],
      [{ mode: 'block', achievements: [on.course, on.micro] }, '/to/achievements/1'],
    ] as const) {
      const refused = await draftAs({ ...on.input(), to });
      expect([refused.status, pointers(refused)]).toEqual([400, [pointer]]);
    }
  });
});

describe('an end', () => {
  it('is another edition with a last day; nothing follows it', async () => {
    const { id, url } = await on.decide();
    const ended = await event(id, { type: 'withdrawn', validUntil: '2026-09-30', reason: 'The course was revised' });
    expect(ended.status).toBe(201);
    expect(ended.body).toMatchObject({ state: 'withdrawn', standing: 'in_force', validUntil: '2026-09-30' });
    const { credentialSubject } = (await on.service.call<Shown['credential']>('GET', `${url}.json`)).body!;
    expect(credentialSubject).toMatchObject({ edition: 2, inForceUntil: '2026-09-30', ending: 'Withdrawn' });
    expect((await event(id, { type: 'withdrawn', reason: 'Again' })).status).toBe(409);
    on.on('2026-10-01');
    expect((await read(id)).body.standing).toBe('withdrawn');
    on.on(TODAY);
  });

  it('only comes nearer, and never before the beginning', async () => {
    const { id } = await on.decide({ validUntil: '2026-12-31' });
    for (const validUntil of ['2027-01-01', '2025-12-30', '2026-02-30']) {
      const refused = await event(id, { type: 'withdrawn', validUntil, reason: 'Revised' });
      expect([refused.status, refused.body.pointer]).toEqual([400, '/validUntil']);
    }
    const never = await event(id, { type: 'withdrawn', validUntil: '2025-12-31', reason: 'Decided in error' });
    expect([never.status, never.body.validUntil]).toEqual([201, '2025-12-31']);
    const { body } = await on.post<Shown>('/v1/equivalences', on.input({ validFrom: '2026-07-01' }));
    await decide(body.id, 1);
    expect((await event(body.id, { type: 'withdrawn', reason: 'Too early' })).body.validUntil).toBe('2026-06-30');
  });

  it('comes with the decision that takes its place, in one commit', async () => {
    const earlier = await on.decide();
    const later = await on.decide({ supersedes: earlier.url, validFrom: '2026-07-01' });
    const shown = (await read(earlier.id)).body;
    expect(shown).toMatchObject({ state: 'superseded', standing: 'in_force', validUntil: '2026-06-30' });
    const { body } = await on.service.call<Shown['credential']>('GET', `${earlier.url}.json`);
    expect(body!.credentialSubject).toMatchObject({ ending: 'Superseded', supersededBy: later.url });
    const about = await on.draft({ supersedes: later.url, from: { achievement: 'urn:other:1' } });
    expect(pointers(await decide(about.id, 1))).toEqual(['/supersedes']);
    const before = await on.draft({ supersedes: later.url, validFrom: '2026-06-30' });
    expect(pointers(await decide(before.id, 1))).toEqual(['/validFrom']);
  });

  it('follows an appeal that overturns; another confirms', async () => {
    const { id, url } = await on.decide();
    for (const type of ['confirmed', 'overturned']) {
      expect((await event(id, { type, reason: 'Nobody appealed' })).status).toBe(409);
    }
    const appealed = await event(id, { type: 'appealed', receivedOn: '2026-06-10', reason: 'Amihan Santos disagrees' });
    expect([appealed.status, appealed.body.appealOpen, appealed.body.standing]).toEqual([201, true, 'in_force']);
    expect((await event(id, { type: 'appealed', reason: 'Twice' })).status).toBe(409);
    const shown = (await page(id)).text;
    expect(shown).toContain('An appeal waits for its outcome');
    expect(shown).not.toContain('Amihan');
    expect((await event(id, { type: 'confirmed', reason: 'The matching holds' })).body.appealOpen).toBe(false);
    await event(id, { type: 'appealed', reason: 'New evidence' });
    const over = await event(id, { type: 'overturned', reason: 'An outcome was overlooked' });
    expect(over.body).toMatchObject({ state: 'overturned', standing: 'overturned', validUntil: '2026-06-14' });
    expect(over.body.events.map(({ type }) => type)).toEqual(['appealed', 'confirmed', 'appealed', 'overturned']);
    const { body } = await on.service.call<Shown['credential']>('GET', `${url}.json`);
    expect(body!.credentialSubject).toMatchObject({ ending: 'Overturned', endReason: 'An outcome was overlooked' });
  });

  it('is not recorded of a draft, nor in a way that says something else', async () => {
    const draft = await on.draft();
    expect((await event(draft.id, { type: 'withdrawn', reason: 'Nothing yet' })).status).toBe(409);
    const { id } = await on.decide();
    const bad: [object, string][] = [
      [{ type: 'superseded', reason: 'By hand' }, '/type'],
      [{ type: 'withdrawn' }, '/reason'],
      [{ type: 'appealed', validUntil: TODAY, reason: 'An appeal' }, '/validUntil'],
      [{ type: 'withdrawn', receivedOn: TODAY, reason: 'Withdrawn' }, '/receivedOn'],
      [{ type: 'appealed', receivedOn: '2026-06-16', reason: 'An appeal' }, '/receivedOn'],
      [{ type: 'withdrawn', reason: 'a\u202eb c' }, '/reason'],
    ];
    for (const [body, pointer] of bad) {
      const refused = await event(id, body);
      expect([refused.status, refused.body.pointer]).toEqual([400, pointer]);
    }
    const two = await Promise.all(
      ['One', 'Two'].map((reason) => event(id, { type: 'withdrawn', reason: `${reason}.` })),
    );
    expect(two.map(({ status }) => status).sort()).toEqual([201, 409]);
  });
});

describe('the page', () => {
  it('says what stands for what, how much, by whom, by which instrument, and how it stands, in both languages', async () => {
    const { id } = await on.decide({ cap: '6' });
    const english = await page(id);
    expect(english.status).toBe(200);
    for (const text of [
      'SPECIMEN Designing online assessment',
      'SPECIMEN EDDE 205 Assessment in distance education',
      '3 × Academic unit (norm of the UP System)',
      'Specimen Open University',
      'Credit Transfer Panel',
      'Subject expert',
      's. 2023',
      'Not an outcome of the course.',
      'Write to the registrar within 15 days of the notice.',
      'In force',
      'SPECIMEN',
    ]) {
      expect(english.text).toContain(text);
    }
    const filipino = (await page(id, '?lang=fil')).text;
    expect(filipino).toContain('Pasiya ng pagkakatumbas');
    expect(filipino).toContain('May bisa');
  });

  it('follows the decision to its end', async () => {
    const { id, url } = await on.decide();
    const later = await on.decide({ supersedes: url, validFrom: TODAY });
    const ended = (await page(id)).text;
    expect(ended).toContain('Replaced');
    expect(ended).toContain(`/equivalences/${later.id}`);
    expect((await page(later.id)).text).toContain(`/equivalences/${id}`);
  });
});
