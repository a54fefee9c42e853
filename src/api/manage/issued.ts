import type { FastifyReply } from 'fastify';
import type { CredentialRecord, IssuedCredential } from '#credentials';
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

export function showCredential(row: CredentialRecord, publicUrl: string) {
  const { credentialId, tenant: _, unsigned: __, signed: ___, ...rest } = row;
  const { keyId: ____, proofCreated: _____, idempotencyKey: ______, jwt, jwtKeyId: _______, ...shown } = rest;
  const url = `${publicUrl}/credentials/${credentialId}`;
  return { id: credentialId, url, ...(jwt === undefined ? {} : { jwtUrl: `${url}.jwt` }), ...shown };
}
