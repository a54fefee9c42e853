import { HIGHER_AUTHORITY, NEW_POLYTECHNIC, OPEN_UNIVERSITY } from '../../src/cli/demo/actors.ts';
import { createClient } from '../../src/cli/demo/client.ts';
import type { World } from '../../src/cli/demo/world.ts';
import { throwawaySigner } from '../api/vc-api/throwaway.ts';
import { signBadge, unsignedBadge } from '../imports/support/foreign.ts';
import type { Cookies, visitors } from './visitors.ts';

/** A badge of Open Badges 2.0. */
const OLDER = {
  ...{ '@context': 'https://w3id.org/openbadges/v2', type: 'Assertion', verification: { type: 'hosted' } },
  badge: { type: 'BadgeClass', name: 'SPECIMEN Reading circle', issuer: { name: 'Specimen Town Library' } },
};

/** Pages that are somebody's, and what makes a browser theirs. */
interface SignedIn {
  cookies: Cookies;
  pages: Record<string, string>;
}
type Who = ReturnType<typeof visitors>;

/** Pages of learners, guardians, officers: each with what makes a browser theirs. @param awards of the class list, by address */
export async function pagesOfPeople(
  who: Who,
  world: World,
  { awards, grant }: { awards: readonly string[]; grant: string },
): Promise<SignedIn[]> {
  const learner = await forLearner(who, awards[2]!);
  return Promise.all([
    ...(await askedByPlatforms(who, learner)),
    forRegistrar(who, world, awards[0]!),
    forApprover(who, world),
    forAuthority(who, grant),
    ...(await forMinor(who, world)),
  ]);
}

/** The third of the class list, who has hidden the page of the badge, and brought others from elsewhere. */
async function forLearner(who: Who, url: string): Promise<SignedIn> {
  const email = 'learner003@students.example';
  const { cookies, send } = await who.learner(email);
  const by = throwawaySigner();
  const unknown = { credentialStatus: { id: 'https://localhost/nothing', type: '1EdTechRevocationList' } };
  for (const badge of [
    await signBadge(by, unsignedBadge(by, email, 2)),
    await signBadge(by, unsignedBadge(by, 'another@students.example', 4)),
    await signBadge(by, unsignedBadge(by, email, 6, unknown)),
    { ...OLDER, id: 'https://old.example/assertions/1' },
  ])
    await send('POST', '/holder/imports', { text: JSON.stringify(badge) });
  const choice = { name: 'hidden', comparison: 'refused', page: 'hidden' };
  await send('PUT', `/holder/credentials/${url.split('/').at(-1)}/release`, choice);
  return { cookies, pages: { 'my-badges': '/my' } };
}

/** A learner who has let one platform in is asked by another, and so is somebody who has shown no address. */
async function askedByPlatforms(who: Who, learner: SignedIn): Promise<SignedIn[]> {
  const [known, unknown] = await who.platforms(learner.cookies);
  return [
    learner,
    { cookies: known!.cookies, pages: { 'platform-consent': known!.path } },
    { cookies: unknown!.cookies, pages: { 'platform-address': unknown!.path } },
  ];
}

/** An award of somebody who is not of age, as the guardian sees it and as the learner does. */
async function forMinor(who: Who, world: World): Promise<SignedIn[]> {
  const [email, guardianEmail] = ['bulan@students.example', 'guardian@families.example'];
  const guardianUntil = `${new Date().getUTCFullYear() + 2}-06-01`;
  await world.issuer(OPEN_UNIVERSITY).post('/v1/credentials', {
    achievementId: world.classCourse,
    recipients: [{ name: 'Bulan Ilagan', email, guardianEmail, guardianUntil, awardedDate: '2026-03-14' }],
  });
  const [guardian, minor] = await Promise.all([who.learner(guardianEmail), who.learner(email)]);
  return [
    { cookies: guardian.cookies, pages: { 'my-guardian': '/my' } },
    { cookies: minor.cookies, pages: { 'my-minor': '/my' } },
  ];
}

async function forRegistrar(who: Who, world: World, award: string): Promise<SignedIn> {
  const registrar = world.issuer(OPEN_UNIVERSITY);
  const lists = await registrar.get<{ items: { batchId: string }[] }>('/v1/batches');
  const csv =
    'name,email,awardedDate\nDalisay Ilagan,no address,2026-03-14\nIñigo D’Souza,inigo@example.edu,2026-02-30\n';
  const bad = await registrar.post<{ batchId: string }>(`/v1/batches?achievementId=${world.classCourse}`, csv);
  // Nobody listens there: what is sent waits.
  const { webhook } = await registrar.post<{ webhook: { webhookId: string } }>('/v1/webhooks', {
    ...{ url: 'http://127.0.0.1:9/hooks/badges', description: 'Learning management' },
  });
  await registrar.post(`/v1/webhooks/${webhook.webhookId}/test`);
  return {
    cookies: await who.officer(OPEN_UNIVERSITY, 'issuer'),
    pages: {
      console: '/console',
      'console-achievements': '/console/achievements',
      'console-achievement-form': '/console/achievements/new',
      'console-achievement': `/console/achievements/${world.classCourse}`,
      'console-class-lists': '/console/class-lists',
      'console-class-list-form': '/console/class-lists/new',
      'console-class-list': `/console/class-lists/${lists.items[0]!.batchId}`,
      'console-class-list-errors': `/console/class-lists/${bad.batchId}`,
      'console-awards': '/console/awards',
      'console-award-form': '/console/awards/new',
      'console-award': `/console/awards/${award.split('/').at(-1)}`,
      'console-webhooks': '/console/webhooks',
      'console-webhook': `/console/webhooks/${webhook.webhookId}`,
      account: '/account',
    },
  };
}

/** Of the institution where two persons sign off: one award waits. */
async function forApprover(who: Who, world: World): Promise<SignedIn> {
  const body = { institution: NEW_POLYTECHNIC.slug, role: 'issuer', person: 'registrar-0018', label: 'registrar' };
  const { secret } = await world.operator.post<{ secret: string }>('/v1/api-keys', body);
  const award = { achievementId: world.byTwo, recipients: [{ name: 'Dalisay Ilagan', awardedDate: '2026-03-14' }] };
  const { approval } = await createClient(world.url, secret).post<{ approval: { id: string } }>(
    '/v1/credentials',
    award,
  );
  return {
    cookies: await who.officer(NEW_POLYTECHNIC, 'approver'),
    pages: { 'console-approvals': '/console/approvals', 'console-approval': `/console/approvals/${approval.id}` },
  };
}

async function forAuthority(who: Who, grant: string): Promise<SignedIn> {
  return {
    cookies: await who.officer(HIGHER_AUTHORITY, 'authority'),
    pages: {
      'console-grants': '/console/grants',
      'console-grant-form': '/console/grants/new',
      'console-grant': `/console/grants/${grant}`,
    },
  };
}
