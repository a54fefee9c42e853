import { actorOf, type Principal } from '#auth';
import type { AccountView, GrantedRole, Officer } from '#people';
import type { ApiDeps } from '../deps.ts';
import { pageOf, sendPage } from '../http/listing.ts';
import { type Handlers, principalOf } from '../http/operation.ts';

type Operations =
  | 'createAccount'
  | 'listAccounts'
  | 'readAccount'
  | 'updateAccount'
  | 'deactivateAccount'
  | 'grantRole'
  | 'revokeRole'
  | 'recoverAccount'
  | 'confirmRecovery';

export function manageAccounts(deps: ApiDeps): Handlers<Operations> {
  const { accounts } = deps.people;
  const idOf = (request: { params: unknown }) => (request.params as { accountId: string }).accountId;
  const by = (request: Parameters<typeof principalOf>[0]) => officer(principalOf(request));

  return {
    async createAccount(request, reply) {
      const body = request.body as { email: string; person?: string; lang?: 'en' | 'fil'; roles: GrantedRole[] };
      const made = await accounts.invite(body, by(request));
      reply.code(201).header('cache-control', 'no-store');
      reply.header('location', `${deps.publicUrl}/v1/accounts/${made.accountId}`);
      return showAccount(made);
    },

    async listAccounts(request, reply) {
      return sendPage(request, reply, await accounts.list(pageOf(request)), showAccount, deps.publicUrl);
    },

    async readAccount(request, reply) {
      reply.header('cache-control', 'no-store');
      return showAccount(await accounts.get(idOf(request)));
    },

    async updateAccount(request) {
      const { person } = request.body as { person: string };
      return showAccount(await accounts.setPerson(idOf(request), person, by(request)));
    },

    async deactivateAccount(request) {
      return showAccount(await accounts.deactivate(idOf(request), by(request)));
    },

    async grantRole(request, reply) {
      const granted = await accounts.grant(idOf(request), request.body as GrantedRole, by(request));
      reply.code(201);
      return showAccount(granted);
    },

    async revokeRole(request) {
      const { accountId, roleId } = request.params as { accountId: string; roleId: string };
      return showAccount(await accounts.revoke(accountId, roleId, by(request)));
    },

    async recoverAccount(request) {
      return showAccount(await accounts.recover(idOf(request), by(request)));
    },

    async confirmRecovery(request) {
      const { accountId: id, confirmedAt } = await accounts.confirmRecovery(idOf(request), by(request));
      return { id, confirmedAt };
    },
  };
}

/** Whoever manages accounts, as the use cases know them. */
export function officer(principal: Principal): Officer {
  const { tenant, role, accountId, person } = principal;
  return {
    ...{ actor: actorOf(principal), tenant, role },
    ...(accountId === undefined ? {} : { accountId }),
    ...(person === undefined ? {} : { person }),
  };
}

function showAccount(account: AccountView) {
  const { accountId: id, email, person, lang, createdAt, deactivatedAt, recoveredAt, confirmedAt, heldUntil } = account;
  return {
    ...{ id, email, createdAt },
    ...(person === undefined ? {} : { person }),
    ...(lang === undefined ? {} : { lang }),
    ...(deactivatedAt === undefined ? {} : { deactivatedAt }),
    ...(recoveredAt === undefined ? {} : { recoveredAt }),
    ...(confirmedAt === undefined ? {} : { confirmedAt }),
    ...(heldUntil === undefined ? {} : { heldUntil }),
    passkeys: account.passkeys.length,
    roles: account.roles.map(({ roleId, tenant: institution, role, grantedAt, revokedAt }) => ({
      ...{ id: roleId, institution, role, grantedAt },
      ...(revokedAt === undefined ? {} : { revokedAt }),
    })),
  };
}
