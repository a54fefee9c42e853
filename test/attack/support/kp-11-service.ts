/** A service that signs, in a process of its own; says when its memory may be looked at and ends when it is told to. */
import { assemble, readConfig, readSecrets } from '#app';

const settings = JSON.parse(process.argv[2]!) as Record<string, string>;
const config = readConfig(settings);
const app = await assemble(config, readSecrets(settings, config));
const { operatorKey } = await app.start();
const post = async (url: string, payload: object) => {
  const answer = await app.server.inject({
    ...{ method: 'POST', url, payload },
    headers: { authorization: `Bearer ${operatorKey}` },
  });
  if (answer.statusCode >= 300) throw new Error(answer.body);
};
await post('/v1/institutions', { slug: 'specimen-college', profile: { name: 'Specimen College' } });
await post('/v1/institutions/specimen-college/keys', { purpose: 'assertion', algorithm: 'RSA', immediately: true });
// The log signs with its own key; a changed wrapping makes an error of the kind that would show something.
await app.server.inject({ method: 'GET', url: '/log/checkpoint' });
process.stdout.write('READY\n');
process.stdin.once('data', async () => {
  await app.close();
  process.exit(0);
});
