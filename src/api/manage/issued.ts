import type { FastifyReply } from 'fastify';
import type { CredentialRecord, IssuedCredential, ListedCredential } from '#credentials';
import type { ApiDeps } from '../deps.ts';
import { splice } from '../http/splice.ts';

/** Answers 201 with `{...head, credentials}`, in the order they were asked for. */
export function createCredentialsAnswer({ publicUrl }: Pick<ApiDeps, 'publicUrl'>) {
  return (reply: FastifyReply, issued: readonly Pick<IssuedCredential, 'record' | 'text'>[], head: object = {}) => {
    const items = issued.map(({ record, text }) => splice(showCredential(record, publicUrl), 'credential', text));
    reply.code(201).type('application/json').header('cache-control', 'no-store');
    return reply.send(splice(head, 'credentials', `[${items.join(',')}]`));
  };
}

/** What the service holds for itself, or answers in another form. */
const HELD_BACK = [
  ...(['tenant', 'credentialId', 'unsigned', 'signed', 'jwt'] as const),
  ...(['keyId', 'jwtKeyId', 'proofCreated', 'idempotencyKey'] as const),
] as const satisfies readonly (keyof CredentialRecord)[];
const heldBack: ReadonlySet<string> = new Set(HELD_BACK);
type Shown = { id: string; url: string; jwtUrl?: string } & Omit<CredentialRecord, (typeof HELD_BACK)[number]>;

export function showCredential(row: ListedCredential, publicUrl: string): Shown {
  const id = row.credentialId;
  const url = `${publicUrl}/credentials/${id}`;
  const shown: Record<string, unknown> = row.jwt === undefined ? { id, url } : { id, url, jwtUrl: `${url}.jwt` };
  // By name, not by taking members off the record: a page shows fifty of them.
  for (const name of Object.keys(row)) if (!heldBack.has(name)) shown[name] = row[name as keyof ListedCredential];
  return shown as unknown as Shown;
}
