/** The service as `npm start` runs it, but for the limits of requests a minute: whoever loads it in a test is one caller. */
import { assemble, readConfig, readEnv, readSecrets } from '#app';
import { UNLIMITED } from './unlimited-requests.ts';

const env = readEnv();
const config = readConfig(env);
const app = await assemble(config, readSecrets(env, config), {
  ...UNLIMITED,
});
const { operatorKey } = await app.start();
if (operatorKey) console.log(`Operator key, shown this once:\n\n  ${operatorKey}\n`);
console.log(`Tatak is at ${config.publicUrl}`);
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
