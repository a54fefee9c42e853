import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '#kernel';
import { TX_CODE_TRIES } from '#offers';
import { problem } from '../credentials/support/problem.ts';
import { ACTOR, auditOf, OTHER, seed, TENANT } from '../credentials/support/world.ts';
import { HOLDER, openOffers, SECOND } from './support/world.ts';

describe('an offer', () => {
  let world: Awaited<ReturnType<typeof openOffers>>;
  beforeEach(async () => {
    world = await openOffers();
  });
  afterEach(() => world.close());
  const take = (offerId: string, ...holders: string[]) => world.offers.take({ offerId, holders, door: 'oid4vci' });
  const gone = async (promise: Promise<unknown>) => (await problem(promise)).extensions.code;

  it('opens by the text of its link, which the store does not hold', async () => {
    const { offers, offered, reader } = world;
    const { offer, secret, award, txCode } = await offered();
    expect(secret).toMatch(/^[0-9a-hjkmnp-tv-z]{32}$/);
    expect(txCode).toBeUndefined();
    expect(offer).toEqual({
      ...{ tenant: TENANT, credentialId: award.credentialId, awardId: award.awardId, offerId: offer.offerId },
      ...{ confirmation: 'none', tries: 0, state: 'open' },
      ...{ createdAt: '2026-06-01T08:00:00Z', expiresAt: '2026-07-01T08:00:00Z' },
    });
    const row = (await offers.bySecret(secret))!;
    expect(row).toEqual({ ...offer, secretSha256: sha256Hex(secret) });
    expect(offers.isOpen(row)).toBe(true);
    expect(JSON.stringify([row, await auditOf(world)])).not.toContain(secret);
    for (const other of [offer.offerId, row.secretSha256, '', `${secret}0`, '0'.repeat(32)]) {
      expect(await offers.bySecret(other)).toBeUndefined();
    }
    const listed = await offers.list({ tenant: TENANT }, { limit: 5 });
    expect(listed).toEqual({ items: [offer] });
    expect((await offers.list({ tenant: OTHER }, { limit: 5 })).items).toEqual([]);
    expect(await offers.keysOf(row)).toEqual({ secret });
    // With another key of the service nobody can tell.
    const other = await openOffers({ offers: { key: async () => new Uint8Array(32), reader } });
    expect(await other.offers.keysOf(row)).toBeUndefined();
    await other.close();
  });

  it('is taken once, and gives the same again to who took it', async () => {
    const { offers, offered } = world;
    const { offer, award } = await offered();
    const forms = await take(offer.offerId, HOLDER, SECOND);
    expect(forms.map(({ subjectId }) => subjectId)).toEqual([HOLDER, SECOND]);
    for (const form of forms) {
      expect(JSON.parse(form.document)).toMatchObject({
        awardId: award.awardId,
        credentialSubject: { id: form.subjectId },
      });
      expect(form.jwt.split('.')).toHaveLength(3);
    }
    expect(await take(offer.offerId, HOLDER, SECOND)).toEqual(forms);
    expect(await gone(take(offer.offerId, HOLDER))).toBe('offer_taken');
    expect(await gone(take(offer.offerId, SECOND, HOLDER))).toBe('offer_taken');
    const row = (await offers.byId(offer.offerId))!;
    expect(row).toMatchObject({
      state: 'taken',
      holders: [HOLDER, SECOND],
      takenBy: 'oid4vci',
      takenAt: row.createdAt,
    });
    expect(offers.isOpen(row)).toBe(false);
    expect(await offers.keysOf(row)).toBeUndefined();
    await offers.accept(offer.offerId, 'wallet');
    world.clock.advance(1_000);
    await offers.accept(offer.offerId, 'wallet');
    expect((await offers.byId(offer.offerId))!.acceptedAt).toBe('2026-06-01T08:00:00Z');
    expect(await problem(offers.withdraw({ tenant: TENANT, offerId: offer.offerId, actor: ACTOR }))).toMatchObject({
      kind: 'conflict',
    });
    const operations = (await auditOf(world))
      .filter(({ object }) => object === offer.offerId)
      .map((one) => one.operation);
    expect(operations).toEqual(['offer.create', 'offer.take', 'offer.accept']);
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('has one winner among fifty takers with different keys (PR-5)', async () => {
    const { offer, award } = await world.offered();
    const holders = Array.from({ length: 50 }, (_, at) => `did:key:z6MkTaker${at}`);
    const all = await Promise.allSettled(holders.map((holder) => take(offer.offerId, holder)));
    const won = all.filter((one) => one.status === 'fulfilled');
    expect(won).toHaveLength(1);
    for (const one of all) {
      if (one.status === 'rejected')
        expect(one.reason).toMatchObject({ kind: 'gone', extensions: { code: 'offer_taken' } });
    }
    expect(await world.reader.formsOf(TENANT, award.credentialId)).toHaveLength(1);
    expect(world.refused).toEqual(Array(49).fill('offer_taken'));
    expect(await world.storage.integrity()).toEqual([]);
  });

  it('gives one form to a holder who comes by two offers of an award', async () => {
    const { offers, offered } = world;
    const { offer, award } = await offered();
    const again = await offers.create({ tenant: TENANT, actor: ACTOR, credentialId: award.credentialId });
    const first = await take(offer.offerId, HOLDER);
    expect(await take(again.offer.offerId, HOLDER)).toEqual(first);
    expect((await offers.byId(again.offer.offerId))!.state).toBe('taken');
    expect(await gone(take(again.offer.offerId, SECOND))).toBe('offer_taken');
  });

  it('is over at its time, to the second', async () => {
    const { offers, offered, clock } = world;
    const { offer } = await offered({ lifetimeDays: 1 });
    const other = await offered({ lifetimeDays: 1 });
    clock.set('2026-06-02T07:59:59Z');
    const forms = await take(offer.offerId, HOLDER);
    expect(forms).toHaveLength(1);
    clock.set('2026-06-02T08:00:00Z');
    expect(await gone(take(other.offer.offerId, HOLDER))).toBe('offer_expired');
    expect(await gone(take(offer.offerId, HOLDER))).toBe('offer_expired');
    expect(offers.isOpen((await offers.byId(other.offer.offerId))!)).toBe(false);
    expect(await gone(offers.accept(other.offer.offerId, 'page'))).toBe('offer_expired');
    // A wallet may say late that it kept what it took in time.
    await offers.accept(offer.offerId, 'wallet');
    expect(world.refused).toEqual(['offer_expired', 'offer_expired']);
  });

  it('is withdrawn by its institution', async () => {
    const { offers, offered } = world;
    const { offer } = await offered();
    const withdraw = (tenant: string, offerId = offer.offerId) => offers.withdraw({ tenant, offerId, actor: ACTOR });
    expect(await problem(withdraw(OTHER))).toMatchObject({ kind: 'not-found' });
    expect(await problem(withdraw(TENANT, 'x'))).toMatchObject({ kind: 'not-found' });
    expect(await withdraw(TENANT)).toEqual({ ...offer, state: 'withdrawn', withdrawnBy: 'institution' });
    expect(await withdraw(TENANT)).toMatchObject({ state: 'withdrawn' });
    expect(await gone(take(offer.offerId, HOLDER))).toBe('offer_withdrawn');
    expect(await gone(offers.accept(offer.offerId, 'wallet'))).toBe('offer_withdrawn');
  });

  it('gives nothing of an award that fell, and stays as it was', async () => {
    const { offers, offered, status } = world;
    const { offer, award } = await offered({ statusPurpose: 'suspension' });
    const change = (action: 'suspend' | 'reinstate' | 'revoke') =>
      status.change({ tenant: TENANT, credentialId: award.credentialId, action, reason: 'mali', actor: ACTOR });
    await change('suspend');
    expect(await gone(take(offer.offerId, HOLDER))).toBe('award_suspended');
    expect((await offers.byId(offer.offerId))!.state).toBe('open');
    const create = () => offers.create({ tenant: TENANT, actor: ACTOR, credentialId: award.credentialId });
    expect(await problem(create())).toMatchObject({ kind: 'conflict' });
    await change('reinstate');
    await take(offer.offerId, HOLDER);
    await change('revoke');
    expect(await gone(take(offer.offerId, HOLDER))).toBe('award_revoked');
    expect(await problem(create())).toMatchObject({ kind: 'gone' });
    const stranger = { tenant: OTHER, actor: ACTOR, credentialId: award.credentialId };
    expect(await problem(offers.create(stranger))).toMatchObject({ kind: 'not-found' });
    expect(await problem(take('x', HOLDER))).toMatchObject({ kind: 'not-found' });
  });

  it('takes a life of 1 to 365 days', async () => {
    const { award } = await world.offered();
    for (const lifetimeDays of [0, -1, 1.5, 366, Number.NaN]) {
      const input = { tenant: TENANT, actor: ACTOR, credentialId: award.credentialId, lifetimeDays };
      expect((await problem(world.offers.create(input))).errors[0]!.pointer).toBe('/lifetimeDays');
    }
  });

  it('takes no holders that could not be signed, and stays open', async () => {
    const { offer } = await world.offered();
    for (const holders of [[], ['not an iri'], [HOLDER, HOLDER]]) {
      expect(await problem(take(offer.offerId, ...holders))).toMatchObject({ kind: 'invalid-request' });
    }
    expect((await world.offers.byId(offer.offerId))!.state).toBe('open');
  });
});

describe('a code of an offer', () => {
  let world: Awaited<ReturnType<typeof openOffers>>;
  beforeEach(async () => {
    world = await openOffers();
  });
  afterEach(() => world.close());
  const wrong = (code: string, at = 1) => String((Number(code) + at) % 1_000_000).padStart(6, '0');

  it('is six digits, and shows nowhere', async () => {
    const { offer, txCode, award } = await world.offered({ confirmation: 'txCode' });
    expect(txCode).toMatch(/^\d{6}$/);
    expect(await world.offers.tryTxCode(offer.offerId, txCode!)).toBe('right');
    expect(await world.offers.tryTxCode(offer.offerId, wrong(txCode!))).toBe('wrong');
    const other = await world.offers.create({
      tenant: TENANT,
      actor: ACTOR,
      credentialId: award.credentialId,
      confirmation: 'txCode',
    });
    expect([other.secret, other.txCode]).not.toEqual([undefined, txCode]);
    const rows = await Promise.all([offer, other.offer].map(({ offerId }) => world.reader.offer(offerId)));
    const said = JSON.stringify([rows, await auditOf(world)]);
    // No digest of it either: a million of them are computed in a second.
    for (const text of [txCode!, sha256Hex(txCode!)]) expect(said).not.toContain(text);
  });

  it('is compared five times at most, of fifty that ask at once (PR-6)', async () => {
    const { offer, txCode } = await world.offered({ confirmation: 'txCode' });
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, at) => world.offers.tryTxCode(offer.offerId, wrong(txCode!, at + 1))),
    );
    expect(answers.filter((one) => one === 'wrong')).toHaveLength(TX_CODE_TRIES);
    expect(answers.filter((one) => one === 'locked')).toHaveLength(45);
    // Also the right one comes too late.
    expect(await world.offers.tryTxCode(offer.offerId, txCode!)).toBe('locked');
    const row = (await world.offers.byId(offer.offerId))!;
    expect(row).toMatchObject({ state: 'locked', tries: 5 });
    expect(
      await problem(world.offers.take({ offerId: offer.offerId, holders: [HOLDER], door: 'vc-api' })),
    ).toMatchObject({
      kind: 'gone',
      extensions: { code: 'offer_locked' },
    });
    expect((await world.offers.withdraw({ tenant: TENANT, offerId: offer.offerId, actor: ACTOR })).state).toBe(
      'withdrawn',
    );
  });

  it('counts the wrong ones only, over all who ask', async () => {
    const { offer, txCode } = await world.offered({ confirmation: 'txCode' });
    const ask = (code: string) => world.offers.tryTxCode(offer.offerId, code);
    for (let at = 1; at <= 4; at++) {
      expect(await ask(wrong(txCode!, at))).toBe('wrong');
      expect(await ask(txCode!)).toBe('right');
    }
    for (const shape of ['', txCode!.slice(1), `${txCode}0`, ` ${txCode}`]) {
      if (shape === '') expect(await ask(shape)).toBe('wrong');
      else expect(await ask(shape)).toBe('locked');
    }
    expect(await ask(txCode!)).toBe('locked');
    expect(world.refused.filter((one) => one === 'code_wrong')).toHaveLength(5);
  });

  it('is asked for by no offer that has none, that is over, or that is not there', async () => {
    const none = await world.offered();
    const { offer, txCode } = await world.offered({ confirmation: 'txCode', lifetimeDays: 1 });
    expect(await world.offers.tryTxCode(none.offer.offerId, '000000')).toBe('locked');
    expect(await world.offers.tryTxCode('x', '000000')).toBe('locked');
    world.clock.advance(86_400_000);
    expect(await world.offers.tryTxCode(offer.offerId, txCode!)).toBe('locked');
  });
});

