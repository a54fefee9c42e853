import type { AccreditationRecord } from '#accreditation';
import type { JsonObject } from '#kernel';
import { type Actor, actor, badge, publishDefinition, type World, world } from '../../verifier/world.ts';
import { DID, openRooms, PUBLIC, publicKeyMultibase, type Rooms, signer, TENANT } from './rooms.ts';

export const REGISTER = `${PUBLIC}/registry/${TENANT}`;
const METHOD = `${DID}#key-1-assertion`;

/** The authority of the rooms, as its DID document shows it. */
export const AUTHORITY: Actor = {
  did: DID,
  signer,
  document: {
    id: DID,
    verificationMethod: [{ id: METHOD, type: 'Multikey', controller: DID, publicKeyMultibase }],
    assertionMethod: [METHOD],
    service: [{ id: `${DID}#register`, type: 'AccreditationRegister', serviceEndpoint: REGISTER }],
  },
};

const INPUT = { role: 'Award' as const, scope: [{ awardType: ['TvetMicroCredential'] }], validFrom: '2026-01-01' };

/** An authority with so many grants that its register is published in parts, one of them to the school. */
export async function openLarge(
  schools: readonly Actor[],
  others = 400,
): Promise<Rooms & { granted: AccreditationRecord[] }> {
  const rooms = await openRooms();
  const granted: AccreditationRecord[] = [];
  for (const { did } of schools)
    granted.push(await rooms.accreditations.grant(TENANT, { ...INPUT, accredited: did }, 'key:1'));
  const { signed, ...row } = granted[0]!;
  // The register is signed as a whole; the grants of the others are copies in form.
  const copies = Array.from({ length: others }, (_, n) => {
    const [accredited, accreditationId] = [`did:web:other-${n}.example`, `other${n}`];
    const text = signed.replaceAll(row.accredited, accredited).replaceAll(row.accreditationId, accreditationId);
    return { op: 'accreditation.insert' as const, row: { ...row, accredited, accreditationId, signed: text } };
  });
  for (let at = 0; at < copies.length; at += 100) await rooms.storage.transactor.commit(copies.slice(at, at + 100));
  return { ...rooms, granted };
}

interface Parts {
  count: number;
  digests: string[];
  url: string;
}

/** The register with all its parts, by address. */
export async function pagesOf({ publication }: Rooms): Promise<Map<string, string>> {
  const text = await publication.register(TENANT);
  const { register } = (JSON.parse(text) as { credentialSubject: { register: { parts?: Parts } } }).credentialSubject;
  const pages = new Map([[REGISTER, text]]);
  for (const digest of register.parts?.digests ?? []) {
    pages.set(`${register.parts!.url}${digest}`, (await publication.part(TENANT, digest))!);
  }
  return pages;
}

/** A world whose verifier knows only this anchor; badges of these schools, with their definitions published. */
export async function worldWith(
  schools: readonly Actor[],
  more: Parameters<typeof world>[1] = {},
): Promise<World & { badges: JsonObject[] }> {
  const on = world([AUTHORITY], more);
  const badges: JsonObject[] = [];
  for (const school of schools) {
    on.join(school);
    const signed = await on.sign(school, badge(school));
    publishDefinition(on, signed);
    badges.push(signed);
  }
  return { ...on, badges };
}

export function publishPages(on: World, pages: ReadonlyMap<string, string>): void {
  for (const [url, body] of pages) on.pages.set(url, { body });
}

export const schoolsNamed = (...names: string[]): Actor[] => names.map(actor);
