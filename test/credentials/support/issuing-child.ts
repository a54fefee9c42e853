import { writeSync } from 'node:fs';
import { systemClock } from '#kernel';
import { die } from '../../support/die.ts';
import { ACTOR, openWorld, TENANT } from './world.ts';

/**
 * A process that issues on a shared store. Arguments: path, achievement id, and either `die KEY|- STEP COUNT` (issues one
 * list and kills itself at that step; 11 is after the release, 12 after the first signature of the list, 13 after its first
 * token) or
 * `many REQUESTS COUNT` (issues and prints ids).
 */
const [path, achievementId, mode, ...rest] = process.argv.slice(2) as [string, string, string, ...string[]];
const recipients = (count: number) => Array.from({ length: count }, (_, at) => ({ name: `Learner ${at}` }));

if (mode === 'die') {
  const [key, step, count] = [rest[0]!, Number(rest[1]), Number(rest[2])];
  let signatures = 0;
  const world = await openWorld({
    path,
    clock: systemClock,
    change: (deps) => ({
      onStep: (number) => (number === step ? die() : undefined),
      proofs: {
        sign: async (...args) => {
          const signed = await deps.proofs.sign(...args);
          writeSync(
            1,
            `signed ${(args[0] as { id: string }).id.split('/').at(-1)} ${signed.proof && JSON.stringify(signed)}\n`,
          );
          return step === 12 && ++signatures === 1 ? die() : signed;
        },
      },
      tokens: {
        sign: async (...args) => {
          const token = await deps.tokens.sign(...args);
          writeSync(1, `token ${(args[0] as { id: string }).id.split('/').at(-1)} ${token}\n`);
          return step === 13 ? die() : token;
        },
      },
    }),
  });
  const body = { achievementId, recipients: recipients(count) };
  const call = { tenant: TENANT, actor: ACTOR, body, ...(key === '-' ? {} : { idempotencyKey: key }) };
  for (const one of await world.issuer.issue(call)) writeSync(1, `released ${one.credentialId} ${one.text}\n`);
  if (step === 11) await die();
} else if (mode === 'many') {
  const world = await openWorld({ path, clock: systemClock, compiled: true });
  for (let request = 0; request < Number(rest[0]); request++) {
    const body = { achievementId, recipients: recipients(Number(rest[1])) };
    for (const one of await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body })) {
      writeSync(1, `${one.credentialId}\n`);
    }
  }
  await world.close();
} else {
  throw new Error(`no mode is called ${mode}`);
}