describe('what is asked for besides the link', () => {
  it.each([
    [{ achievementType: 'MicroCredential' }, 'none'],
    [{ achievementType: 'Course' }, 'none'],
    [{}, 'none'],
    [{ achievementType: 'Certification' }, 'txCode'],
    [{ achievementType: 'License' }, 'txCode'],
    [{ achievementType: 'BachelorDegree' }, 'txCode'],
    [{ achievementType: 'MicroCredential', awardType: 'NationalCertificate' }, 'txCode'],
    [{ achievementType: 'ext:Passport' }, 'txCode'],
    [{ achievementType: 'ext:Passport', awardType: 'TvetMicroCredential' }, 'none'],
  ])('of %o: %s', async (achievement, confirmation) => {
    const world = await openOffers();
    const award = { credentialId: 'c', awardId: 'a', hasEmail: false, achievement };
    const input = { tenant: TENANT, actor: ACTOR, credentialId: 'c' };
    expect((await world.offers.prepare(input, award)).offer.confirmation).toBe(confirmation);
    const none = world.offers.prepare({ ...input, confirmation: 'none' }, award);
    if (confirmation === 'none') expect((await none).offer.confirmation).toBe('none');
    else
      expect((await problem(none)).errors).toMatchObject([{ pointer: '/confirmation', code: 'confirmation_required' }]);
    const email = await problem(world.offers.prepare({ ...input, confirmation: 'email' }, award));
    expect(email.errors).toMatchObject([{ pointer: '/confirmation', code: 'no_email' }]);
    const other = await problem(world.offers.prepare({ ...input, confirmation: 'constructor' as 'none' }, award));
    expect(other.errors[0]!.code).toBe('enum');
    await world.close();
  });
});

