import { randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Webhook } from 'standardwebhooks';
import { expect, it } from 'vitest';
import { createSecretOf } from '#webhooks';
import { signedHeaders } from '../../src/webhooks/secrets.ts';
import { openService } from '../support/service.ts';

const key = async () => new Uint8Array(32).fill(7);

it('the signature is that of the published library, to the byte', async () => {
  const secret = await createSecretOf(key)('w', 1);
  for (let n = 0; n < 200; n++) {
    const payload = JSON.stringify({ n, text: randomBytes(n).toString('base64'), more: 'ñ“”' });
    const at = new Date(1_770_000_000_000 + n * 997);
    const headers = signedHeaders([secret], { id: `evt_${n}`, at, payload });
    expect(headers['webhook-signature']).toBe(new Webhook(secret).sign(`evt_${n}`, at, payload));
  }
});

it('secrets differ by endpoint, edition and service', async () => {
  const of = createSecretOf(key);
  const other = createSecretOf(async () => new Uint8Array(32).fill(8));
  const all = [await of('w', 1), await of('w', 2), await of('v', 1), await other('w', 1)];
  expect(new Set(all).size).toBe(4);
  expect(await of('w', 1)).toBe(all[0]);
  for (const secret of all) expect(Buffer.from(secret.slice(6), 'base64')).toHaveLength(32);
});

it('secrets of webhooks are in no table, list or log (AU-4)', async () => {
  const said: string[] = [];
  const service = await openService({ logTo: { write: (line) => said.push(line) } }, { TATAK_LOG_LEVEL: 'trace' });
  try {
    const { issuer } = await service.institution('specimen-college');
    const body = { url: 'https://hooks.college.example/x' };
    const made = await service.call<{ secret: string; webhook: { webhookId: string } }>('POST', '/v1/webhooks', {
      ...{ key: issuer, body },
    });
    const path = `/v1/webhooks/${made.body.webhook.webhookId}`;
    const rotated = await service.call<{ secret: string }>('POST', `${path}/secret`, { key: issuer });
    const read = await service.call('GET', path, { key: issuer });
    const files = readdirSync(service.directory).filter((name) => name.startsWith('tatak.sqlite'));
    const stored = Buffer.concat(files.map((name) => readFileSync(join(service.directory, name))));
    expect(stored.includes(made.body.webhook.webhookId)).toBe(true);
    for (const secret of [made.body.secret, rotated.body.secret]) {
      const bytes = Buffer.from(secret.slice(6), 'base64');
      for (const text of [secret.slice(6), bytes.toString('hex'), bytes.toString('base64url')]) {
        expect(stored.includes(text)).toBe(false);
        expect(said.join('\n')).not.toContain(text);
        expect(read.text).not.toContain(text);
      }
      expect(stored.includes(bytes)).toBe(false);
    }
  } finally {
    await service.close();
  }
});
