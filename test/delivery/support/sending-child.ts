import { createMail, createSmtpPost } from '#delivery';
import { systemRandom } from '#kernel';
import { openSqlite } from '#storage';
import { die } from '../../support/die.ts';
import { FROM, linkOf, PUBLIC } from './world.ts';

/**
 * Another process that sends what is in an outbox. Arguments: path, port of the mail server, the time by its clock, and where
 * it dies: `claimed`, `sent`, or `never`.
 */
const [path, port, now, where] = process.argv.slice(2) as [string, string, string, string];
const storage = await openSqlite({ path });
const mail = createMail({
  ...{
    reader: storage.reader,
    transactor: storage.transactor,
    clock: { now: () => new Date(now) },
    random: systemRandom,
  },
  ...{ from: FROM, publicUrl: PUBLIC, offerLink: linkOf },
  post: createSmtpPost({ host: 'localhost', port: Number(port), tls: 'none' }),
  onStep(step) {
    if (step === where) return die();
  },
});
let idle = 0;
// Others may hold what is due at this moment.
while (idle < 3) {
  if (await mail.sendOnce()) idle = 0;
  else {
    idle++;
    await new Promise((next) => setTimeout(next, 50));
  }
}
await mail.close();
await storage.close();
