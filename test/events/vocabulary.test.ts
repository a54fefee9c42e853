import { describe, expect, it } from 'vitest';
import { loadOpenApi } from '#api';
import { EVENT_TYPES, EVENTS, eventIdOf, eventOf, seqOfEvent, streamEventOf } from '#events';

const entry = (operation: string, detail: Record<string, string> = {}) => ({ operation, object: 'x', detail });

describe('the vocabulary of events', () => {
  it('is the one that is described', () => {
    const schemas = loadOpenApi().document.components.schemas as Record<string, { enum?: string[] }>;
    expect(schemas.EventType!.enum).toEqual(EVENT_TYPES);
  });

  it('has one event at most for an entry of the log', () => {
    const operations = Object.values(EVENTS).flatMap(({ from }) => Object.keys(from));
    const members: Record<string, string>[] = [{}, { formOf: 'w' }, { credential: 'c' }];
    const details = members.flatMap((one) =>
      ['wallet', 'page', 'holder', 'institution'].flatMap((by) =>
        ['done', 'failed'].map((state) => ({ ...one, by, state, door: 'oid4vci' })),
      ),
    );
    for (const operation of new Set(operations)) {
      for (const detail of details) {
        const fits = EVENT_TYPES.filter((type) => {
          const from: Record<string, (object: string, detail: object) => unknown> = EVENTS[type].from as never;
          return from[operation]?.('x', detail) !== undefined;
        });
        expect(fits.length).toBeLessThanOrEqual(1);
        expect(eventOf({ operation, object: 'x', detail })?.type).toBe(fits[0]);
      }
    }
  });

  it('says nothing of forms for wallets, of what is not told, and of entries that name no award', () => {
    expect(eventOf(entry('credential.issue'))).toMatchObject({ type: 'credential.issued', id: 'x' });
    expect(eventOf(entry('credential.issue', { formOf: 'w' }))).toBeUndefined();
    expect(eventOf(entry('offer.take', { door: 'oid4vci' }))).toBeUndefined();
    expect(eventOf(entry('offer.withdraw', { credential: 'c', by: 'institution' }))).toBeUndefined();
    expect(eventOf(entry('conferral.flag', { credential: 'c' }))).toMatchObject({
      type: 'credential.flagged',
      id: 'c',
    });
    for (const operation of ['statusList.publish', 'webhook.create', 'toString', '__proto__', '']) {
      expect(eventOf(entry(operation))).toBeUndefined();
    }
  });

  it('names the ends of a class list as its stream does', () => {
    expect(['done', 'failed', 'cancelled', 'running', 'toString'].map(streamEventOf)).toEqual([
      ...['done', 'failed', 'cancelled', undefined, undefined],
    ]);
  });

  it('has ids that a restore does not give out again', () => {
    const [one, other] = ['a', 'b'].map((letter) => eventIdOf({ seq: 7, hash: letter.repeat(64) }));
    expect(one).not.toBe(other);
    expect([one, other].map((id) => seqOfEvent(id!))).toEqual([7, 7]);
    for (const id of ['evt_7', 'evt_07_0123456789abcdef', 'evt_7_0123456789ABCDEF', '']) {
      expect(seqOfEvent(id)).toBeUndefined();
    }
  });
});
