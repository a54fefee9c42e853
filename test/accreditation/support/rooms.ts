import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync } from 'node:fs';
import {
  type Accreditations,
  type AccreditationWrite,
  createAccreditations,
  createHeldRegisters,
  createLocalRegisters,
  createPublication,
  createSuccessions,
  type HeldRegisters,
  type LocalRegisters,
  type Publication,
  type Successions,
  type TrustPolicy,
} from '#accreditation';
import { systemRandom, type Transactor } from '#kernel';
import { encodeMultikey, type Signer } from '#keystore';
import { CREDENTIALS_V2, createContextLoader, createProofMaker, OPEN_BADGES_3_0_3 } from '#proofs';
import { openSqlite, type Storage } from '#storage';

export const PUBLIC = 'https://tatak.example';
export const PH = `${PUBLIC}/contexts/ph/v1-draft`;
export const TENANT = 'specimen-authority';
export const DID = `did:web:tatak.example:institutions:${TENANT}`;

export const loader = createContextLoader({
  phContext: readFileSync(new URL('../../../contexts/ph-v1-draft.json', import.meta.url), 'utf8'),
  phContextUrl: PH,
});
const { publicKey, privateKey } = generateKeyPairSync('ed25519');
export const publicKeyMultibase = encodeMultikey(publicKey.export({ format: 'der', type: 'spki' }).subarray(12));
export const signer: Signer = {
  verificationMethod: `${DID}#key-1-assertion`,
  publicKeyMultibase,
  sign: async (data) => sign(null, data, privateKey),
};

/** The accreditation room of one authority over a store in memory; the clock stands still until it is set. */
export interface Rooms {
  now: { at: string };
  storage: Storage;
  /** Everything that was committed through the rooms. */
  writes: AccreditationWrite[];
  accreditations: Accreditations;
  publication: Publication;
  successions: Successions;
  registers: LocalRegisters;
  held(how: Pick<Parameters<typeof createHeldRegisters>[0], 'fetchRegister' | 'verifyRegister'>): HeldRegisters;
}

export async function openRooms(policy: TrustPolicy = { anchors: [], maxDepth: 3 }): Promise<Rooms> {
  const now = { at: '2026-11-24T01:00:00Z' };
  const storage = await openSqlite({ path: ':memory:' });
  const institution = { tenant: TENANT, profile: { name: 'Specimen Skills Authority' }, createdAt: now.at };
  await storage.transactor.commit([{ op: 'institution.insert', row: institution }]);
  const writes: AccreditationWrite[] = [];
  const transactor: Transactor<AccreditationWrite> = {
    async commit(all) {
      await storage.transactor.commit(all);
      writes.push(...all);
    },
  };
  const party = { institution, did: DID, keyId: 'key-1-assertion', signer };
  const { reader } = storage;
  const clock = { now: () => new Date(now.at) };
  const common = {
    authority: { forTenant: async () => party, forKey: async () => party },
    proofs: createProofMaker({ loader }),
    ...{ reader, transactor, clock, random: systemRandom, publicUrl: PUBLIC },
    contexts: [CREDENTIALS_V2, OPEN_BADGES_3_0_3, PH],
    specimen: true,
  };
  const tenantOf = (did: string) => (did === DID ? TENANT : undefined);
  const registers = createLocalRegisters({ reader, clock, publicUrl: PUBLIC, tenantOf, didOf: () => DID });
  return {
    ...{ now, storage, writes, registers },
    accreditations: createAccreditations({
      ...common,
      ...{ institutions: reader, registers, policy, issuedSince: async () => undefined },
    }),
    publication: createPublication({ ...common, didDocument: async () => undefined }),
    successions: createSuccessions(common),
    held: (how) => createHeldRegisters({ ...common, ...how }),
  };
}
