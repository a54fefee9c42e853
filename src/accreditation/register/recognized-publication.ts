import type { InstitutionReader, SigningAuthority } from '#institutions';
import { BUCKETS, type Clock, fieldProblem, formatInstant, joining, Problem, parseStrictJson } from '#kernel';
import type { ProofMaker } from '#proofs';
import { isClosed } from '../climb.ts';
import { IN_FORCE, standing } from '../lifecycle.ts';
import type { Grant, Register } from '../model.ts';
import type { AccreditationReader } from '../ports.ts';
import { readGrant } from '../read.ts';
import type { DocumentSettings } from './documents.ts';
import { MAX_ACTIONS, outputSchemaText, recognitionAt, recognizedEntitiesDocument } from './recognized-entities.ts';
import type { LocalRegisters, SourceDeps } from './sources.ts';

export interface RecognizedDeps extends DocumentSettings {
  authority: SigningAuthority;
  proofs: ProofMaker;
  reader: Pick<AccreditationReader, 'accreditation' | 'registerSize'> & Pick<InstitutionReader, 'institution'>;
  registers: Pick<LocalRegisters, 'part' | 'grantsTo'>;
  tenantOf: SourceDeps['tenantOf'];
  clock: Clock;
}

export interface RecognizedEntities {
  /**
   * The signed export of one authority, or of one part of it.
   * @throws Problem `not-found` when there is no such institution or nothing to state, `invalid-request` for a wrong part
   */
  credential(tenant: string, part?: number): Promise<string>;
  /** The schema that an action of the export refers to; undefined when the grant cannot be stated. */
  schema(accreditationId: string): Promise<string | undefined>;
}

interface Published {
  content: string;
  at: number;
  /** When it must be made again, as an instant. */
  stale: string;
  /** Undefined when there is nothing to state. */
  text?: string;
}

const RESIGN_AFTER_MS = 12 * 3_600_000;
/** Buckets fill unevenly, and a party stands in one of them with all its grants. */
const PLANNED_A_PART = 20;
/** Documents kept in memory. */
const KEPT = 64;

/**
 * Signs exports of registers. Unlike a register an export depends on the moment: it holds what is in force, so it is also
 * made again when a grant begins or ends.
 */
export function createRecognizedEntities(deps: RecognizedDeps): RecognizedEntities {
  const { authority, proofs, reader, registers, tenantOf, clock, publicUrl } = deps;
  const published = new Map<string, Published>();
  const making = joining<Published>();

  const nameOf = async (did: string) => {
    const tenant = tenantOf(did);
    return tenant === undefined ? undefined : (await reader.institution(tenant))?.profile.name;
  };

  /** Where the accreditor's own delegation stands, as far as this service knows: the oldest in force. */
  async function above(did: string, now: string): Promise<string | undefined> {
    const holding = (await registers.grantsTo([did], 'Accredit')).flatMap((register) =>
      register.grants
        .filter((grant) => isDelegation(grant, register, now))
        .map((grant) => ({ since: `${grant.validFrom} ${grant.id}`, url: register.url })),
    );
    return holding.sort((a, b) => (a.since < b.since ? -1 : 1))[0]?.url;
  }

  async function build(tenant: string, part: number, of: number, content: string): Promise<Published> {
    const now = clock.now();
    const { did, signer } = await authority.forTenant(tenant, 'assertion');
    const [from, to] = [((part - 1) * BUCKETS) / of, (part * BUCKETS) / of];
    const at = formatInstant(now);
    const recognition = recognitionAt(await registers.part(tenant, did, from, to), at);
    const resign = formatInstant(new Date(now.getTime() + RESIGN_AFTER_MS));
    const stale = [resign, ...(recognition.next ? [recognition.next] : [])].sort()[0]!;
    const made = { content, at: now.getTime(), stale };
    if (recognition.recognized.length === 0) return made;
    const names = new Map<string, string>();
    for (const party of new Set([did, ...recognition.recognized.map(({ grant }) => grant.accredited)])) {
      const name = await nameOf(party);
      if (name !== undefined) names.set(party, name);
    }
    const upward = await above(did, at);
    const unsigned = recognizedEntitiesDocument(deps, {
      registerUrl: `${publicUrl}/registry/${tenant}`,
      ...(of > 1 ? { part: { number: part, of } } : {}),
      accreditor: did,
      names,
      ...(upward ? { above: upward } : {}),
      recognition,
      published: now,
    });
    return { ...made, text: JSON.stringify(await proofs.sign(unsigned, signer, at)) };
  }

  return {
    async credential(tenant, part) {
      const size = await reader.registerSize(tenant);
      const of = partsFor(size.grants);
      if (part === undefined ? of > 1 : part < 1 || part > of) {
        throw fieldProblem('invalid-request', '/part', `this register is exported in parts: ask for one of 1 to ${of}`);
      }
      const content = JSON.stringify(size);
      const name = `${tenant} ${part ?? 1}`;
      const held = published.get(name);
      const now = clock.now();
      const fresh = held?.content === content && now.getTime() >= held.at && formatInstant(now) < held.stale;
      // One at a time: who asks meanwhile gets the same one.
      const made = fresh ? held : await making(`${name} ${content}`, () => build(tenant, part ?? 1, of, content));
      if (!fresh) {
        published.delete(name);
        if (published.size >= KEPT) published.delete(published.keys().next().value!);
        published.set(name, made);
      }
      if (made.text === undefined)
        throw new Problem('not-found', 'no grant in force here can be stated in this format');
      return made.text;
    },

    async schema(accreditationId) {
      const row = await reader.accreditation(accreditationId);
      const grant = row && readGrant(parseStrictJson(row.signed));
      return grant && outputSchemaText(grant);
    },
  };
}

function isDelegation(grant: Grant, register: Register, now: string): boolean {
  const { verb, accreditor, accredited } = grant;
  if (verb !== 'accredit' || accreditor === accredited || isClosed(accredited, register, now, now)) return false;
  return IN_FORCE[standing(grant, register.events, now, now)];
}

/** The fewest parts, a power of two. */
function partsFor(grants: number): number {
  let count = 1;
  if (grants > MAX_ACTIONS) while (grants / count > PLANNED_A_PART && count < BUCKETS) count *= 2;
  return count;
}
