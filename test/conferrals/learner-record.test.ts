import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Ajv2019 } from 'ajv/dist/2019.js';
import formats from 'ajv-formats';
import { afterAll, describe, expect, it } from 'vitest';
import { addContext } from '#app';
import type { JsonObject } from '#kernel';
import { contextProblems, createContextLoader, createProofChecker } from '#proofs';
import { run } from '../../src/cli/run.ts';
import { resolverOf, TEST_PH_CONTEXT, TEST_PH_URL } from '../support/golden-badge.ts';
import { type ConferralWorld, conferralWorld } from './world.ts';

const STANDARDS = join(import.meta.dirname, '..', '..', '..', 'shared', 'standards', 'clr-v2p0');
const CONTEXT = join(STANDARDS, 'contexts', 'context-2.0.1.json');
const PH_CONTEXT = readFileSync(join(import.meta.dirname, '..', '..', 'contexts', 'ph-v1-draft.json'), 'utf8');
const present = existsSync(CONTEXT);
if (!present)
  console.log('the published context and schema of CLR 2.0 are not beside this copy: its records are not made');

const quiet = { out: () => undefined, err: () => undefined };
const directory = mkdtempSync(join(tmpdir(), 'tatak-contexts-'));
afterAll(() => rmSync(directory, { recursive: true, force: true }));

describe('contexts that an operator adds', () => {
  it('are taken by their digest only', async () => {
    const file = join(directory, 'other.json');
    writeFileSync(file, '{"@context":{"anything":"https://evil.example/"}}');
    expect(await run(['contexts', 'add', file, '--data', directory], quiet)).toBe(1);
    expect(await run(['contexts', 'add', join(directory, 'none.json'), '--data', directory], quiet)).toBe(2);
    expect(await run(['contexts', 'add', file], quiet)).toBe(2);
    expect(readdirSync(directory)).toEqual(['other.json']);
    expect(() => createContextLoader({ phContext: TEST_PH_CONTEXT, phContextUrl: TEST_PH_URL, added: ['{}'] })).toThrow(
      'not one that is known',
    );
  });

  it.runIf(present)('are read at the next start', async () => {
    expect(await run(['contexts', 'add', CONTEXT, '--data', directory], quiet)).toBe(0);
    expect(readdirSync(join(directory, 'contexts'))).toHaveLength(1);
  });
});

describe('a learner record', () => {
  const opened: ConferralWorld[] = [];
  afterAll(() => Promise.all(opened.map((one) => one.close())));

  /** A qualification conferred in a fresh service, and how its record is asked for. */
  async function conferred(env: Record<string, string> = {}) {
    const on = await conferralWorld(undefined, env);
    opened.push(on);
    const badges = [await on.issue(0), await on.issue(1), await on.issue(2)];
    const { body } = await on.confer((await on.evaluate(badges)).body.id);
    const record = () =>
      on.service.call<JsonObject & { detail: string }>('GET', `/v1/conferrals/${body.id}/learner-record`, {
        key: on.university.issuer,
        headers: { accept: 'application/vc' },
      });
    return { on, record };
  }

  it('is refused while the context is not installed, and says how', async () => {
    const answer = await (await conferred()).record();
    expect([answer.status, answer.body.detail]).toEqual([409, expect.stringContaining('tatak contexts add')]);
  });

  it.runIf(present)('packages the award with its components, and satisfies the published schema', async () => {
    const data = mkdtempSync(join(tmpdir(), 'tatak-record-'));
    addContext(data, readFileSync(CONTEXT, 'utf8'));
    const { on, record } = await conferred({ TATAK_DATA: data });
    const answer = await record();
    expect(answer.status, answer.text).toBe(200);
    expect((await record()).text).toBe(answer.text);
    const document: JsonObject = answer.body;
    const subject = document.credentialSubject as { verifiableCredential: JsonObject[]; association: JsonObject[] };
    expect(document.partial).toBe(true);
    expect(subject.verifiableCredential).toHaveLength(4);
    expect(subject.association).toHaveLength(3);
    const schema = JSON.parse(
      readFileSync(join(STANDARDS, 'schema-published', 'clr_v2p0_clrcredential_schema.json'), 'utf8'),
    );
    const ajv = new Ajv2019({ strict: false, allErrors: true });
    formats.default(ajv);
    const validate = ajv.compile(schema);
    expect([validate(document), validate.errors]).toEqual([true, null]);

    // Member by member, and as a whole.
    const loader = createContextLoader({
      ...{ phContext: PH_CONTEXT, phContextUrl: TEST_PH_URL, added: [readFileSync(CONTEXT, 'utf8')] },
    });
    expect(contextProblems(document, 'clr', loader)).toEqual([]);
    const checker = createProofChecker({ loader });
    const issuer = (document.issuer as JsonObject).id as string;
    const [key] = await on.service.app.storage.reader.signingKeys('specimen-university');
    const method = {
      ...{ id: `${issuer}#${key!.keyId}`, type: 'Multikey', controller: issuer },
      publicKeyMultibase: key!.publicKeyMultibase,
    };
    const verify = (changed: JsonObject) =>
      checker.verify(changed, { controller: issuer, purpose: 'assertionMethod' }, resolverOf(method));
    expect(await verify(document)).toMatchObject({ outcome: 'pass' });
    const changed = (change: (members: JsonObject[]) => void) => {
      const copy = structuredClone(document);
      change((copy.credentialSubject as typeof subject).verifiableCredential);
      return copy;
    };
    const renamed = changed(([, one]) => Object.assign(one!, { name: 'Something else' }));
    expect(await verify(renamed)).toMatchObject({ outcome: 'fail' });
    const smuggled = changed(([, one]) => Object.assign(one!, { '@context': [{ name: 'https://evil.example/name' }] }));
    expect(contextProblems(smuggled, 'clr', loader)).not.toEqual([]);
    await checker.close();
    rmSync(data, { recursive: true, force: true });
  });
});
