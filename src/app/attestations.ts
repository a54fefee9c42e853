import {
  type AttestationDeps,
  type AttestationReader,
  type Attestations,
  createAttestationReader,
  createAttestations,
} from '#attestations';
import { createIdentifiers } from '#identifiers';
import type { Institutions } from '#institutions';
import { Problem } from '#kernel';

type KeysAtHand = Pick<Parameters<typeof createIdentifiers>[0], 'clock' | 'local' | 'archived'>;

/**
 * Attestations of the service's own badges, and the reading of anybody's. Keys are those of its own institutions and of the DID
 * documents its operator has added (`tatak archive add`); whoever scans a paper has asked nobody to fetch anything.
 */
export function openAttestations(
  deps: AttestationDeps,
  keys: KeysAtHand,
  institutions: Pick<Institutions, 'get'>,
  tenantOf: (did: string) => string | undefined,
): Attestations & AttestationReader {
  const fetch = async (): Promise<never> => {
    throw new Problem('fetch-refused', 'nothing is fetched for an attestation');
  };
  const { resolveMethod } = createIdentifiers({ ...keys, fetch });
  const nameOf = async (did: string) => {
    const tenant = tenantOf(did);
    return tenant === undefined ? undefined : (await institutions.get(tenant))?.profile.name;
  };
  return { ...createAttestations(deps), ...createAttestationReader({ clock: deps.clock, resolveMethod, nameOf }) };
}
