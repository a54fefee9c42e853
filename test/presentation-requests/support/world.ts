import type { Overrides } from '#app';
import type { JsonObject } from '#kernel';
import { node } from '../../support/pathway-world.ts';
import { openService, type TestService } from '../../support/service.ts';
import { createWallet, type Held, type Wallet } from './wallet.ts';

/** What somebody who asks has in his hand. */
export interface Request {
  requestId: string;
  transaction: string;
  links: { same: string; other: string };
}

export interface World {
  service: TestService;
  wallet: Wallet;
  /** Addresses of two definitions that a pathway asks for, and of one that nothing asks for. */
  definitions: [string, string, string];
  pathway: string;
  /** Issues a badge of the nth definition. @returns document and token */
  award(nth: number, subjectId?: string): Promise<{ document: JsonObject; token: string; id: string }>;
  revoke(id: string): Promise<void>;
  ask(body: object): Promise<Request>;
  read(request: Request, more?: string): Promise<{ status: number; body: JsonObject }>;
  /** Posts a response as it is. */
  post(
    request: Request,
    form: Record<string, string>,
    more?: string,
  ): Promise<{ status: number; body: Record<string, string> }>;
  close(): Promise<void>;
}

export async function openWorld(overrides: Overrides = {}): Promise<World> {
  const service = await openService(overrides);
  const { issuer } = await service.institution('specimen-college', 'Specimen College');
  let nth = 0;
  const post = async <T>(path: string, body: object, key: string = issuer): Promise<T> => {
    const made = await service.call<T>('POST', path, { key, body, headers: { 'idempotency-key': `w-${++nth}` } });
    if (made.status > 299) throw new Error(`${path}: ${made.text}`);
    return made.body;
  };
  await post(
    '/v1/institutions/specimen-college/keys',
    { purpose: 'assertion', algorithm: 'RSA', immediately: true },
    service.operatorKey,
  );
  const define = async (name: string) => {
    const achievement = {
      ...{ name, description: 'A unit.', criteria: { narrative: 'Passed.' }, achievementType: 'MicroCredential' },
      ...{ awardType: 'HeiMicroCredential', regime: 'CHED', pqfLevel: 6, pqfLevelStatus: 'ProviderClaimed' },
      ...{ assessmentType: ['Project'], credit: [{ system: 'HE-UNIT-18', value: '3', kind: 'lecture' }] },
    };
    const made = await post<{ achievementId: string }>('/v1/achievements', { achievement, jwt: 'ob-jwt' });
    return `${service.publicUrl}/achievements/${made.achievementId}`;
  };
  const definitions: World['definitions'] = [
    await define('SPECIMEN Unit One'),
    await define('SPECIMEN Unit Two'),
    await define('SPECIMEN Other'),
  ];
  const items = definitions.slice(0, 2).map((achievement) => ({ achievement }));
  const stackingRule = node('requireAll', 'units', { items });
  const { url } = await post<{ url: string }>('/v1/pathways', { name: 'SPECIMEN Two Units', stackingRule });
  return {
    ...{ service, definitions, pathway: url, wallet: createWallet(service.server) },
    async award(which, subjectId) {
      const recipients = [subjectId === undefined ? { name: 'Amihan' } : { subjectId }];
      const achievementId = definitions[which]!.split('/').at(-1);
      const { credentials } = await post<{ credentials: { id: string; url: string; credential: JsonObject }[] }>(
        '/v1/credentials',
        { achievementId, recipients },
      );
      const { url: address, credential } = credentials[0]!;
      const token = await service.server.inject({ url: `${new URL(address).pathname}.jwt` });
      return { document: credential, token: token.body, id: address.split('/').at(-1)! };
    },
    async revoke(id) {
      await post(`/v1/credentials/${id}/status`, { action: 'revoke', reason: 'Awarded in error' });
    },
    async ask(body) {
      const made = await service.call<Request>('POST', '/v1/presentation-requests', { body });
      if (made.status !== 201) throw new Error(made.text);
      return made.body;
    },
    read: ({ requestId, transaction }, more = '') =>
      service.call('GET', `/v1/presentation-requests/${requestId}${more}`, { headers: { transaction } }),
    async post({ requestId }, form, more = '') {
      const answer = await service.server.inject({
        ...{ method: 'POST', url: `/oid4vp/requests/${requestId}/response${more}` },
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        payload: new URLSearchParams(form).toString(),
      });
      return { status: answer.statusCode, body: answer.json() };
    },
    close: () => service.close(),
  };
}

export const text = (token: Record<string, Held[]>): string => JSON.stringify(token);
