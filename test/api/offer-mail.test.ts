import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mailTo, outbox } from '../support/outbox.ts';
import { openService, type TestService } from '../support/service.ts';

interface Offer {
  id: string;
  claimUrl: string;
  delivery?: { state: string; attempts: number; lang: string; lastAnswer?: string };
}

describe('offers by mail, through the API', () => {
  let service: TestService;
  let issuer: string;
  let achievementId: string;
  const post = <T>(path: string, body: unknown, key = issuer) => service.call<T>('POST', path, { key, body });
  const read = async (id: string) => (await service.call<Offer>('GET', `/v1/offers/${id}`, { key: issuer })).body;

  beforeAll(async () => {
    service = await openService();
    ({ issuer } = await service.institution('specimen-college', 'Specimen College'));
    const made = await post<{ achievementId: string }>('/v1/achievements', {
      achievement: {
        ...{ name: 'SPECIMEN Data Literacy', description: 'Reads data.', criteria: { narrative: 'Passed.' } },
        ...{ achievementType: 'MicroCredential', awardType: 'HeiMicroCredential', regime: 'CHED' },
        assessmentType: ['Project'],
      },
    });
    achievementId = made.body.achievementId;
  });
  afterAll(() => service.close());

  async function award(recipient: object): Promise<string> {
    const recipients = [recipient];
    const made = await post<{ credentials: { id: string }[] }>('/v1/credentials', { achievementId, recipients });
    return made.body.credentials[0]!.id;
  }

  it('the link goes to the recorded address, and what became of it is shown', async () => {
    const credentialId = await award({ name: 'Amihan', email: 'amihan@example.org' });
    const made = await post<Offer>('/v1/offers', { credentialId, deliver: 'mail', lang: 'fil' });
    expect(made.status, made.text).toBe(201);
    expect(made.body.delivery).toMatchObject({ state: 'queued', attempts: 0, lang: 'fil' });
    const mail = await mailTo(service, 'amihan@example.org');
    expect(mail.text).toContain(made.body.claimUrl);
    expect(mail.from?.value[0]?.name).toBe(`Specimen College (${new URL(service.publicUrl).host})`);
    await expect.poll(async () => (await read(made.body.id)).delivery?.state, { timeout: 10_000 }).toBe('sent');
    expect((await read(made.body.id)).delivery).toMatchObject({ attempts: 1 });
    expect(JSON.stringify(await read(made.body.id))).not.toContain('amihan');

    const again = await post<Offer>(`/v1/offers/${made.body.id}/resend`, {});
    expect(again.status, again.text).toBe(429);
    const { key } = { key: (await service.institution('specimen-other')).issuer };
    expect((await post(`/v1/offers/${made.body.id}/resend`, {}, key)).status).toBe(404);
  });

  it('without an address, or with a language and no mail, nothing is made', async () => {
    const credentialId = await award({ name: 'Nobody' });
    const refused = await post<{ pointer: string }>('/v1/offers', { credentialId, deliver: 'mail' });
    expect([refused.status, refused.body.pointer]).toEqual([400, '/deliver']);
    const stray = await post<{ pointer: string }>('/v1/offers', { credentialId, lang: 'fil' });
    expect([stray.status, stray.body.pointer]).toEqual([400, '/lang']);
    const list = await service.call<{ items: [] }>('GET', `/v1/offers?credentialId=${credentialId}`, { key: issuer });
    expect(list.body.items).toEqual([]);
  });

  it('a class list sends each person their link', async () => {
    const csv = 'name,email,lang\nBituin,bituin@example.org,fil\nCelso,celso@example.org,\nNobody,,\n';
    const query = new URLSearchParams({ achievementId, deliver: 'mail' });
    const made = await post<{ batchId: string; invalidRows: number }>(`/v1/batches?${query}`, csv);
    expect([made.status, made.body.invalidRows], made.text).toEqual([201, 1]);
    await post(`/v1/batches/${made.body.batchId}/start`, undefined);
    const bituin = await mailTo(service, 'bituin@example.org');
    const celso = await mailTo(service, 'celso@example.org');
    expect(bituin.headers.get('content-language')).toBe('fil');
    expect(celso.headers.get('content-language')).toBe('en');
    const links = [bituin, celso].map(({ text }) => /\S+\/claim\/\S+/.exec(text!)![0]);
    expect(new Set(links).size).toBe(2);
    const offers = await service.call<{ items: Offer[] }>('GET', '/v1/offers', { key: issuer });
    expect(offers.body.items).toHaveLength(3);
    expect(offers.text).not.toContain('@');
    expect(await outbox(service)).toHaveLength(3);
  });
});
