/** The service as `npm start` runs it, but for the limits of requests and for waits of webhooks two thousand times shorter. */
import { assemble, readConfig, readEnv, readSecrets } from '#app';
import { UNLIMITED } from '../../support/unlimited-requests.ts';

const env = readEnv();
const config = readConfig(env);
const app = await assemble(config, readSecrets(env, config), {
  ...UNLIMITED,
  // What a kill leaves leased is taken up after three seconds in place of a minute.
  sending: { scale: 0.0005, leaseMs: 3_000 },
});
const { operatorKey } = await app.start();
if (operatorKey) console.log(`Operator key, shown this once:\n\n  ${operatorKey}\n`);
console.log(`Tatak is at ${config.publicUrl}`);
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
