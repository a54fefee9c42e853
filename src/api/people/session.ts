import type { Role } from '#auth';
import { Problem } from '#kernel';
import { type OfficerView, type PasskeyPurpose, REFUSALS } from '#people';
import type { ApiDeps } from '../deps.ts';
import type { Handlers } from '../http/operation.ts';
import { createBrowser } from './browser.ts';

/** Who somebody is by their session, and the passkeys that open one: what the scripts of our pages ask. */
export function peopleSession(
  deps: ApiDeps,
): Handlers<'getSession' | 'chooseRole' | 'endSession' | 'createPasskeyChallenge' | 'addPasskey' | 'usePasskey'> {
  const { sessions, passkeys } = deps.people;
  const browser = createBrowser(deps);

  return {
    async getSession(request, reply) {
      reply.header('cache-control', 'no-store');
      const view = await sessions.view(browser.token(request));
      if (!view) throw new Problem('unauthenticated', 'sign in first: /sign-in');
      return showSession(view);
    },

    async chooseRole(request, reply) {
      const { institution: tenant, role } = request.body as { institution: string; role: Role };
      reply.header('cache-control', 'no-store');
      return showSession(await sessions.actAs(browser.token(request), { tenant, role }));
    },

    async endSession(request, reply) {
      await sessions.signOut(browser.token(request));
      browser.signedOut(reply);
      return reply.code(204).send();
    },

    async createPasskeyChallenge(request, reply) {
      const { purpose } = request.body as { purpose: PasskeyPurpose };
      reply.header('cache-control', 'no-store');
      const token = browser.token(request);
      return { options: await passkeys.options({ purpose, token, browser: browser.ensure(request, reply) }) };
    },

    async addPasskey(request, reply) {
      const { name, credential } = request.body as { name: string; credential: unknown };
      browser.signedIn(reply, await passkeys.add({ token: browser.token(request), name, credential }));
      reply.code(201).header('cache-control', 'no-store');
      return { next: '/account' };
    },

    async usePasskey(request, reply) {
      const { credential } = request.body as { credential: unknown };
      const [token, known] = [browser.token(request), browser.known(request)];
      browser.signedIn(reply, await passkeys.use({ token, browser: known, credential }));
      reply.header('cache-control', 'no-store');
      return { next: '/account' };
    },
  };
}

function showSession({ session, account, roles, heldUntil }: OfficerView) {
  const { sessionId: id, assurance, tenant, role, createdAt, expiresAt } = session;
  const { accountId, email, person } = account;
  return {
    ...{ id, assurance, createdAt, expiresAt },
    account: { id: accountId, email, ...(person === undefined ? {} : { person }) },
    ...(tenant === undefined || role === undefined ? {} : { actingAs: { institution: tenant, role } }),
    roles: roles.map(({ tenant: institution, role: one, refusal }) => ({
      ...{ institution, role: one },
      ...(refusal === undefined ? {} : { refusal: REFUSALS[refusal] }),
    })),
    ...(heldUntil === undefined ? {} : { heldUntil }),
  };
}
