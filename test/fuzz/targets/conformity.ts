import { isDeepStrictEqual } from 'node:util';
import { conformityErrors, type DocumentKind, isEnvelope } from '#credentials';
import { type Json, type JsonObject, Problem } from '#kernel';
import { openEnvelope, openJwt } from '#proofs';
import { SAMPLES } from '../../../src/credentials/vcdm/sample.ts';
import { goldenBadge } from '../../support/golden-badge.ts';
import { mutateJson } from '../mutate-json.ts';
import { accepted, must, type Target, textOf, utf8 } from '../target.ts';

const V2 = 'https://www.w3.org/ns/credentials/v2';
const PROBLEMS = ['MALFORMED_VALUE_ERROR', 'PARSING_ERROR', 'RANGE_ERROR'];

/** An object, read by the platform: what a verifier of the data model is given by its JSON reader. */
function objectOf(input: Uint8Array): JsonObject | undefined {
  try {
    const value = JSON.parse(textOf(input)) as Json;
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

const shape: Target['shape'] = (input, random) => {
  try {
    return utf8(JSON.stringify(mutateJson(JSON.parse(textOf(input)) as Json, random)));
  } catch {
    return input;
  }
};

/** Whether the pointer names a place of the document, or a member that is missing from one. */
function leads(document: Json, pointer: string): boolean {
  const tokens = pointer.split('/').slice(1);
  let at: Json | undefined = document;
  for (const [index, token] of tokens.entries()) {
    if (typeof at !== 'object' || at === null) return false;
    const name = token.replaceAll('~1', '/').replaceAll('~0', '~');
    if (!Object.hasOwn(at, name)) return index === tokens.length - 1;
    at = (at as JsonObject)[name];
  }
  return true;
}

/** Conformity to the data model: never throws, changes nothing, points at what is there; what passes has what it must. */
export const conformity: Target = {
  name: 'conformity',
  seeds: [...Object.values(SAMPLES).map((sample) => sample()), goldenBadge()].map((one) => utf8(JSON.stringify(one))),
  dictionary: ['"id"', '"type"', '"@context"', '"validFrom"', '"2026-02-30T00:00:00Z"', 'null', '[]', '{}', '""', V2],
  shape,
  run(input) {
    const document = objectOf(input);
    if (!document) return;
    for (const kind of ['credential', 'presentation'] as const satisfies DocumentKind[]) {
      const before = structuredClone(document);
      const errors = conformityErrors(document, kind);
      must(isDeepStrictEqual(document, before), 'changed the document');
      for (const { pointer, detail, problem, code } of errors) {
        must(leads(document, pointer), `points nowhere: ${pointer}`);
        must(detail !== '' && code !== '' && PROBLEMS.includes(problem), 'an error without a sentence');
      }
      if (errors.length > 0 || isEnvelope(document)) continue;
      const types = [document.type].flat();
      must(types.includes(kind === 'credential' ? 'VerifiableCredential' : 'VerifiablePresentation'), 'of no type');
      const [context] = [document['@context']].flat();
      must(context === V2 || context === 'https://www.w3.org/2018/credentials/v1', 'of no version');
      if (kind === 'presentation') continue;
      const { issuer, credentialSubject } = document;
      const id = typeof issuer === 'string' ? issuer : (issuer as JsonObject | undefined)?.id;
      must(typeof id === 'string' && URL.canParse(id), 'without an issuer');
      must(typeof credentialSubject === 'object' && credentialSubject !== null, 'without a subject');
    }
  },
};

const part = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (typ: string, payload: unknown) => `${part({ alg: 'EdDSA', typ })}.${part(payload)}.AAAA`;
const { verifiableCredential: _, ...presentation } = SAMPLES.presentation();
const envelopeOf = (media: string, type: string, text: string): JsonObject => ({
  '@context': [V2],
  id: `data:${media},${text}`,
  type,
});
const [VC, VP] = ['EnvelopedVerifiableCredential', 'EnvelopedVerifiablePresentation'];
const refusal = (error: unknown): boolean =>
  error instanceof Problem && ['malformed-json', 'invalid-request', 'payload-too-large'].includes(error.kind);

/** Envelopes: the document says what is in it, and nothing else stands beside it. */
export const envelope: Target = {
  name: 'envelope',
  seeds: [
    envelopeOf('application/vc+jwt', VC, token('vc+jwt', SAMPLES.credential())),
    envelopeOf('application/vc+jwt', VC, token('JWT', goldenBadge())),
    envelopeOf('application/vc+sd-jwt', VC, `${token('vc+sd-jwt', { ...SAMPLES.credential(), _sd_alg: 'sha-256' })}~`),
    envelopeOf('application/vp+jwt', VP, token('vp+jwt', presentation)),
    envelopeOf('application/vp+sd-jwt', VP, `${token('vp+sd-jwt', { ...presentation, _sd_alg: 'sha-256' })}~`),
  ].map((one) => utf8(JSON.stringify(one))),
  dictionary: [
    ...['data:application/vc+jwt,', 'data:application/vp+jwt,', 'application/jwt', ';base64', ',', '.', '~', VC, VP],
    ...['"type"', '"id"', '"issuer"', ' ', '%7E', 'APPLICATION/VC+JWT', '\\u0000', '[]', 'null'],
  ],
  shape(input, random) {
    const read = objectOf(input);
    if (!read || random.once(2)) return shape(input, random);
    const [media = '', text = ''] = String(read.id).split(/,(.*)/s);
    const [head = '', payload = '', ...rest] = text.split('.');
    try {
      const changed = random.once(2)
        ? [part(mutateJson(JSON.parse(Buffer.from(head, 'base64url').toString()) as Json, random)), payload]
        : [head, part(mutateJson(JSON.parse(Buffer.from(payload, 'base64url').toString()) as Json, random))];
      return utf8(JSON.stringify({ ...read, id: `${media},${[...changed, ...rest].join('.')}` }));
    } catch {
      return input;
    }
  },
  run(input) {
    const document = objectOf(input);
    if (!document) return;
    const read = accepted(() => openEnvelope(document), refusal);
    if (!read) return;
    const { form, text } = read.value;
    must(
      Object.keys(document).every((name) => ['@context', 'id', 'type'].includes(name)),
      'a member nobody signed',
    );
    must(String(document.id).endsWith(`,${text}`), 'another text than that of the envelope');
    must(isDeepStrictEqual(openJwt(text), read.value), 'another token by itself');
    const kind = form.startsWith('vp') ? VP : VC;
    must(isDeepStrictEqual([document.type].flat(), [kind]), 'of another type than what is in it');
    // The rules of the data model say the same of what was opened.
    must(conformityErrors(document, kind === VP ? 'presentation' : 'credential').length === 0, 'opened, but not one');
  },
};
