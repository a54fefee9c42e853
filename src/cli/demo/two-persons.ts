import type { Actor } from './actors.ts';
import { ApiError, type Client, createClient } from './client.ts';

interface Made {
  secret: string;
}
interface Decided {
  credentials: { url: string }[];
}

const REGISTRAR = 'registrar-0017';
const DEAN = 'dean-0002';

/**
 * One award that two persons sign off. Whoever prepared it holds another key as well, with the right to approve: that does
 * not help.
 * @throws Error when the same person could approve
 */
export async function issueByTwo(
  operator: Client,
  url: string,
  institution: Actor,
  request: object,
): Promise<{ url: string; refused: string }> {
  const key = async (role: string, person: string) => {
    const body = { institution: institution.slug, role, person, label: `demo ${role}` };
    return createClient(url, (await operator.post<Made>('/v1/api-keys', body)).secret);
  };
  await operator.put(`/v1/institutions/${institution.slug}/issuing-policy`, { approval: 'two-person' });
  const registrar = await key('issuer', REGISTRAR);
  const registrarAgain = await key('approver', REGISTRAR);
  const dean = await key('approver', DEAN);

  const { approval } = await registrar.post<{ approval: { id: string } }>('/v1/credentials', request);
  const decision = `/v1/approvals/${approval.id}/decision`;
  const refused = await registrarAgain.post(decision, { decision: 'approve' }).then(
    () => {
      throw new Error('the person who prepared an award could approve it');
    },
    (error: unknown) => {
      if (error instanceof ApiError && error.status === 403) return error.detail;
      throw error;
    },
  );
  const { credentials } = await dean.post<Decided>(decision, { decision: 'approve' });
  return { url: credentials[0]!.url, refused };
}
