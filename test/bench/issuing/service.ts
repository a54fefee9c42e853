/**
 * The service as `npm start` runs it, but for the limits of requests a minute: whoever measures is one caller. Tells its
 * parent when it listens, and the operator key.
 */
import { assemble, readConfig, readEnv, readSecrets } from '#app';

const env = readEnv();
const config = readConfig(env);
const app = await assemble(config, readSecrets(env, config), {
  rateLimits: { address: 1e9, key: 1e9, expensive: 1e9 },
});
const { operatorKey } = await app.start();
process.send?.({ publicUrl: config.publicUrl, operatorKey });
process.once('SIGTERM', () => void app.close().then(() => process.exit(0)));
