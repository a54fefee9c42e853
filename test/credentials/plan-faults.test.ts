import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { IssuerDeps } from '#credentials';
import { type JsonObject, parseStrictJson, systemRandom } from '#kernel';
import { createContextLoader, createPlanSets, createProofChecker, createProofMaker, type PlanSets } from '#proofs';
import { createBoundedCanonicalizer } from '../../src/proofs/canonical/bounded.ts';
import { problem } from './support/problem.ts';
import { ACTOR, openWorld, PUBLIC, seed, TENANT, type World } from './support/world.ts';

const phContext = readFileSync(join(import.meta.dirname, '..', '..', 'contexts', 'ph-v1-draft.json'), 'utf8');
const loader = createContextLoader({ phContext, phContextUrl: `${PUBLIC}/contexts/ph/v1-draft` });
const bounded = createBoundedCanonicalizer(loader.source);
afterAll(() => bounded.close());

/** As `assemble` puts the parts together. @param fault put into them when the plans are there */
async function issuing(fault: Fault) {
  const counted = new Map<string, number>();
  let time = 0;
  const sets = createPlanSets({
    loader,
    random: systemRandom,
    clock: {
      now() {
        time += 1_000;
        return new Date(time);
      },
    },
    bounded: {
      ...bounded,
      compile: async (document) => (await fault.compile?.(document)) ?? bounded.compile(document),
    },
    count: (use, outcome) => counted.set(`${use} ${outcome}`, (counted.get(`${use} ${outcome}`) ?? 0) + 1),
  });
  const path = join(mkdtempSync(join(tmpdir(), 'tatak-faults-')), 'store.db');
  let isOn = false;
  const change = (deps: IssuerDeps): Partial<IssuerDeps> => {
    const plans = { ...sets.issuing };
    const { form } = plans.document;
    plans.document = { ...plans.document, form: async (one) => (isOn && fault.form?.(one, form)) || form(one) };
    const checker = createProofChecker({ loader, clock: deps.clock, canonicalizer: sets.releases });
    return {
      proofs: createProofMaker({ loader, plans }),
      authority: {
        ...deps.authority,
        async forTenant(...asked) {
          const party = await deps.authority.forTenant(...asked);
          const sign = async (data: Uint8Array) => {
            const signature = await party.signer.sign(data);
            return isOn && fault.signature ? fault.signature(signature) : signature;
          };
          return { ...party, signer: { ...party.signer, sign } };
        },
      },
      serialize: (document) => (isOn && fault.serialize?.(document)) || JSON.stringify(document),
      async checkReleased(text) {
        const document = parseStrictJson(text) as JsonObject;
        const controller = String((document.issuer as JsonObject).id);
        return checker.verify(document, { controller, purpose: 'assertionMethod' }, async (id) => {
          const keys = await deps.reader.institution(TENANT).then(() => world.reader.signingKeys(TENANT));
          const wanted = isOn && fault.publishes ? fault.publishes : id.split('#')[1]!;
          const { publicKeyMultibase } = keys.find(({ keyId }) => keyId === wanted)!;
          return { outcome: 'ok', method: { id, controller, publicKeyMultibase }, document: {} };
        });
      },
    };
  };
  const world: World = await openWorld({ path, change });
  const { achievementId } = await seed(world);
  const issue = (on: Pick<World, 'issuer'>) =>
    on.issuer.issue({ tenant: TENANT, actor: ACTOR, body: { achievementId, recipients: [{}] } });
  // A plan that was not made in its time on a busy machine is tried again some documents later.
  const most = fault.compile ? 4 : 60;
  for (let made = 0; made < most && (counted.get('issue compiled') ?? 0) < 2; made++) {
    await issue(world);
    await sets.idle();
  }
  isOn = true;
  return { world, sets, counted, issue, path };
}

