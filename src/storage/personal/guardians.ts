import type { Transaction } from 'kysely';
import type { Tables } from '../tables.ts';
import type { PersonalPlace } from './place.ts';

/** Who acts for the learner of an award, with the day they come of age: in the award, in the row and in the request it is from. */
export const guardianPlace: PersonalPlace = {
  columns: { credentials: ['guardianEmail', 'guardianUntil'] },
  find: async (_, { credentials }) =>
    credentials.flatMap(({ tenant, credentialId, formOf, recipient: { guardianEmail, guardianUntil } }) =>
      guardianEmail === undefined || formOf !== undefined
        ? []
        : [
            {
              ...{ tenant, object: credentialId, of: credentialId, fate: 'erasable' as const },
              data: { guardianEmail, guardianUntil },
            },
          ],
    ),
  /**
   * `object` is one form of the award, and all of them forget; or what became no award: a row, `BATCH/ROW`, or somebody in a
   * request, `APPROVAL#/recipients/N`.
   */
  async erase(trx, { tenant, object }) {
    const [approvalId = '', pointer] = object.split('#');
    if (pointer !== undefined) return forgetAt(trx, { tenant, approvalId, at: Number(pointer.split('/').at(-1)) });
    const [batchId = '', row] = object.split('/');
    if (row !== undefined) return forgetInRow(trx, { tenant, batchId, row: Number(row) });
    const credentials = () => trx.selectFrom('credentials').where('tenant', '=', tenant);
    const one = await credentials().select('awardId').where('credentialId', '=', object).executeTakeFirst();
    if (!one) return;
    const forms = await credentials()
      .select(['credentialId', 'recipient', 'batchId', 'batchRow'])
      .where('awardId', '=', one.awardId)
      .where('guardianUntil', 'is not', null)
      .execute();
    for (const { credentialId, recipient, batchId, batchRow } of forms) {
      await trx
        .updateTable('credentials')
        .set({ recipient: withoutGuardian(recipient), guardianEmail: null, guardianUntil: null })
        .where('tenant', '=', tenant)
        .where('credentialId', '=', credentialId)
        .execute();
      if (batchId !== null && batchRow !== null) await forgetInRow(trx, { tenant, batchId, row: batchRow });
      else await forgetInRequest(trx, tenant, credentialId);
    }
  },
};

async function forgetInRow(
  trx: Transaction<Tables>,
  { tenant, batchId, row }: { tenant: string; batchId: string; row: number },
): Promise<void> {
  const at = { tenant, batchId, row };
  const found = await trx
    .selectFrom('batchRows')
    .select('input')
    .where((eb) => eb.and(at))
    .executeTakeFirst();
  if (!found) return;
  const input = withoutGuardian(found.input);
  await trx
    .updateTable('batchRows')
    .set({ input })
    .where((eb) => eb.and(at))
    .execute();
}

/** A second person approved it: the request names its recipients in the order of what was issued. */
async function forgetInRequest(trx: Transaction<Tables>, tenant: string, credentialId: string): Promise<void> {
  const found = await trx
    .selectFrom('approvals')
    .select(['approvalId', 'credentialIds'])
    .where('tenant', '=', tenant)
    .where('credentialIds', 'like', `%"${credentialId}"%`)
    .execute();
  for (const { approvalId, credentialIds } of found) {
    const at = (JSON.parse(credentialIds ?? '[]') as string[]).indexOf(credentialId);
    await forgetAt(trx, { tenant, approvalId, at });
  }
}

/** @param at position among the recipients of the request */
async function forgetAt(
  trx: Transaction<Tables>,
  { tenant, approvalId, at }: { tenant: string; approvalId: string; at: number },
): Promise<void> {
  const found = await trx
    .selectFrom('approvals')
    .select('body')
    .where('tenant', '=', tenant)
    .where('approvalId', '=', approvalId)
    .executeTakeFirst();
  const request = JSON.parse(found?.body ?? '{}') as { recipients?: object[] };
  if (request.recipients?.[at] === undefined) return;
  request.recipients[at] = JSON.parse(withoutGuardian(JSON.stringify(request.recipients[at])));
  await trx
    .updateTable('approvals')
    .set({ body: JSON.stringify(request) })
    .where('tenant', '=', tenant)
    .where('approvalId', '=', approvalId)
    .execute();
}

function withoutGuardian(text: string): string {
  const { guardianEmail: _, guardianUntil: __, ...rest } = JSON.parse(text) as Record<string, unknown>;
  return JSON.stringify(rest);
}
