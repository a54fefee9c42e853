import { actorOf } from '#auth';
import { DEFAULT_INSTANCE, type PlainCredentialRecord, type PlainIssueCall } from '#credentials';
import { Problem } from '#kernel';
import type { ApiDeps } from '../deps.ts';
import { type Handler, type Handlers, principalOf } from '../http/operation.ts';
import { splice } from '../http/splice.ts';

/** VCALM "Issue Credential": the default instance, and any other by its name in the address. */
export function vcApiIssue({
  plainCredentials,
}: Pick<ApiDeps, 'plainCredentials'>): Handlers<'vcApiIssueCredential' | 'vcApiIssueCredentialBy'> {
  const issueBy =
    (instanceOf: (params: unknown) => string): Handler =>
    async (request, reply) => {
      const principal = principalOf(request);
      const idempotencyKey = request.headers['idempotency-key'] as string | undefined;
      const row = await plainCredentials.issue({
        tenant: principal.tenant,
        actor: actorOf(principal),
        instance: instanceOf(request.params),
        body: request.body as PlainIssueCall['body'],
        ...(idempotencyKey === undefined ? {} : { idempotencyKey }),
      });
      reply.code(201).type('application/json').header('cache-control', 'no-store');
      return reply.send(splice({}, 'verifiableCredential', textOf(row)));
    };
  return {
    vcApiIssueCredential: issueBy(() => DEFAULT_INSTANCE),
    vcApiIssueCredentialBy: issueBy((params) => (params as { instance: string }).instance),
  };
}

/** What was signed, byte for byte. @throws Problem `gone` when it was removed since */
export function textOf({ signed }: PlainCredentialRecord): string {
  if (!signed) throw new Problem('gone', 'the credential was removed');
  return signed;
}