interface Fault {
  form?: (document: JsonObject, form: PlanSets['issuing']['document']['form']) => ReturnType<typeof form>;
  compile?: (document: JsonObject) => Promise<Awaited<ReturnType<typeof bounded.compile>> | undefined>;
  signature?: (signature: Uint8Array) => Uint8Array;
  serialize?: (document: unknown) => string;
  /** Another key than the one that signs. */
  publishes?: string;
}

const changed = (text: string, from: string, to: string): string => {
  expect(text).toContain(from);
  return text.replace(from, to);
};

const FAULTS: Record<string, Fault> = {
  'one bit of the canonical form': {
    form: async (document, form) => {
      const found = await form(document);
      return 'structure' in found ? { ...found, nquads: changed(found.nquads, 'SPECIMEN', 'SPECIMEO') } : found;
    },
  },
  'the value of another document': {
    form: (document, form) => form({ ...document, id: `${PUBLIC}/credentials/another` }),
  },
  'one bit of the signature': { signature: (bytes) => bytes.map((byte, at) => (at === 7 ? byte ^ 1 : byte)) },
  'another public key is published': { publishes: 'key-1-status' },
  'a change after signing': {
    serialize: (document) => changed(JSON.stringify(document), '"z', '"z1'),
  },
  'a change of what was linted': {
    serialize: (document) => changed(JSON.stringify(document), 'Practical', 'Practica1'),
  },
};

describe('a fault in issuing by plans', () => {
  it.each(Object.entries(FAULTS))('%s: nothing is released and the key is stopped for good', async (_, fault) => {
    const { world, counted, issue, path } = await issuing(fault);
    expect(counted.get('issue compiled')).toBeGreaterThan(1);
    await stops(world, issue, path);
  });

  it('a plan that gives another form than the reference does', async () => {
    const wrong: Fault = {
      async compile(document) {
        const made = await bounded.compile(document);
        if (!('plan' in made) || !('credentialSubject' in document)) return made;
        const lines = made.plan.lines.map((line) => ({
          ...line,
          before: line.before.replace('Practical', 'Practica1'),
        }));
        const roles = made.plan.roles.map((role) =>
          role.kind === 'literal' && role.suffix === '' ? { ...role, suffix: '@en' } : role,
        );
        return { plan: { ...made.plan, lines, roles } };
      },
    };
    await expect(issuing(wrong)).rejects.toMatchObject({ kind: 'signing-stopped' });
  });

  it('a plan that does not reproduce its own document', async () => {
    const compile = async () => ({ mismatch: 'differs', reference: 'a', compiled: 'b' });
    await expect(issuing({ compile })).rejects.toMatchObject({ kind: 'signing-stopped' });
  });

  it('what is only not eligible never stops a key', async () => {
    const { world, counted, issue } = await issuing({ compile: async () => ({ notEligible: 'plan' }) });
    for (let time = 0; time < 3; time++) expect(await issue(world)).toHaveLength(1);
    expect(counted.get('issue compiled')).toBeUndefined();
    expect(counted.get('issue plan')).toBeGreaterThan(3);
    expect(await world.reader.openSigningStops()).toEqual([]);
    await world.close();
  });
});

async function stops(world: World, issue: (on: World) => Promise<unknown>, path: string): Promise<void> {
  const before = (await world.reader.credentials({ tenant: TENANT }, { limit: 100 })).items.filter(isIssued).length;
  expect((await problem(issue(world))).kind).toBe('signing-stopped');
  expect((await problem(issue(world))).kind).toBe('signing-stopped');
  const after = (await world.reader.credentials({ tenant: TENANT }, { limit: 100 })).items.filter(isIssued).length;
  expect(after).toBe(before);
  const [stop, ...more] = await world.reader.openSigningStops();
  expect(more).toEqual([]);
  expect(stop!.evidence).toContain('credentialSubject');
  expect(stop!.evidence).not.toContain('proofValue');
  await world.close();
  const again = await openWorld({ path });
  expect((await problem(issue(again))).kind).toBe('signing-stopped');
  await again.close();
}

const isIssued = ({ phase }: { phase: string }): boolean => phase === 'issued';
