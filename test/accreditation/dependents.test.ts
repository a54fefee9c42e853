import { describe, expect, it } from 'vitest';
import { type AccreditationView, createDependents, type Grant, type Standing } from '#accreditation';

const OWN = 'did:web:x.example:institutions:';
const NOW = '2026-11-24T00:00:00Z';
const MICRO = [{ awardType: ['HeiMicroCredential'] }];
const COURSE = [{ awardType: ['HeiCourse'] }];

/** `by` grants to `to`; slugs are institutions of this service, DIDs those of others. */
interface Made extends Partial<Omit<Grant, 'role'>> {
  id: string;
  by: string;
  to: string;
  role?: Grant['role'];
  standing?: Standing;
}

const didOf = (party: string) => (party.startsWith('did:') ? party : OWN + party);

function view({ id, by, to, standing = 'active', role = 'Award', ...more }: Made): AccreditationView {
  const [accreditor, accredited] = [didOf(by), didOf(to)];
  const { verb = 'accredit', scope = MICRO, validFrom = '2026-01-01T00:00:00Z' } = more;
  const signed = { id: `urn:${id}`, accreditor, accredited, verb, role, scope, validFrom, ...more };
  const record = { tenant: by, accreditationId: id, accreditor, accredited, verb, role, scope, validFrom };
  return { record, grant: signed, events: [], standing } as unknown as AccreditationView;
}

/** What depends on the first of these grants, and how often awards were counted. */
async function dependents(made: readonly Made[], more: { anchors?: string[]; effectiveAt?: string } = {}) {
  const views = made.map(view);
  const counted: [string, string][] = [];
  const find = createDependents({
    accreditations: {
      get: async (id) => views.find(({ record }) => record.accreditationId === id),
      list: async (filter) => ({
        items: views.filter(({ record }) =>
          (['tenant', 'accredited', 'role', 'verb'] as const).every(
            (name) => (filter[name] ?? record[name]) === record[name],
          ),
        ),
      }),
    },
    policy: { anchors: more.anchors ?? [] },
    tenantOf: (did) => (did.startsWith(OWN) ? did.slice(OWN.length) : undefined),
    awardsSince: async (tenant, from) => {
      counted.push([tenant, from]);
      return { awards: 5, standing: 4, complete: true };
    },
    clock: { now: () => new Date(NOW) },
  });
  const found = await find('top', made[0]!.id, more.effectiveAt ?? '2027-01-01T00:00:00Z');
  return { ...found, ids: found.grants.map(({ record }) => record.accreditationId), counted };
}

const ROOT: Made = { id: 'root', by: 'top', to: 'region', role: 'Accredit', maxDelegationDepth: 2 };
const BELOW: Made = { id: 'below', by: 'region', to: 'college' };

describe('what depends on a grant', () => {
  it('is what hangs on it alone, all the way down', async () => {
    const city: Made = { id: 'city', by: 'region', to: 'city', role: 'Accredit' };
    const school: Made = { id: 'school', by: 'city', to: 'school' };
    const { ids, complete } = await dependents([ROOT, BELOW, city, school]);
    expect({ ids, complete }).toEqual({ ids: ['below', 'city', 'school'], complete: true });
  });

  it('is not what another delegation holds, names another one, or needs none', async () => {
    const second: Made = { ...ROOT, id: 'second' };
    expect((await dependents([ROOT, BELOW, second])).ids).toEqual([]);
    expect((await dependents([ROOT, BELOW, { ...second, scope: COURSE }])).ids).toEqual(['below']);
    expect((await dependents([ROOT, BELOW, { ...second, standing: 'withdrawn' }])).ids).toEqual(['below']);
    // What names its parent hangs on that one, whatever else there is.
    expect((await dependents([ROOT, { ...BELOW, parent: 'urn:root' }, second])).ids).toEqual(['below']);
    expect((await dependents([ROOT, { ...BELOW, parent: 'urn:second' }])).ids).toEqual([]);
    expect((await dependents([ROOT, BELOW], { anchors: [didOf('region')] })).ids).toEqual([]);
    expect((await dependents([ROOT, { ...BELOW, scope: COURSE }])).ids).toEqual([]);
  });

  it('leaves out what is over, and what is no accreditation', async () => {
    for (const standing of ['withdrawn', 'expired', 'superseded', 'annulled', 'closed'] as const) {
      expect([standing, (await dependents([ROOT, { ...BELOW, standing }])).ids]).toEqual([standing, []]);
    }
    expect((await dependents([ROOT, { ...BELOW, standing: 'suspended' }])).ids).toEqual(['below']);
    expect((await dependents([ROOT, { ...BELOW, verb: 'list' }])).ids).toEqual([]);
    // Of an endorsement nothing hangs on anything.
    expect((await dependents([{ ...ROOT, verb: 'endorse' }, BELOW])).ids).toEqual([]);
  });

  it('counts the awards of each institution once, since it was let to under this grant', async () => {
    const early: Made = { ...BELOW, validFrom: '2025-01-01T00:00:00Z' };
    const later: Made = { ...BELOW, id: 'later', validFrom: '2026-05-01T00:00:00Z' };
    const assess: Made = { ...BELOW, id: 'assess', to: 'centre', role: 'Assess' };
    const foreign: Made = { ...BELOW, id: 'foreign', to: 'did:web:elsewhere.example' };
    const found = await dependents([ROOT, later, early, assess, foreign]);
    expect(found.counted).toEqual([['college', '2026-01-01T00:00:00Z']]);
    expect(found.awards).toEqual([{ did: didOf('college'), awards: 5, standing: 4, after: 0, complete: true }]);
    expect(found.uncounted).toEqual(['did:web:elsewhere.example']);
    const past = await dependents([ROOT, BELOW], { effectiveAt: '2026-10-01T00:00:00Z' });
    expect([past.counted.map(([, from]) => from).sort(), past.awards[0]!.after]).toEqual([
      ['2026-01-01T00:00:00Z', '2026-10-01T00:00:00Z'],
      5,
    ]);
  });

  it('counts of a few institutions only, and says of which not', async () => {
    const many = Array.from({ length: 30 }, (_, index) => ({ ...BELOW, id: `g${index}`, to: `school-${index}` }));
    const found = await dependents([ROOT, ...many]);
    expect([found.grants.length, found.awards.length, found.uncounted.length]).toEqual([30, 20, 10]);
  });

  it('is nobody else’s to ask', async () => {
    await expect(dependents([{ ...ROOT, by: 'other' }])).rejects.toMatchObject({ kind: 'not-found' });
  });
});
