import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Role } from '#auth';
import { openService, type TestService } from '../support/service.ts';

interface Issued {
  id: string;
  url: string;
  statusListId: string;
}
const TYPES = ['BitstringStatusListEntry', '1EdTechRevocationList'] as const;
const ROLES: Role[] = ['authority', 'issuer', 'approver', 'auditor'];

let service: TestService;
const issued: Record<string, Issued> = {};
const keys: Record<string, string> = {};

beforeAll(async () => {
  service = await openService();
  const mine = await service.institution('specimen-one');
  await service.institution('specimen-two');
  for (const role of ROLES) keys[role] = await service.key('specimen-two', role, `person-${role}`);
  for (const statusType of TYPES) {
    const achievement = await service.call<{ achievementId: string }>('POST', '/v1/achievements', {
      key: mine.issuer,
      body: {
        achievement: {
          name: 'SPECIMEN Data Literacy',
          description: 'Reads and questions data.',
          criteria: { narrative: 'Passes the examination.' },
          achievementType: 'MicroCredential',
        },
        extension: false,
        statusType,
      },
    });
    const answer = await service.call<{ credentials: Issued[] }>('POST', '/v1/credentials', {
      key: mine.issuer,
      body: { achievementId: achievement.body.achievementId, recipients: [{}] },
    });
    if (answer.status !== 201) throw new Error(answer.text);
    issued[statusType] = answer.body.credentials[0]!;
  }
}, 120_000);
afterAll(() => service.close());

describe.each(TYPES)('ST-9 the status of somebody else’s badge (%s)', (type) => {
  it.each([...ROLES, undefined])('is not changed by %s of another institution', async (role) => {
    for (const action of ['revoke', 'suspend', 'reinstate']) {
      const answer = await service.call<{ verdict: string }>('POST', `/v1/credentials/${issued[type]!.id}/status`, {
        ...(role ? { key: keys[role]! } : {}),
        body: { action, reason: 'Not mine to say' },
      });
      expect([401, 403, 404]).toContain(answer.status);
    }
    const place = type === '1EdTechRevocationList' ? 'revocations' : 'status';
    const list = await service.call('GET', `/${place}/${issued[type]!.statusListId}`);
    expect(list.status).toBe(200);
    const report = await service.call<{ verdict: string }>('POST', '/v1/verifications', {
      body: { url: issued[type]!.url },
    });
    expect(report.body.verdict).toBe('valid');
  });
});
