/**
 * The employer's own instance: another process, an empty database, one trust anchor. It may reach the first instance on
 * this machine only because this file says so to the composition root; no setting could.
 */
import { readFileSync } from 'node:fs';
import { assemble, readConfig, readSecrets } from '#app';

const { env, origins, certificate } = JSON.parse(process.argv[2]!) as {
  env: Record<string, string>;
  origins: string[];
  certificate: string;
};
const config = readConfig(env);
const ca = readFileSync(certificate, 'utf8');
const app = await assemble(config, readSecrets(env, config), {
  loopbackOrigins: origins.map((origin) => ({ origin, ca })),
  rateLimits: { expensive: 10_000, address: 10_000 },
});
await app.start();
console.log(`Tatak is at ${config.publicUrl}`);
process.on('SIGTERM', () => {
  app.close().then(() => process.exit(0));
});
