import { execFile } from 'node:child_process';
import { generateKeyPairSync, sign } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readPublished } from '#app';
import type { JsonObject } from '#kernel';
import { encodeMultikey } from '#keystore';
import { type EquivalenceDecision, evaluate, type Holding, type Pathway } from '#pathways';
import { CREDENTIALS_V2, createContextLoader, createProofMaker, OPEN_BADGES_3_0_3 } from '#proofs';
import { run } from '../../src/cli/run.ts';
import { decisionDocument } from '../../src/equivalences/decision-document.ts';
import { pathwayDocument } from '../../src/pathways/pathway-document.ts';
import { all, any, code, current, DATE, holding, pathway, require_, rule } from '../pathways/support.ts';

const TATAK = join(import.meta.dirname, '..', '..', 'src', 'cli', 'tatak.ts');
let directory: string;
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'tatak-stack-'));
});
afterAll(() => rmSync(directory, { recursive: true, force: true }));

let count = 0;
function file(value: unknown): string {
  const path = join(directory, `${++count}.json`);
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value));
  return path;
}

/** In this process. */
async function stack(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ['', ''];
  const io = {
    out: (text: string) => {
      out += text;
    },
    err: (text: string) => {
      err += text;
    },
  };
  return { code: await run(['stack', ...args], io), out, err };
}

const judge = (of: Pathway | object, holdings: unknown, ...more: string[]) =>
  stack('--pathway', file(of), '--holdings', file(holdings), '--at', DATE, ...more);

