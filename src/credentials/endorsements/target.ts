import type { AchievementReader } from '#achievements';
import type { InstitutionReader } from '#institutions';
import { fieldProblem, ID_PATTERN, type Problem } from '#kernel';
import { isSafeIri } from '../lints/absolute-iris.ts';
import type { CredentialReader } from '../ports.ts';
import type { EndorsedKind } from './ports.ts';

export interface TargetDeps {
  reader: Pick<CredentialReader, 'credential'> &
    Pick<AchievementReader, 'achievement'> &
    Pick<InstitutionReader, 'institution'>;
  /** No trailing slash. */
  publicUrl: string;
  /** The institution of a DID of this service, whether it exists or not. */
  tenantOf(did: string): string | undefined;
}

/**
 * A thing of elsewhere is endorsed as it is named; one of this service must exist, be of that kind, and not be the
 * endorser's own: nobody endorses itself.
 * @throws Problem `invalid-request` at `/endorses/id`
 */
export async function assertEndorsable(
  deps: TargetDeps,
  tenant: string,
  { kind, id }: { kind: EndorsedKind; id: string },
): Promise<void> {
  if (!isSafeIri(id)) throw fault('must be an absolute https, http, urn or did identifier', 'absolute-iris');
  const own = deps.tenantOf(id) !== undefined || id === deps.publicUrl || id.startsWith(`${deps.publicUrl}/`);
  if (!own) return;
  const owner = await OWNERS[kind](deps, id);
  if (owner === undefined) throw fault(`this service has no such ${kind}`, 'no_such_thing');
  if (owner === tenant) throw fault('is your own: nobody endorses itself', 'self');
}

/** Whose it is; undefined when there is no such thing. */
const OWNERS: Record<EndorsedKind, (deps: TargetDeps, id: string) => Promise<string | undefined>> = {
  async credential({ reader, publicUrl }, id) {
    const row = await idUnder(`${publicUrl}/credentials/`, id, (one) => reader.credential(one));
    return row?.phase === 'issued' ? row.tenant : undefined;
  },
  async achievement({ reader, publicUrl }, id) {
    return (await idUnder(`${publicUrl}/achievements/`, id, (one) => reader.achievement(one)))?.tenant;
  },
  async profile({ reader, tenantOf }, id) {
    const tenant = tenantOf(id);
    return tenant === undefined ? undefined : (await reader.institution(tenant))?.tenant;
  },
};

async function idUnder<T>(prefix: string, id: string, find: (id: string) => Promise<T | undefined>) {
  const name = id.startsWith(prefix) ? id.slice(prefix.length) : '';
  return ID_PATTERN.test(name) ? find(name) : undefined;
}

const fault = (detail: string, code: string): Problem => fieldProblem('invalid-request', '/endorses/id', detail, code);
