import { digestMultibase, formatInstant, type JsonObject, sha256Hex } from '#kernel';
import { isClosed } from '../climb.ts';
import { lastSecondBefore } from '../instants.ts';
import { IN_FORCE, standing } from '../lifecycle.ts';
import type { Grant, Register } from '../model.ts';
import { outputSchema } from '../scope/output-schema.ts';
import { type DocumentSettings, REGISTER_HOURS } from './documents.ts';

/** A grant that this format can state, with how long it will be in force as far as is known. */
export interface RecognizedGrant {
  grant: Grant;
  provisional: boolean;
  /** The first instant at which it is no longer in force. */
  until?: string;
  /** JSON Schema of what it covers, as served. */
  schema: string;
}

export interface Recognition {
  recognized: RecognizedGrant[];
  /** Accrediting grants of any role in force now, of which `recognized` are some. */
  inForce: number;
  /** The next instant at which a grant begins, ends or changes, as far as is known. */
  next?: string;
}

export interface RecognizedEntitiesInput {
  /** Address of the register, which says everything. */
  registerUrl: string;
  /** 1-based, of a register too large for one document. */
  part?: { number: number; of: number };
  accreditor: string;
  /** Names of institutions of this service, by DID. */
  names: ReadonlyMap<string, string>;
  /** Register of the authority that the accreditor has its own delegation from. */
  above?: string;
  recognition: Recognition;
  published: Date;
}

/**
 * Actions in one document: every member is a statement to be canonicalised, and a reader with our own limits (256 KiB,
 * 5,000 statements, a quarter of a second) must be able to check it. What is beyond is left out and counted.
 */
export const MAX_ACTIONS = 40;

export const outputSchemaUrl = (grant: string): string => `${grant}/output-schema`;

/**
 * The schema of one grant; undefined when the format cannot say what it covers. Only awarding is an action on a badge: to
 * recognise a delegate or an assessor without its limits would be wider than the grant.
 */
export function outputSchemaText(grant: Grant): string | undefined {
  if (grant.verb !== 'accredit' || grant.role !== 'Award' || grant.accreditor === grant.accredited) return undefined;
  const schema = outputSchema(grant.scope);
  return schema && JSON.stringify(schema);
}

/** What of a register holds at this instant and can be stated. Pure. */
export function recognitionAt(register: Pick<Register, 'grants' | 'events' | 'successions'>, at: string): Recognition {
  const events = Map.groupBy(register.events, (event) => event.grant);
  const recognized: RecognizedGrant[] = [];
  const changes: string[] = [];
  let inForce = 0;
  for (const grant of register.grants) {
    if (grant.verb !== 'accredit') continue;
    const own = events.get(grant.id) ?? [];
    const stateAt = (instant: string) => standing(grant, own, instant, at);
    const holds = (instant: string) => IN_FORCE[stateAt(instant)] && !isClosed(grant.accredited, register, instant, at);
    const later = [
      grant.validFrom,
      ...(grant.validUntil === undefined ? [] : [grant.validUntil]),
      ...own.map((event) => event.effectiveAt),
      ...register.successions.flatMap((row) => (row.predecessor === grant.accredited ? row.effectiveAt : [])),
    ]
      .filter((instant) => instant > at)
      .sort();
    changes.push(...later.slice(0, 1));
    if (!holds(at)) continue;
    inForce++;
    const schema = recognized.length < MAX_ACTIONS ? outputSchemaText(grant) : undefined;
    if (schema === undefined) continue;
    const until = later.find((instant) => !holds(instant));
    const provisional = stateAt(at) === 'provisional';
    recognized.push({ grant, provisional, schema, ...(until === undefined ? {} : { until }) });
  }
  const next = changes.sort()[0];
  return { recognized, inForce, ...(next === undefined ? {} : { next }) };
}

/**
 * The unsigned `RecognizedEntityCredential` of W3C Recognized Entities 1.0 (Working Draft of 2 August 2026). One entity a
 * party and one action a grant, because a reader looks for the one entity with the identifier of the issuer.
 */
export function recognizedEntitiesDocument(settings: DocumentSettings, input: RecognizedEntitiesInput): JsonObject {
  const { registerUrl, part, accreditor, names, above, recognition, published } = input;
  const { recognized, inForce } = recognition;
  const named = (did: string): JsonObject => (names.has(did) ? { name: names.get(did)! } : {});
  const parties = Map.groupBy(recognized, ({ grant }) => grant.accredited);
  return {
    '@context': [...settings.contexts],
    id: `${registerUrl}/recognized-entities${part ? `?part=${part.number}` : ''}`,
    type: ['VerifiableCredential', 'RecognizedEntityCredential'],
    name: `${settings.specimen ? 'SPECIMEN ' : ''}Recognized entities of ${names.get(accreditor) ?? accreditor}`,
    description: describe(registerUrl, part, recognized.length, inForce),
    issuer: {
      id: accreditor,
      type: 'RecognizedIssuer',
      ...named(accreditor),
      // The document in which the delegation stands with its limits; this format has no place for them.
      ...(above ? { recognizedIn: { id: above, type: 'PhAccreditationRegisterCredential' } } : {}),
    },
    validFrom: formatInstant(published),
    validUntil: formatInstant(new Date(published.getTime() + REGISTER_HOURS * 3_600_000)),
    credentialSubject: [...parties].map(([did, grants]) => ({
      id: did,
      type: 'RecognizedEntity',
      ...named(did),
      recognizedTo: grants.map((one) => action(one)),
    })),
  };
}

function action({ grant, provisional, until, schema }: RecognizedGrant): JsonObject {
  return {
    // Named, so that it can be traced to its grant and that the document has no nodes without an id.
    id: `${grant.id}#issue`,
    type: 'RecognizedAction',
    action: 'issue',
    recognizedBy: grant.accreditor,
    validFrom: grant.validFrom,
    ...(until ? { validUntil: lastSecondBefore(until) } : {}),
    ...(provisional ? { description: 'Provisional: granted until a later decision.' } : {}),
    outputValidation: {
      id: outputSchemaUrl(grant.id),
      type: 'JsonSchema',
      digestMultibase: digestMultibase(sha256Hex(schema)),
    },
  };
}

function describe(registerUrl: string, part: RecognizedEntitiesInput['part'], stated: number, of: number): string {
  return [
    'Export to an experimental draft, W3C Recognized Entities 1.0 (Working Draft of 2 August 2026).',
    `The signed register at ${registerUrl} is authoritative; what is not listed here may be accredited there.`,
    ...(part ? [`Part ${part.number} of ${part.of}.`] : []),
    `States ${stated} of ${of} accrediting grants in force: only the role Award, only scopes that a JSON Schema can state`,
    `without loss (no credit limit), and at most ${MAX_ACTIONS}.`,
  ].join(' ');
}
