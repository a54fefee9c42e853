import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createMail, type Letter, type Mail, type Post } from '#delivery';
import { createBatches } from '#jobs';
import { type Json, systemRandom } from '#kernel';
import { createOffersByMail, type OffersByMail, offerLinks } from '#offers';
import { problem } from '../credentials/support/problem.ts';
import { ACTOR, auditOf, OTHER, PUBLIC, seed, TENANT } from '../credentials/support/world.ts';
import { HOLDER, openOffers } from './support/world.ts';

describe('offers by mail', () => {
  let world: Awaited<ReturnType<typeof openOffers>>;
  let mail: Mail;
  let mailing: OffersByMail;
  let letters: Letter[];

  async function open(post: Post | undefined) {
    const { reader, transactor, clock, offers } = world;
    mail = createMail({
      ...{ reader, transactor, clock, random: systemRandom, from: 'badges@example.edu', publicUrl: PUBLIC },
      ...(post ? { post } : {}),
      async offerLink(offerId) {
        const offer = await offers.byId(offerId);
        const keys = offer && (await offers.keysOf(offer));
        return keys && offerLinks(PUBLIC, TENANT, keys.secret).claimUrl;
      },
    });
    mailing = createOffersByMail({ offers, mail, reader, transactor, clock });
  }

  beforeEach(async () => {
    world = await openOffers();
    letters = [];
    await open({
      async send(letter) {
        letters.push(letter);
        return { result: 'sent', answer: '250 ok' };
      },
      rest() {},
    });
  });
  afterEach(() => world.close());

  const drain = async () => {
    while (await mail.sendOnce());
  };
  async function awarded(recipient: object, definition: Parameters<typeof seed>[1] = {}) {
    const { achievementId } = await seed(world, definition);
    const body = { achievementId, recipients: [recipient] } as never;
    const [award] = await world.issuer.issue({ tenant: TENANT, actor: ACTOR, body });
    return { tenant: TENANT, actor: ACTOR, credentialId: award!.credentialId };
  }
  const maria = { name: 'Maria Specimen', email: 'Maria@Example.org' };
  const secretIn = ({ text }: Letter) => /\/claim\/(\S+)/.exec(text)?.[1];

  it('the link leaves with the offer, in the language asked for, and opens it', async () => {
    const { offer, secret } = await mailing.create({ ...(await awarded(maria)), lang: 'fil' });
    await drain();
    expect(letters).toMatchObject([{ to: 'Maria@example.org', lang: 'fil' }]);
    expect(secretIn(letters[0]!)).toBe(secret);
    expect((await world.offers.bySecret(secret))?.offerId).toBe(offer.offerId);
    const told = (await mailing.lastMail(TENANT, [offer.offerId])).get(offer.offerId)!;
    expect(told).toMatchObject({ state: 'sent', attempts: 1, lastAnswer: '250 ok' });
    expect((await mailing.lastMail(OTHER, [offer.offerId])).size).toBe(0);
    expect(JSON.stringify([told, await auditOf(world)])).not.toMatch(/maria|example\.org|claim/i);
  });

  it.each([
    ['none', { name: 'Maria' }],
    ['one that no mail can go to', { name: 'Maria', email: 'maria@localhost' }],
  ])('an award with %s has no offer by mail, and nothing is stored', async (_, recipient) => {
    const refused = await problem(mailing.create(await awarded(recipient)));
    expect(refused).toMatchObject({ kind: 'invalid-request', errors: [{ pointer: '/deliver' }] });
    expect((await world.offers.list({ tenant: TENANT }, { limit: 9 })).items).toEqual([]);
  });

  it('without a mail server there is none', async () => {
    await open(undefined);
    expect((await problem(mailing.create(await awarded(maria)))).kind).toBe('unavailable');
    expect((await world.offers.list({ tenant: TENANT }, { limit: 9 })).items).toEqual([]);
  });

  it('sent again: a new link, and the old one is dead, also one that still waits', async () => {
    const { offer, secret } = await mailing.create({ ...(await awarded(maria)), lang: 'fil' });
    world.clock.advance(120_000);
    const again = await mailing.resend({ tenant: TENANT, offerId: offer.offerId, actor: ACTOR });
    expect(again).toMatchObject({ offerId: offer.offerId, state: 'open', edition: 1 });
    await drain();
    expect(letters).toMatchObject([{ lang: 'fil' }]);
    expect(await world.offers.bySecret(secret)).toBeUndefined();
    const newer = secretIn(letters[0]!)!;
    expect((await world.offers.bySecret(newer))?.offerId).toBe(offer.offerId);
    expect(await world.offers.keysOf((await world.offers.byId(offer.offerId))!)).toEqual({ secret: newer });
    expect((await auditOf(world)).map(({ operation }) => operation)).toContain('offer.resend');
    const standing = async () => (await world.offers.ofAwards(TENANT, [offer.credentialId])).get(offer.credentialId);
    expect(await standing()).toEqual({ state: 'open', keys: { secret: newer } });
    expect(await world.offers.ofAwards(OTHER, [offer.credentialId])).toEqual(new Map());
    const forms = await world.offers.take({ offerId: offer.offerId, holders: [HOLDER], door: 'page' });
    expect(forms).toHaveLength(1);
    expect(await standing()).toEqual({ state: 'taken' });
  });

  it('is over when its time is', async () => {
    const { offer } = await mailing.create(await awarded(maria));
    world.clock.advance(40 * 86_400_000);
    const standing = await world.offers.ofAwards(TENANT, [offer.credentialId]);
    expect(standing.get(offer.credentialId)).toEqual({ state: 'expired' });
  });

  it('not again within a minute, nor more than five times in a day', async () => {
    const { offer } = await mailing.create(await awarded(maria));
    const again = () => mailing.resend({ tenant: TENANT, offerId: offer.offerId, actor: ACTOR });
    expect((await problem(again())).kind).toBe('rate-limited');
    for (let n = 1; n < 5; n++) {
      world.clock.advance(61_000);
      await again();
    }
    world.clock.advance(3_600_000);
    expect((await problem(again())).kind).toBe('rate-limited');
    world.clock.advance(86_400_000);
    const both = await Promise.allSettled([again(), again()]);
    expect(both.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await drain();
    // Whatever waited was called back by the one after it.
    expect(letters).toHaveLength(1);
  });

  it('not for what is taken, withdrawn, over, unknown, or somebody else’s', async () => {
    const { offer } = await mailing.create(await awarded(maria));
    world.clock.advance(120_000);
    const again = (tenant = TENANT, offerId = offer.offerId) =>
      problem(mailing.resend({ tenant, offerId, actor: ACTOR }));
    expect((await again(OTHER)).kind).toBe('not-found');
    expect((await again(TENANT, 'none')).kind).toBe('not-found');
    await world.offers.withdraw({ tenant: TENANT, offerId: offer.offerId, actor: ACTOR });
    expect((await again()).kind).toBe('gone');
    await drain();
    expect(letters).toEqual([]);
    const told = (await mailing.lastMail(TENANT, [offer.offerId])).get(offer.offerId);
    expect(told).toMatchObject({ state: 'failed', lastAnswer: 'was over before it could be sent' });
  });

  it('a class list: each person gets the link of their badge once, in their language', async () => {
    const { reader, transactor, issuer, clock } = world;
    const { achievementId } = await seed(world);
    const batches = createBatches({
      ...{ reader, transactor, issuer, clock, random: systemRandom, publicUrl: PUBLIC, offers: mailing },
    });
    const csv = [
      'name,email,lang',
      'Amihan,amihan@example.org,',
      'Bituin,bituin@example.org,en',
      'Nobody,,',
      'Odd,odd@localhost,fil',
      'Worse,worse@example.org,tl',
    ].join('\n');
    const input = { tenant: TENANT, actor: ACTOR, achievementId, csv, start: true };
    const { batch, invalid } = await batches.create({ ...input, options: { deliver: 'mail', lang: 'fil' } });
    expect(invalid.map(({ row, errors }) => [row, errors?.map(({ pointer }) => pointer)])).toEqual([
      [3, ['/email']],
      [4, ['/email']],
      [5, ['/lang']],
    ]);
    expect(await batches.runOnce()).toMatchObject({ batchId: batch.batchId, state: 'done', issuedRows: 2 });
    await drain();
    expect(letters.map(({ to, lang }) => [to, lang]).sort()).toEqual([
      ['amihan@example.org', 'fil'],
      ['bituin@example.org', 'en'],
    ]);
    const rows = (await batches.rows(TENANT, batch.batchId, { limit: 9 })).items;
    for (const letter of letters) {
      const offer = (await world.offers.bySecret(secretIn(letter)!))!;
      const row = rows.find(({ credentialId }) => credentialId === offer.credentialId);
      expect(row?.input.email).toBe(letter.to);
    }
    expect(await batches.runOnce()).toBeUndefined();
  });

  it('a class list by mail where none can be sent is refused before anything is stored', async () => {
    await open(undefined);
    const { reader, transactor, issuer, clock } = world;
    const { achievementId } = await seed(world);
    const deps = { reader, transactor, issuer, clock, random: systemRandom, publicUrl: PUBLIC };
    const input = { tenant: TENANT, actor: ACTOR, achievementId, csv: 'name,email\nA,a@example.org' };
    for (const batches of [createBatches({ ...deps, offers: mailing }), createBatches(deps)]) {
      expect((await problem(batches.preview({ ...input, options: { deliver: 'mail' } }))).kind).toBe('unavailable');
      expect((await batches.list(TENANT, { limit: 9 })).items).toEqual([]);
      const wrong: Json[] = [{ deliver: 'post' }, { lang: 'en' }, { deliver: 'mail', lang: 'tl' }];
      for (const options of wrong) {
        expect((await problem(batches.preview({ ...input, options }))).kind).toBe('invalid-request');
      }
    }
  });
});