describe('a taking that is interrupted', () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])('at step %i leaves the offer open, or taken with its form', async (at) => {
    let armed = false;
    const world = await openOffers({
      change: () => ({
        onStep: (step) => {
          if (!armed || step !== at) return;
          armed = false;
          throw new Error('the process dies here');
        },
      }),
    });
    await seed(world);
    const { offer, award } = await world.offered();
    const taking = { offerId: offer.offerId, holders: [HOLDER], door: 'oid4vci' } as const;
    armed = true;
    await expect(world.offers.take(taking)).rejects.toThrow('dies');
    const { state } = (await world.offers.byId(offer.offerId))!;
    const left = await world.reader.formsOf(TENANT, award.credentialId);
    expect([state, left.length]).toEqual(at <= 5 ? ['open', 0] : ['taken', 1]);
    // Nobody else gets what was begun.
    if (state === 'taken') {
      expect(await problem(world.offers.take({ ...taking, holders: [SECOND] }))).toMatchObject({ kind: 'gone' });
    }
    const [form] = await world.offers.take(taking);
    if (left[0]) expect(form!.credentialId).toBe(left[0].credentialId);
    expect(await world.reader.formsOf(TENANT, award.credentialId)).toHaveLength(1);
    expect(await world.reader.preparedCredentials(5)).toEqual([]);
    expect(await world.storage.integrity()).toEqual([]);
    await world.close();
  });
});
