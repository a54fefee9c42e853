import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newBrowser } from '../oauth/support/browser.ts';
import { newPort, openService, type TestService } from '../support/service.ts';
import { foreignDocument, foreignIssuer, foreignToken } from './support/badges.ts';
import { readOfficial } from './support/official.ts';
import { signIn } from './support/platform.ts';
import { type Description, rawJourney } from './support/raw-platform.ts';

const EMAIL = 'raw-learner@students.example';
const official = readOfficial();

let service: TestService;
beforeAll(async () => {
  const tlsPort = newPort();
  const publicUrl = `https://localhost:${tlsPort}`;
  service = await openService({}, { TATAK_PUBLIC_URL: publicUrl, TATAK_TLS_PORT: String(tlsPort) });
  const { issuer } = await service.institution('specimen-college');
  const achievement = { name: 'SPECIMEN Welding', description: 'Welds.', criteria: { narrative: 'Passes.' } };
  const body = { achievement, extension: false };
  const made = await service.call<{ achievementId: string }>('POST', '/v1/achievements', { key: issuer, body });
  const issued = await service.call('POST', '/v1/credentials', {
    key: issuer,
    body: {
      achievementId: made.body.achievementId,
      recipients: [
        { name: 'Specimen Learner', email: EMAIL },
        { name: 'Specimen Other', email: 'other@students.example' },
      ],
    },
  });
  expect(issued.status).toBe(201);
});
afterAll(() => service.close());

describe('a platform written from the standard alone, over TLS', () => {
  it('goes all the way from the service description to giving its token back', async () => {
    const issuer = foreignIssuer();
    const document = JSON.stringify(await foreignDocument(issuer), null, 1);
    const token = await foreignToken(issuer);
    const who = newBrowser(service);
    const { description, before, after, profile, transcript } = await rawJourney({
      baseUrl: service.publicUrl,
      ca: readFileSync(join(service.directory, 'loopback-certificate.pem'), 'utf8'),
      badges: { document, token },
      // What a person does in a browser is no part of the standard.
      async agree(url) {
        const begun = await who.get(url.replace(service.publicUrl, ''));
        const page = await signIn(service, who, await who.get(begun.location!), EMAIL);
        return (await who.get((await who.submit(page, 'allow')).location!)).location!;
      },
      revocationUrl: (found: Description) => found.components.securitySchemes.OAuth2ACG['x-revocationUrl'],
    });

    expect([before.total, before.credential.length, before.compactJwsString.length]).toEqual([1, 1, 0]);
    expect(before.credential[0]).toMatchObject({ name: 'SPECIMEN Welding' });
    expect([after.total, after.credential.length, after.compactJwsString]).toEqual([3, 2, [token]]);
    expect(after.credential).toContainEqual(JSON.parse(document));
    expect(profile).toMatchObject({ type: ['Profile'], name: 'SPECIMEN Learner', email: EMAIL });

    const answers = transcript.filter(({ path }) => path.startsWith('/'));
    const seen = new Set(answers.map(({ method, path }) => `${method} ${path}`));
    expect([...seen].sort()).toEqual(
      ['GET /credentials', 'GET /discovery', 'GET /profile', 'POST /credentials', 'PUT /profile'].sort(),
    );
    if (!official) return;
    expect(answers.flatMap((answer) => official.faults(answer))).toEqual([]);
    expect(profileOf(official.document, description)).toEqual([]);
  });
});

/** What keeps a service description from being a profile of the official one: it may leave out, and add nothing. */
function profileOf(whole: Description, part: Description): string[] {
  const faults: string[] = [];
  const operations = (document: Description) =>
    Object.entries<Description>(document.paths).flatMap(([path, item]) =>
      Object.entries<Description>(item).map(([method, operation]) => ({ path, method, operation })),
    );
  for (const { path, method, operation } of operations(part)) {
    const theirs = whole.paths[path]?.[method];
    if (theirs?.operationId !== operation.operationId) faults.push(`${method} ${path}: ${operation.operationId}`);
    const scopes = ({ security = [] }: Description) => security.flatMap((one: Description) => one.OAuth2ACG);
    if (String(scopes(theirs)) !== String(scopes(operation))) faults.push(`${operation.operationId}: other scopes`);
    for (const { name, schema } of operation.parameters ?? []) {
      const parameter = theirs.parameters.find((one: Description) => one.name === name);
      if (parameter?.schema.type !== schema.type) faults.push(`${operation.operationId}: parameter ${name}`);
      if (parameter?.schema.minimum !== schema.minimum) faults.push(`${operation.operationId}: least ${name}`);
    }
    for (const status of Object.keys(operation.responses)) {
      if (!(status in theirs.responses) && status !== '304') faults.push(`${operation.operationId}: answers ${status}`);
    }
  }
  const names = (document: Description) => operations(document).map(({ operation }) => operation.operationId);
  for (const name of names(whole)) if (!names(part).includes(name)) faults.push(`${name} is missing`);
  return faults;
}
