import { readFileSync } from 'node:fs';
import jsonld from 'jsonld';
import { phDocumentErrors } from '#framework';
import { isObject, type Json, type JsonObject, Problem } from '#kernel';
import { createContextLoader } from '#proofs';
import type { Report } from '#verifier';
import {
  actor,
  badge,
  grant,
  PH,
  publishDefinition,
  register,
  statusEntry,
  statusList,
  world,
} from '../../verifier/world.ts';
import { mutateJson } from '../mutate-json.ts';
import { must, type Target, textOf, utf8 } from '../target.ts';

const loader = createContextLoader({
  phContext: readFileSync(new URL('../../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: PH,
});
const anchor = actor('anchor');
const school = actor('school');
const on = world([anchor], { phErrors: phDocumentErrors });
on.join(school);
await register(on, anchor, [await grant(on, { by: anchor, to: school })]);
await on.sign(school, statusList(school, [7]));
/** With what the rules of the extension ask for. */
const ours = (more: JsonObject) => badge(school, more, { regime: 'TESDA' });
const evidence = { evidence: [{ type: ['Evidence'], name: 'Photographs', narrative: 'Two of them.' }] };
const signed = [
  await on.sign(school, ours({ ...statusEntry(94_567), ...evidence, validUntil: '2029-06-15T01:00:00Z' })),
  await on.sign(school, ours({ ...statusEntry(7), id: 'https://school.example/credentials/2' })),
];
publishDefinition(on, signed[0]!);

/** Of everything but the proof: what the signature is about. */
async function formOf(document: JsonObject): Promise<string> {
  const { proof: _, ...unsigned } = document;
  return jsonld.canonize(unsigned, {
    algorithm: 'RDFC-1.0',
    documentLoader: loader.documentLoader,
    base: null,
    safe: true,
  });
}

const forms = new Set(await Promise.all(signed.map(formOf)));
const shown = new Set<string>();
function* facts(value: unknown, name = ''): Generator<string> {
  if (typeof value !== 'object' || value === null) yield `${name}=${JSON.stringify(value)}`;
  else
    for (const [key, item] of Object.entries(value)) yield* facts(item, Array.isArray(value) ? name : `${name}.${key}`);
}
for (const document of signed) {
  const report = await on.verifier.verify({ document });
  for (const fact of facts(report.credential)) shown.add(fact);
}
if (shown.size === 0) throw new Error('the seeds do not verify');

const resultOf = (report: Report, name: string) => report.checks.find((one) => one.check === name)!.result;

/** The whole verifier: whatever is done to a signed badge, it is never valid while saying something else. */
export const credential: Target = {
  name: 'credential',
  seeds: signed.map((document) => utf8(JSON.stringify(document))),
  dictionary: [
    '"id"',
    '"type"',
    '"validUntil"',
    '"proof"',
    '"credentialStatus"',
    'null',
    '[]',
    '{}',
    '""',
    '"@context"',
  ],
  ciInputs: 80,
  shape(input, random) {
    try {
      return utf8(JSON.stringify(mutateJson(JSON.parse(textOf(input)) as Json, random)));
    } catch {
      return input;
    }
  },
  async run(input) {
    let report: Report;
    try {
      report = await on.verifier.verify({ bytes: input });
    } catch (error) {
      must(error instanceof Problem, `threw ${String(error)}`);
      return;
    }
    must(['valid', 'invalid', 'undetermined'].includes(report.verdict), 'no verdict');
    must(
      report.checks.every((one) => one.message.en !== '' && one.message.fil !== ''),
      'a check without a sentence',
    );
    if (resultOf(report, 'proof') !== 'pass') {
      must(report.verdict !== 'valid', 'valid without a proof');
      must(report.credential === undefined, 'shows what nobody signed');
      return;
    }
    const document = JSON.parse(textOf(input)) as Json;
    must(
      isObject(document) && forms.has(await formOf(document as JsonObject)),
      'the proof passed for another statement',
    );
    if (report.verdict === 'valid') must((document as JsonObject).id === signed[0]!.id, 'a revoked badge is valid');
    for (const fact of facts(report.credential ?? {})) must(shown.has(fact), `shows ${fact}, which was not signed so`);
  },
};

const list = on.pages.get('https://school.example/status/1')!;
const definition = on.pages.get('https://school.example/achievements/1')!;
const listForm = await formOf(JSON.parse(String(list.body)));

/** What strangers' servers answer while a badge that holds is looked at: its definition and its status list. */
export const lookedUp: Target = {
  name: 'looked-up',
  seeds: [list, definition].map((page) => utf8(String(page.body))),
  dictionary: ['"id"', '"type"', '"encodedList"', '"permittedIssuers"', '"statusPurpose"', 'null', '[]', '{}', '""'],
  ciInputs: 40,
  shape: credential.shape!,
  async run(input) {
    const kept = [list.body, definition.body];
    list.body = input;
    definition.body = input;
    try {
      const report = await on.verifier.verify({ document: signed[0]! });
      must(resultOf(report, 'proof') === 'pass', 'the proof depends on what others say');
      if (resultOf(report, 'status') !== 'pass') return;
      must((await formOf(JSON.parse(textOf(input)) as JsonObject)) === listForm, 'another list answered');
    } finally {
      [list.body, definition.body] = kept as [string, string];
    }
  },
};
