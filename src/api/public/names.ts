import type { ApiDeps } from '../deps.ts';

/** Our own name for an institution of ours; somebody else's is its DID, because what it calls itself proves nothing. */
export async function nameOf(did: string, { institutions }: Pick<ApiDeps, 'institutions'>): Promise<string> {
  const own = institutions.didOf('');
  const institution = did.startsWith(own) ? await institutions.get(did.slice(own.length)) : undefined;
  return institution?.profile.name ?? did;
}

/** The same for several. */
export async function namesOf(
  dids: readonly string[],
  deps: Pick<ApiDeps, 'institutions'>,
): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all(dids.map(async (did) => [did, await nameOf(did, deps)] as const)));
}
