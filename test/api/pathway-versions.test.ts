import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openService, type TestService } from '../support/service.ts';

const node = (id: string, kind: string) => ({
  ...{ id, kind, text: { en: 'Units', fil: 'Mga yunit' }, source: 'illustrative' },
  ...{ binding: 'Mandatory', realism: 'Illustrative' },
});
const version = (name: string, from: string, until?: string) => ({
  name,
  effectivePeriod: { from, ...(until ? { until } : {}) },
  stackingRule: { ...node('root', 'allOf'), children: [{ ...node('one', 'requireAll'), items: [{ code: name }] }] },
});

let service: TestService;
let issuer: string;
let path: string;

beforeAll(async () => {
  service = await openService();
  ({ issuer } = await service.institution('specimen-university'));
  const post = (url: string, body: object) => service.call<{ id: string }>('POST', url, { key: issuer, body });
  const { body } = await post('/v1/pathways', version('Old', '2019-06-01', '2024-06-01'));
  await post(`/v1/pathways/${body.id}/versions`, version('New', '2024-06-01'));
  path = `/pathways/${body.id}`;
});
afterAll(() => service.close());

const subject = async (query: string) => {
  const { status, body } = await service.call<{ credentialSubject: { name: string } }>('GET', `${path}${query}`);
  return [status, body.credentialSubject?.name];
};

describe('the catalogue a learner follows', () => {
  it('selects the version that was in effect on its day', async () => {
    expect(await subject('')).toEqual([200, 'New']);
    expect(await subject('?on=2019-06-01')).toEqual([200, 'Old']);
    expect(await subject('?on=2024-05-31')).toEqual([200, 'Old']);
    expect(await subject('?on=2024-06-01')).toEqual([200, 'New']);
    expect(await subject('?on=2019-05-31')).toEqual([404, undefined]);
  });

  it('is a day, and not beside a version', async () => {
    expect((await subject('?on=2024'))[0]).toBe(400);
    expect((await subject('?on=2024-06-01&version=1'))[0]).toBe(400);
  });

  it('is followed by an evaluation at that address, in its own period', async () => {
    const evaluate = async (on: string) => {
      const { body } = await service.call<{ pathway: { version: string; inEffect: boolean } }>(
        'POST',
        '/v1/evaluations',
        {
          body: {
            pathway: `${service.publicUrl}${path}?on=${on}`,
            credentials: [await badge()],
            date: on,
          },
        },
      );
      return [body.pathway.version, body.pathway.inEffect];
    };
    expect(await evaluate('2020-01-01')).toEqual(['1', true]);
    expect(await evaluate('2025-01-01')).toEqual(['2', true]);
  });

  it('shows on the page, whose links stay with the version', async () => {
    const { text } = await service.call('GET', `${path}?on=2020-01-01`, { headers: { accept: 'text/html' } });
    expect(text).toContain('Old');
    expect(text).toContain('version=1');
  });
});

let made: string | undefined;
async function badge(): Promise<string> {
  if (made) return made;
  const achievement = { name: 'SPECIMEN Unit', description: 'For tests.', criteria: { narrative: 'Passed.' } };
  const call = <T>(url: string, body: object) => service.call<T>('POST', url, { key: issuer, body });
  const { achievementId } = (await call<{ achievementId: string }>('/v1/achievements', { achievement })).body;
  const issued = await call<{ credentials: { url: string }[] }>('/v1/credentials', { achievementId, recipients: [{}] });
  made = issued.body.credentials[0]!.url;
  return made;
}
