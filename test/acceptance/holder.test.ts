/** Three institutions, one learner, one address: what was issued by class list stacks after one code by mail. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackReport } from '#verifier';
import { createHolder, presentationOf } from '../api/vc-api/holder.ts';
import { browser, type HolderClient } from '../holders/support/client.ts';
import { type HolderWorld, holderWorld } from '../holders/support/institutions.ts';
import { mailTo } from '../support/outbox.ts';
import { type ResponseLog, validateResponses } from '../support/responses.ts';

const EMAIL = 'maria@students.example';
let on: HolderWorld;
let log: ResponseLog;
let maria: HolderClient;

beforeAll(async () => {
  on = await holderWorld({
    onServer: (server) => {
      log = validateResponses(server);
    },
  });
  for (const one of on.institutions) {
    // As it stands in each class list: addresses are typed by people.
    await on.classList(one, `name,email\nMaria Santos,${one.typed}\nPedro Reyes,pedro@students.example\n`);
  }
  maria = browser(on.service);
}, 600_000);

afterAll(async () => {
  expect(log.violations).toEqual([]);
  await on.service.close();
});

interface Listed {
  items: { id: string; url: string; awardId: string; boundBy: { kind: string; value: string } }[];
}

describe('badges of three institutions', () => {
  it("are nobody's before anything is proven", async () => {
    expect(await maria.call('GET', '/holder/credentials')).toMatchObject({ status: 401 });
    expect((await maria.call('POST', '/holder/codes', { email: EMAIL })).status).toBe(202);
    expect(await maria.call('GET', '/holder/credentials')).toMatchObject({ status: 200, body: { items: [] } });
  });

  it("are one person's after one code from the mail, and stack", async () => {
    const mail = await mailTo(on.service, EMAIL);
    const code = /\b\d{6}\b/.exec(mail.text!)![0];
    const proven = await maria.call('POST', '/holder/codes/confirmations', { email: ' Maria@Students.Example', code });
    expect(proven).toMatchObject({ status: 200, body: { identifiers: [{ kind: 'email', value: EMAIL }] } });

    const { body } = await maria.call<Listed>('GET', '/holder/credentials');
    expect(body.items).toHaveLength(3);
    expect(new Set(body.items.map(({ awardId }) => awardId)).size).toBe(3);

    const { status, body: stack } = await maria.call<StackReport>('POST', '/holder/evaluations', {
      pathway: on.pathway,
    });
    expect([status, stack.outcome]).toEqual([200, 'met']);
    expect(stack.credentials.map(({ boundBy }) => boundBy)).toEqual(Array(3).fill({ identifier: 0, by: 'record' }));
    expect(stack.person).toMatchObject({ identifiers: [{ kind: 'email', value: EMAIL }] });
    expect(new Set(stack.credentials.map(({ issuerId }) => issuerId)).size).toBe(3);
    expect(stack.evaluation!.used).toHaveLength(3);
  });

  it("are not Pedro's, and his are not hers", async () => {
    const { body } = await maria.call<Listed>('GET', '/holder/credentials');
    const pedro = browser(on.service);
    await pedro.prove('pedro@students.example');
    const his = await pedro.call<Listed>('GET', '/holder/credentials');
    expect(his.body.items).toHaveLength(3);
    const hers = new Set(body.items.map(({ id }) => id));
    expect(his.body.items.filter(({ id }) => hers.has(id))).toEqual([]);
    const mixed = await maria.call('POST', '/holder/evaluations', {
      ...{ pathway: on.pathway, credentials: [his.body.items[0]!.url] },
    });
    expect(mixed).toMatchObject({ status: 400, body: { pointer: '/credentials/0', errors: [{ code: 'not_bound' }] } });
  });

  it('count once as web copy and as wallet copy', async () => {
    const wallet = createHolder();
    const { body: asked } = await maria.call<{ challenge: string; domain: string }>('POST', '/holder/challenges');
    const presentation = await wallet.present(presentationOf(wallet.did), asked);
    const added = await maria.call('POST', '/holder/keys', { presentation });
    expect(added).toMatchObject({ status: 201, body: { kind: 'did', value: wallet.did } });

    const before = (await maria.call<Listed>('GET', '/holder/credentials')).body.items;
    const copy = await on.walletCopy(before[0]!.id, wallet.did);
    const after = (await maria.call<Listed>('GET', '/holder/credentials')).body.items;
    expect(after.map(({ awardId }) => awardId)).toEqual(before.map(({ awardId }) => awardId));

    // Both given at once: the wallet copy from the wallet, the web copy from the records.
    const { body: stack } = await maria.call<StackReport>('POST', '/holder/evaluations', {
      ...{ pathway: on.pathway, credentials: [copy] },
    });
    expect(stack.outcome).toBe('met');
    expect(stack.credentials).toHaveLength(4);
    // Those of one second have no order.
    const identifier = stack.person!.identifiers.findIndex(({ value }) => value === wallet.did);
    expect(stack.credentials[0]).toMatchObject({ boundBy: { identifier, by: 'subject' } });
    expect(new Set(stack.credentials.map(({ awardId }) => awardId)).size).toBe(3);
    expect(stack.evaluation!.used).toHaveLength(3);
    // The same award cannot stand for two of what is asked.
    const twice = await on.publishTwice();
    const two = await maria.call<StackReport>('POST', '/holder/evaluations', { pathway: twice, credentials: [copy] });
    expect(two.body.outcome).toBe('unmet');
  });

  it('are gone with the session', async () => {
    expect((await maria.call('DELETE', '/holder')).status).toBe(204);
    expect((await maria.call('GET', '/holder/credentials')).status).toBe(401);
  });
});
