/**
 * Another process of the same service: the same store and settings (from the environment), without listeners. Answers one
 * request a line: `{method, url, key, body}` in, `{status, body}` out.
 */
import { createInterface } from 'node:readline';
import { assemble, readConfig, readSecrets } from '#app';
import { QUICK_KEYS } from '../../support/unlimited-requests.ts';

const config = readConfig(process.env);
const app = await assemble(config, readSecrets(process.env, config), QUICK_KEYS);
await app.server.ready();

for await (const line of createInterface({ input: process.stdin })) {
  const { method, url, key, body } = JSON.parse(line) as { method: 'POST'; url: string; key: string; body: object };
  const headers = { authorization: `Bearer ${key}`, accept: 'application/json' };
  const answer = await app.server.inject({ method, url, headers, payload: body });
  process.stdout.write(`${JSON.stringify({ status: answer.statusCode, body: answer.json() })}\n`);
}
await app.close();
