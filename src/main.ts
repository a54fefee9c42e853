import { setImmediate } from 'node:timers/promises';
import { ConfigError } from './app/config-error.ts';
import { readEnv } from './app/env.ts';
import { beginKeys } from './app/head-start.ts';
import { nameOwnModules } from './app/own-modules.ts';

/** Read settings, assemble, listen, stop cleanly. */
async function main(): Promise<void> {
  const env = readEnv();
  const headStart = beginKeys(env);
  // Nothing else runs while code is loaded.
  await setImmediate();
  nameOwnModules();
  const { assemble, readConfig, readSecrets } = await import('#app');
  const config = readConfig(env);
  const app = await assemble(config, readSecrets(env, config), {}, headStart);
  const { operatorKey } = await app.start();
  if (operatorKey) {
    // Shown once, on standard output and never in the log.
    console.log(`\nOperator key, shown this once:\n\n  ${operatorKey}\n`);
  }
  console.log(`Tatak is at ${config.publicUrl}`);
  if (config.mail?.directory) console.log(`No mail server is set: mail is written to ${config.mail.directory}`);

  let stopping = false;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.on(signal, () => {
      if (stopping) process.exit(1);
      stopping = true;
      // Nobody balances requests to a service that somebody stops by hand.
      const drained = signal === 'SIGTERM' ? app.drain() : Promise.resolve();
      drained.then(app.close).then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof ConfigError ? error.message : error);
  process.exit(1);
});
