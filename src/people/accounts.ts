import { canonicalPerson, isPerson, type Role, SYSTEM_TENANT } from '#auth';
import {
  type Clock,
  type FieldError,
  fieldProblem,
  formatInstant,
  type Page,
  type PageRequest,
  Problem,
  type Random,
  randomId,
  refuseBadFields,
  SLUG_PATTERN,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import { entry } from './audit.ts';
import { canonicalEmail } from './email.ts';
import { heldUntil } from './policy.ts';
import type {
  AccountRecord,
  AccountRoleRecord,
  PasskeyRecord,
  PeopleCommit,
  PeopleReader,
  PeopleWrite,
} from './ports.ts';
import type { SignInMail } from './sign-in-mail.ts';

export interface AccountView extends AccountRecord {
  roles: AccountRoleRecord[];
  passkeys: PasskeyRecord[];
  /** Nobody acts with it before this instant, unless a second officer confirms the recovery. */
  heldUntil?: string;
}

/** Who manages accounts: `key:ID` or `account:ID`, and the person behind it when one is named. */
export interface Officer {
  actor: string;
  tenant: string;
  role: Role;
  accountId?: string;
  person?: string;
}

export interface GrantedRole {
  /** Slug, or `system`. */
  institution: string;
  role: Role;
}

export interface Accounts {
  /**
   * The account, and a mail that says where to sign in: the link itself is asked for there, in the browser that is to use it.
   * @throws Problem `invalid-request`; `conflict` when the address has an account
   */
  invite(
    input: { email: string; person?: string; lang?: 'en' | 'fil'; roles: readonly GrantedRole[] },
    by: Officer,
  ): Promise<AccountView>;
  /** @throws Problem `not-found` */
  get(accountId: string): Promise<AccountView>;
  list(page: PageRequest): Promise<Page<AccountView>>;
  /** Once and for all. @throws Problem `not-found`, `invalid-request`, `conflict` when it names another person already */
  setPerson(accountId: string, person: string, by: Officer): Promise<AccountView>;
  /** The same again changes nothing. @throws Problem `not-found`, `invalid-request`, `conflict` for a closed account */
  grant(accountId: string, role: GrantedRole, by: Officer): Promise<AccountView>;
  /** Its sessions end. The same again changes nothing. @throws Problem `not-found` */
  revoke(accountId: string, roleId: string, by: Officer): Promise<AccountView>;
  /** For ever; its sessions end. The same again changes nothing. @throws Problem `not-found` */
  deactivate(accountId: string, by: Officer): Promise<AccountView>;
  /**
   * For somebody who lost every passkey: the old ones are removed, sessions end, a new one may be added by link, and the
   * account acts for nobody until a second officer confirms or a day has passed. @throws Problem `not-found`, `same-person`
   */
  recover(accountId: string, by: Officer): Promise<AccountView>;
  /**
   * By another person than the one recovered and the one who recovered, from an institution of the account or an operator.
   * Not when a key without a person recovered it: then a day has to pass.
   * @throws Problem `not-found`, `person-required`, `same-person`; `conflict` when nothing waits for it
   */
  confirmRecovery(accountId: string, by: Officer): Promise<AccountView>;
}

export interface AccountsDeps {
  reader: PeopleReader & { institution(tenant: string): Promise<object | undefined> };
  transactor: Transactor<PeopleCommit>;
  mail: SignInMail;
  clock: Clock;
  random: Random;
}

const PERSON_FAULT = 'must be 1 to 100 of A-Z a-z 0-9 . _ : @ -, a letter or digit first';

export function createAccounts({ reader, transactor, mail, clock, random }: AccountsDeps): Accounts {
  const now = () => formatInstant(clock.now());

  async function mustGet(accountId: string): Promise<AccountRecord> {
    const account = await reader.account(accountId);
    if (!account) throw new Problem('not-found', 'there is no such account');
    return account;
  }

  async function view(account: AccountRecord): Promise<AccountView> {
    const held = heldUntil(account, clock.now());
    return {
      ...account,
      roles: await reader.accountRoles(account.accountId),
      passkeys: await reader.passkeys(account.accountId),
      ...(held ? { heldUntil: formatInstant(held) } : {}),
    };
  }

  async function roleFaults({ institution, role }: GrantedRole, person: string | undefined, at: string) {
    const errors: FieldError[] = [];
    if (institution === SYSTEM_TENANT) {
      if (role !== 'operator' && role !== 'auditor') {
        errors.push({ pointer: `${at}/institution`, detail: `the role ${role} belongs to an institution` });
      }
    } else if (role === 'operator') {
      errors.push({ pointer: `${at}/institution`, detail: 'operators belong to no institution' });
    } else if (!SLUG_PATTERN.test(institution) || !(await reader.institution(institution))) {
      errors.push({ pointer: `${at}/institution`, detail: 'there is no such institution' });
    }
    if (role === 'approver' && person === undefined) {
      errors.push({ pointer: '/person', detail: 'is required: an approver is somebody' });
    }
    return errors;
  }

  function granted(accountId: string, { institution, role }: GrantedRole, by: Officer): PeopleWrite[] {
    const at = now();
    const row = { accountId, roleId: randomId(random), tenant: institution, role, grantedAt: at, grantedBy: by.actor };
    const more = { tenant: institution, detail: { role } };
    return [{ op: 'accountRole.insert', row }, entry('accountRole.grant', accountId, at, by.actor, more)];
  }

  /** Commits what changes an account, unless somebody did the same before. */
  async function change(accountId: string, done: string, writes: PeopleCommit[]): Promise<AccountView> {
    try {
      await transactor.commit(writes);
    } catch (error) {
      if (!(error instanceof UniqueViolation) || error.table !== done) throw error;
    }
    return view(await mustGet(accountId));
  }

  return {
    async invite({ email: given, person, lang, roles }, by) {
      const email = canonicalEmail(given);
      const errors: FieldError[] = [];
      if (email === undefined) errors.push({ pointer: '/email', detail: 'must be an e-mail address' });
      if (person !== undefined && !isPerson(person)) errors.push({ pointer: '/person', detail: PERSON_FAULT });
      for (const [at, role] of roles.entries()) errors.push(...(await roleFaults(role, person, `/roles/${at}`)));
      const distinct = new Set(roles.map(({ institution, role }) => `${institution} ${role}`));
      if (distinct.size !== roles.length) errors.push({ pointer: '/roles', detail: 'names a role twice' });
      refuseBadFields(errors);
      const at = now();
      const row: AccountRecord = {
        ...{ accountId: randomId(random), email: email!, createdAt: at, createdBy: by.actor },
        ...(person === undefined ? {} : { person: canonicalPerson(person) }),
        ...(lang === undefined ? {} : { lang }),
      };
      const { accountId } = row;
      try {
        await transactor.commit([
          { op: 'account.insert', row },
          entry('account.create', accountId, at, by.actor),
          ...roles.flatMap((role) => granted(accountId, role, by)),
          ...mail.told(row, 'invitation'),
        ]);
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error;
        throw new Problem('conflict', 'this address has an account', { cause: error });
      }
      return view(row);
    },

    async get(accountId) {
      return view(await mustGet(accountId));
    },

    async list(page) {
      const { items, next } = await reader.accounts(page);
      return { items: await Promise.all(items.map(view)), ...(next === undefined ? {} : { next }) };
    },

    async setPerson(accountId, person, by) {
      const account = await mustGet(accountId);
      if (!isPerson(person)) throw fieldProblem('invalid-request', '/person', PERSON_FAULT);
      const canonical = canonicalPerson(person);
      if (account.person === undefined) {
        const entries = entry('account.setPerson', accountId, now(), by.actor);
        await change(accountId, 'account.person', [{ op: 'account.setPerson', accountId, person: canonical }, entries]);
      }
      const after = await mustGet(accountId);
      if (after.person !== canonical) {
        throw new Problem('conflict', 'this account is another person; whose it is does not change');
      }
      return view(after);
    },

    async grant(accountId, role, by) {
      const account = await mustGet(accountId);
      if (account.deactivatedAt !== undefined) throw new Problem('conflict', 'this account is closed');
      refuseBadFields(await roleFaults(role, account.person, ''));
      return change(accountId, 'account_roles', granted(accountId, role, by));
    },

    async revoke(accountId, roleId, by) {
      const role = (await reader.accountRoles(accountId)).find((one) => one.roleId === roleId);
      if (!role) throw new Problem('not-found', 'this account has no such role');
      const at = now();
      return change(accountId, 'accountRole.state', [
        { op: 'accountRole.revoke', accountId, roleId, at, by: by.actor },
        entry('accountRole.revoke', accountId, at, by.actor, { tenant: role.tenant, detail: { role: role.role } }),
      ]);
    },

    async deactivate(accountId, by) {
      await mustGet(accountId);
      const at = now();
      return change(accountId, 'account.state', [
        { op: 'account.deactivate', accountId, at },
        entry('account.deactivate', accountId, at, by.actor),
      ]);
    },

    async recover(accountId, by) {
      const account = await mustGet(accountId);
      if (account.deactivatedAt !== undefined) throw new Problem('conflict', 'this account is closed');
      assertOther(by, { accountId, person: account.person }, 'nobody recovers their own account');
      const at = now();
      const person = by.person === undefined ? {} : { person: by.person };
      return change(accountId, '', [
        { op: 'account.recover', accountId, at, by: by.actor, ...person },
        entry('account.recover', accountId, at, by.actor),
        ...mail.told(account, 'recovery'),
      ]);
    },

    async confirmRecovery(accountId, by) {
      const account = await reader.account(accountId);
      const near = account && (by.role === 'operator' || (await hasRoleIn(accountId, by.tenant)));
      if (!account || !near) throw new Problem('not-found', 'there is no such account');
      if (by.person === undefined) throw new Problem('person-required', 'confirming takes somebody who is named');
      if (!heldUntil(account, clock.now())) throw new Problem('conflict', 'no recovery of this account waits for it');
      assertOther(by, { accountId, person: account.person }, 'nobody confirms their own recovery');
      // Somebody whom nothing names may be anybody, also the one who confirms.
      if (account.recoveredPerson === undefined) {
        throw new Problem('person-required', 'whoever recovered this account is not named: a day has to pass');
      }
      if (by.actor === account.recoveredBy || by.person === account.recoveredPerson) {
        throw new Problem('same-person', 'whoever recovered this account does not confirm it');
      }
      const at = now();
      await transactor.commit([
        { op: 'account.confirm', accountId, recoveredAt: account.recoveredAt!, at, by: by.actor },
        entry('account.confirmRecovery', accountId, at, by.actor),
      ]);
      return view(await mustGet(accountId));
    },
  };

  async function hasRoleIn(accountId: string, tenant: string): Promise<boolean> {
    const roles = await reader.accountRoles(accountId);
    return roles.some((role) => role.tenant === tenant && role.revokedAt === undefined);
  }
}

function assertOther(by: Officer, of: { accountId: string; person: string | undefined }, detail: string): void {
  const same = by.accountId === of.accountId || (by.person !== undefined && by.person === of.person);
  if (same) throw new Problem('same-person', detail);
}