/** A body whose key stands in its identifier. */
const DECIDER = (() => {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519');
  const publicKeyMultibase = encodeMultikey(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
  return { did: `did:key:${publicKeyMultibase}`, publicKeyMultibase, privateKey };
})();

/** That A is the course X; said by `decidedBy`, signed with the key of DECIDER. */
async function signedDecision(decidedBy: string): Promise<JsonObject> {
  const phContextUrl = 'https://specimen.example/contexts/ph/v1-draft';
  const phContext = readPublished().get('/contexts/ph/v1-draft')!;
  const maker = createProofMaker({ loader: createContextLoader({ phContext, phContextUrl }) });
  const { publicKeyMultibase, privateKey } = DECIDER;
  const settings = {
    ...{ publicUrl: 'https://specimen.example', specimen: true },
    contexts: [CREDENTIALS_V2, OPEN_BADGES_3_0_3, phContextUrl],
  };
  const document = decisionDocument(
    settings,
    {
      ...{ equivalenceId: '1', edition: 1, decidedBy },
      ...{ decisionDate: '2026-01-01', signedAt: '2026-01-01T00:00:00Z' },
    },
    {
      from: { achievement: A.achievement },
      to: { mode: 'specified', achievement: 'urn:course:X' },
      ...{ credit: { system: 'HE-UNIT-18', value: '3' }, validFrom: '2026-01-01' },
      outcomeMatching: [{ from: 'a', to: 'b', match: 'full' }],
      appeal: { how: 'Write.' },
    },
  );
  const verificationMethod = `${decidedBy}#${publicKeyMultibase}`;
  const signer = {
    verificationMethod,
    publicKeyMultibase,
    sign: async (data: Uint8Array) => sign(null, data, privateKey),
  };
  return maker.sign(document, signer, '2026-01-01T00:00:00Z');
}

const AB = pathway(all('root', require_('core', code('A'), code('B')), current('current')));
const A = holding('A');
const B = holding('B');

describe('tatak stack', () => {
  it('tells people: the sentence, the tree, what counts where, and what does not', async () => {
    const { code: exit, out, err } = await judge(AB, [A, B, holding('A', { id: 'urn:credential:A2' }), holding('Z')]);
    expect([exit, err]).toEqual([0, '']);
    expect(out).toBe(`SPECIMEN pathway, version 1
MET on 2026-06-30: The requirements are met. The conferrer decides on the award.
Conferrer: did:web:specimen.example

[met] root: Text - Everything asked for here is met.
  [met] core: Text - All 2 are there.
  [met] current: Text - Only awards that have not expired on the day of the evaluation are taken.

Counted:
  urn:credential:A in core for A
  urn:credential:B in core for B

Surplus:
  urn:credential:A2: [same_award] It is another copy of an award that is already counted.

Notes:
  urn:credential:Z: [not_asked] This pathway does not ask for it.
`);
  });

  it('tells what is missing, the ways to finish, and why something does not count', async () => {
    const root = all(
      'root',
      any('track', require_('a', code('A')), require_('b', code('B'), code('C'))),
      current('now'),
    );
    const { code: exit, out } = await judge(pathway(root), [holding('A', { expires: '2026-06-29' })]);
    expect(exit).toBe(1);
    expect(out).toContain('UNMET on 2026-06-30: The requirements are not met yet.\n');
    expect(out).toContain('\n    [unmet] a: Text - ');
    expect(out).toContain('(alternative not taken): Text - ');
    expect(out).toContain('\nMissing:\n  A (a)\n');
    expect(out).toContain('\nWay to finish 2 of 2:\n  B (b)\n  C (b)\n');
    expect(out).toContain('\nNot countable:\n  urn:credential:A: [expired] It has expired.\n');
  });

  it('is pending, never met, with what could not be found out', async () => {
    const { code: exit, out } = await judge(AB, [A, { ...B, state: 'unknown' }]);
    expect(exit).toBe(1);
    expect(out).toContain('PENDING on');
    expect(out).toContain('\nWaiting for:\n  urn:credential:B: [unknown] ');
  });

  it('prints the evaluation as JSON, byte for byte the same again, whatever the order of the holdings', async () => {
    const { code: exit, out } = await judge(AB, [A, B], '--json');
    expect(exit).toBe(0);
    expect(out).toBe(`${JSON.stringify(evaluate({ pathway: AB, holdings: [A, B], date: DATE }))}\n`);
    expect((await judge(AB, [B, A], '--json')).out).toBe(out);
  });

  it('takes decisions', async () => {
    const asked = require_('core', { achievement: 'urn:course:X' });
    const root = all('root', asked, rule('equivalence', 'accepts', { decisions: ['d1'] }));
    const decision: EquivalenceDecision = {
      id: 'd1',
      from: { achievement: A.achievement },
      to: { mode: 'specified', achievement: 'urn:course:X' },
      credit: { system: 'HE-UNIT-18', value: '3' },
      validFrom: '2026-01-01',
    };
    const without = await judge(pathway(root), [A]);
    expect(without).toMatchObject({ code: 1, out: expect.stringContaining('\nDecisions not given:\n  d1\n') });
    const met = await judge(pathway(root), [A], '--decisions', file([decision]));
    expect(met).toMatchObject({ code: 0, out: expect.stringContaining('by decision d1') });
    const { validFrom: _, ...open } = decision;
    const bad = [
      { ...open, to: { mode: 'block', achievement: 'urn:course:X' } },
      { ...decision, cap: '2.00000', more: 1 },
    ];
    const refused = await judge(pathway(root), [A], '--decisions', file(bad));
    expect(refused.code).toBe(2);
    for (const pointer of ['/0/validFrom', '/0/to/achievements', '/0/to/achievement', '/1/cap', '/1/more']) {
      expect(refused.err).toContain(`decisions: ${pointer} `);
    }
    const low = await judge(pathway(root), [A], '--decisions', file([{ ...decision, cap: '2' }]));
    expect(low).toMatchObject({ code: 2, err: expect.stringContaining('decisions: /0/cap is below') });
  });

  it('takes carried credit as given, from a file or as JSON', async () => {
    const units = rule('creditMin', 'units', { system: 'PRC-CPD-CU', min: '3', select: { code: ['A'] } });
    const sum = rule('creditMin', 'sum', { system: 'PRC-CPD-CU', min: '5' });
    const carry = rule('carryOver', 'carry', { system: 'PRC-CPD-CU', max: '2' });
    const of = pathway(all('root', units, sum, carry));
    const holdings = [holding('A', { credit: { 'PRC-CPD-CU': '3' } })];
    expect((await judge(of, holdings)).code).toBe(1);
    expect((await judge(of, holdings, '--carried', '{"PRC-CPD-CU":"2"}')).code).toBe(0);
    expect((await judge(of, holdings, '--carried', file({ 'PRC-CPD-CU': '2' }))).code).toBe(0);
    for (const bad of ['{"UNITS":"2"}', '{"ECTS":2}', '{"ECTS":"-2"}', '{"ECTS"', '{"ECTS":"1","ECTS":"2"}']) {
      const refused = await judge(of, holdings, '--carried', bad);
      expect([refused.code, refused.out]).toEqual([2, '']);
      expect(refused.err).toMatch(/^carried: /);
    }
    expect((await judge(of, holdings, '--carried', file([]))).err).toContain('carried: / ');
  });

  it('takes signed decisions when their signature holds without the network, and no others', async () => {
    const root = all(
      'root',
      require_('core', { achievement: 'urn:course:X' }),
      rule('equivalence', 'panel', { decidedBy: [DECIDER.did] }),
    );
    const decision = await signedDecision(DECIDER.did);
    const ask = (given: unknown, ...more: string[]) => judge(pathway(root), [A], '--decisions', file(given), ...more);
    for (const given of [decision, [decision]]) {
      const met = await ask(given);
      expect(met).toMatchObject({ code: 0, err: '' });
      expect(met.out).toMatch(/^signatures of decisions hold; whether one was withdrawn since was not asked\n/);
    }
    expect(await ask([decision], '--json')).toMatchObject({
      code: 0,
      err: expect.stringContaining('warning: signatures'),
    });
    const changed = structuredClone(decision);
    (changed.credentialSubject as JsonObject).cap = '9';
    const elsewhere = await signedDecision('did:web:university.example');
    const other = { ...decision, issuer: 'did:web:university.example' };
    const refused = await ask([decision, changed, elsewhere, other, { credentialSubject: {} }, { id: 'd1' }]);
    expect([refused.code, refused.out]).toEqual([2, '']);
    for (const line of [
      'decisions: /1 has a signature that does not hold (signature_invalid)',
      'decisions: /2 cannot be checked without the network',
      'decisions: /3 is not signed by the body that it says decided',
      'decisions: /4 is not a signed equivalence decision',
      'decisions: /5/from is required',
    ]) {
      expect(refused.err).toContain(line);
    }
    expect(refused.err).not.toContain('decisions: /0');
  });

  it('reads a published document, and says that its signature is not checked', async () => {
    const settings = { publicUrl: 'https://specimen.example', contexts: ['urn:context:x'], specimen: false };
    const input = {
      ...{ name: AB.name, conferrer: AB.conferrer, stackingRule: AB.root as unknown as JsonObject },
      effectivePeriod: { from: '2027-01-01' },
    };
    const unsigned = pathwayDocument(settings, '1', 1, AB.conferrer, input, new Date('2026-01-01T00:00:00Z'));
    const document = { ...unsigned, proof: {} };
    const text = await judge(document, [A, B]);
    expect([text.code, text.out]).toEqual([0, expect.stringMatching(/^signature not checked/)]);
    expect(text.out).toContain('The pathway takes effect only on 2027-01-01.');
    const json = await judge(document, [A, B], '--json');
    expect(json).toMatchObject({ code: 0, out: (await judge(AB, [A, B], '--json')).out });
    expect(json.err).toContain('signature not checked');
    const broken = pathwayDocument(
      settings,
      '1',
      1,
      AB.conferrer,
      { ...input, stackingRule: { kind: 'x' } },
      new Date(0),
    );
    expect((await judge(broken, [])).err).toMatch(/^pathway: \/credentialSubject\/stackingRule\/kind must be one of/);
  });

  it('refuses every malformed member of a holding with its pointer', async () => {
    const bad = [
      { ...A, awarded: '2026-02-30', expires: '2026', credit: { 'HE-UNIT-18': 3, UNIT: '1' } },
      { ...B, state: 'fine', supervision: 'Some', level: 4.5, colour: 'red', provider: 'x', assessed: 'yes' },
      { ...B, id: 'no address', result: { scale: 'urn:scale:x', direction: 'Up', value: '-1' }, completion: 'half' },
      { id: 'urn:credential:C', accredited: [{ role: 'Judge', answer: 'maybe', authority: 1 }], competencies: [1] },
      null,
    ];
    const pointers = [
      ...['/0/awarded', '/0/expires', '/0/credit/HE-UNIT-18', '/0/credit/UNIT', '/1/state', '/1/supervision'],
      ...['/1/level', '/1/colour', '/1/provider', '/1/assessed', '/2/id', '/2/result/direction', '/2/result/value'],
      ...[
        '/2/completion',
        '/3/awardId',
        '/3/achievement',
        '/3/state',
        '/3/accredited/0/role',
        '/3/accredited/0/answer',
      ],
      ...['/3/accredited/0/authority', '/3/competencies/0', '/3/credit', '/4'],
    ];
    const { code: exit, out, err } = await judge(AB, bad);
    expect([exit, out]).toEqual([2, '']);
    for (const pointer of pointers) expect(err).toContain(`holdings: ${pointer} `);
  });

  it('refuses what only the whole shows, and names every bad file', async () => {
    const conflict = await judge(AB, [A, { ...A, awarded: '2025-01-01' }]);
    expect(conflict).toMatchObject({ code: 2, err: 'holdings: /1 has the id of another credential\n' });
    const many = Array.from({ length: 2_001 }, () => A);
    expect((await judge(AB, many)).err).toContain('holdings: / must NOT have more than 2000 items');
    const both = await judge({ ...AB, name: '', root: { ...AB.root, kind: 'none' } }, '[{"a":1,"a":2}]');
    expect(both.err).toMatch(/^pathway: \/name .*\nholdings: \/0\/a .*\n$/);
    const tree = await judge({ ...AB, root: all('root', require_('root', code('A'))) }, []);
    expect(tree).toMatchObject({ code: 2, err: expect.stringContaining('pathway: /root/children/0/id ') });
    expect((await judge([], {})).code).toBe(2);
    // Nothing from a file reaches the terminal as a command.
    expect((await judge(AB, [{ ...A, '\u001b[2J': 1 }])).err).toContain('/0/\\u{1b}[2J is not a known member');
  });

  it('refuses what it cannot do', async () => {
    const [p, h] = [file(AB), file([A, B])];
    for (const args of [
      [],
      ['--pathway', p],
      ['--holdings', h],
      ['--pathway', '-', '--holdings', '-'],
      ['--pathway', p, '--holdings', h, '--at', '2026-02-30'],
      ['--pathway', p, '--holdings', join(directory, 'nowhere')],
      ['--pathway', p, '--holdings', h, 'more'],
      ['--pathway', p, '--holdings', h, '--other'],
    ]) {
      const { code: exit, err } = await stack(...args);
      expect([exit, err], args.join(' ')).toEqual([2, expect.stringContaining('usage: tatak stack --pathway')]);
    }
    expect(await stack('--help')).toMatchObject({ code: 0, out: expect.stringMatching(/^tatak stack --pathway/) });
    // Today, where no day is given.
    expect((await stack('--pathway', p, '--holdings', h)).code).toBe(0);
  });

  it('reads a file from standard input, in a process of its own', async () => {
    const args = [TATAK, 'stack', '--pathway', file(AB), '--holdings', '-', '--at', DATE, '--json'];
    const answer = (holdings: Holding[]) => {
      const running = promisify(execFile)(process.execPath, args);
      running.child.stdin!.end(JSON.stringify(holdings));
      return running;
    };
    expect((await answer([A, B])).stdout).toBe((await judge(AB, [A, B], '--json')).out);
    await expect(answer([A])).rejects.toMatchObject({ code: 1 });
    await expect(answer([{ ...A, awarded: 'x' }])).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining('holdings: /0/awarded must be a day'),
    });
  });
});
