import type { ApiDeps } from '../deps.ts';

/** Our own name for an institution of ours; somebody else's is its DID, because what it calls itself proves nothing. */
export async function nameOf(did: string, { institutions }: Pick<ApiDeps, 'institutions'>): Promise<string> {
  const own = institutions.didOf('');
  const institution = did.startsWith(own) ? await institutions.get(did.slice(own.length)) : undefined;
  return institution?.profile.name ?? did;
}
