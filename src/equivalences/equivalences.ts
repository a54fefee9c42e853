import type { SigningAuthority } from '#institutions';
import {
  type Clock,
  dayIn,
  fieldProblem,
  formatInstant,
  type JsonObject,
  type Page,
  type PageRequest,
  Problem,
  parseStrictJson,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import type { ProofMaker } from '#proofs';
import { decisionDocument, type Edition, type EquivalenceSettings, equivalenceUrl } from './decision-document.ts';
import { checkEvent, type EquivalenceEventInput } from './event-input.ts';
import { checkDecision, checkDraft } from './input.ts';
import type { Decided, Ended, Ending, EquivalenceInput, EquivalenceStanding, EquivalenceState } from './model.ts';
import type {
  EquivalenceEditionRecord,
  EquivalenceEventRecord,
  EquivalenceReader,
  EquivalenceRecord,
  EquivalenceWrite,
} from './ports.ts';
import { readDecision } from './read-decision.ts';
import { appealIsOpen, dayBefore, standingOn } from './standing.ts';

export interface EquivalencesDeps extends EquivalenceSettings {
  authority: Pick<SigningAuthority, 'forTenant'>;
  proofs: ProofMaker;
  reader: EquivalenceReader;
  transactor: Transactor<EquivalenceWrite>;
  clock: Clock;
  random: Random;
}

export interface EquivalenceView {
  record: EquivalenceRecord;
  events: EquivalenceEventRecord[];
  /** Today. */
  standing: EquivalenceStanding;
  appealOpen: boolean;
}

interface Acting {
  tenant: string;
  actor: string;
}

type Chosen = Acting & { equivalenceId: string };

export interface Equivalences {
  /** Nothing is signed or shown to the public. @throws Problem `invalid-request` with every bad field */
  draft(input: EquivalenceInput & Acting): Promise<EquivalenceView>;
  /** The whole draft again. @throws Problem `not-found`, `invalid-request`; `conflict` when it is decided or of another revision */
  edit(input: EquivalenceInput & Chosen & { revision: number }): Promise<EquivalenceView>;
  /**
   * Signs and publishes this revision; from then on only how it stands changes. With `supersedes` the earlier decision ends
   * in the same commit. @throws Problem as `edit`
   */
  decide(input: Chosen & { revision: number }): Promise<EquivalenceView>;
  /** Withdrawal, appeal, outcome of an appeal. @throws Problem `not-found`, `invalid-request`, `conflict` */
  recordEvent(input: EquivalenceEventInput & Chosen): Promise<EquivalenceView>;
  /** Also drafts: who may see it is the caller's question. */
  get(equivalenceId: string): Promise<EquivalenceView | undefined>;
  list(filter: { tenant: string; state?: EquivalenceState }, page: PageRequest): Promise<Page<EquivalenceView>>;
}

/** Equivalence decisions (framework 7.1): drafted, decided once, ended by another edition, never edited. */
export function createEquivalences(deps: EquivalencesDeps): Equivalences {
  const { authority, proofs, reader, transactor, clock, random, publicUrl } = deps;
  const now = () => formatInstant(clock.now());
  const today = () => dayIn(clock.now());

  const view = async (record: EquivalenceRecord): Promise<EquivalenceView> => {
    const events = await reader.equivalenceEvents(record.equivalenceId);
    return { record, events, standing: standingOn(record, today()), appealOpen: appealIsOpen(events) };
  };

  /** Another tenant's decision does not exist for this one. */
  const own = async ({ tenant, equivalenceId }: Omit<Chosen, 'actor'>): Promise<EquivalenceRecord> => {
    const record = await reader.equivalence(equivalenceId);
    if (!record || record.tenant !== tenant) throw new Problem('not-found', 'there is no such equivalence');
    return record;
  };

  const commit = async (writes: EquivalenceWrite[], equivalenceId: string): Promise<EquivalenceView> => {
    await transactor.commit(writes).catch((error: unknown) => {
      if (!(error instanceof UniqueViolation)) throw error;
      throw new Problem('conflict', 'somebody else changed it meanwhile: read it again', { cause: error });
    });
    return view((await reader.equivalence(equivalenceId))!);
  };

  /** A draft that is still what the caller has read. */
  const draftOf = async (chosen: Omit<Chosen, 'actor'> & { revision: number }): Promise<EquivalenceRecord> => {
    const record = await own(chosen);
    if (record.state !== 'draft') throw new Problem('conflict', 'it is decided, and a decision is never edited');
    if (record.revision === chosen.revision) return record;
    throw fieldProblem('conflict', '/revision', `the draft is at revision ${record.revision}: read it again`);
  };

  async function signed(record: EquivalenceRecord, edition: number, more: Partial<Edition>) {
    const { tenant, equivalenceId } = record;
    const { did, signer } = await authority.forTenant(tenant, 'assertion');
    const signedAt = now();
    const input = record.input as Decided;
    const decisionDate = input.decisionDate ?? dayIn(new Date(record.decidedAt ?? signedAt));
    const document = decisionDocument(
      deps,
      { equivalenceId, edition, decidedBy: did, decisionDate, signedAt, ...more },
      input,
    );
    const text = JSON.stringify(await proofs.sign(document, signer, signedAt));
    // What could not be read again would stand published for ever.
    if (!readDecision(parseStrictJson(text) as JsonObject)) {
      throw new Problem('invalid-request', 'the decision cannot be written down');
    }
    const row: EquivalenceEditionRecord = {
      ...{ tenant, equivalenceId, edition, signed: text },
      ...{ sha256: sha256Hex(text), createdAt: signedAt },
    };
    return row;
  }

  /** Everything that ends a decision: the event, how it stands, and its last edition. */
  async function ending(
    of: EquivalenceView,
    ended: Ended,
    { actor, legalInstrument }: { actor: string } & Pick<EquivalenceEventRecord, 'legalInstrument'>,
  ): Promise<EquivalenceWrite[]> {
    const { record, events } = of;
    const { tenant, equivalenceId } = record;
    const last = await reader.equivalenceEdition(equivalenceId);
    const edition = await signed(record, last!.edition + 1, { ended });
    const { state, validUntil, reason, supersededBy } = ended;
    return [
      {
        op: 'equivalenceEvent.insert',
        row: {
          ...{ tenant, equivalenceId, type: state, day: validUntil, recordedAt: edition.createdAt, by: actor, reason },
          ...(legalInstrument ? { legalInstrument } : {}),
          ...(supersededBy ? { supersededBy } : {}),
        },
        after: events.length,
      },
      { op: 'equivalence.end', tenant, equivalenceId, from: record.state, state, validUntil },
      { op: 'equivalenceEdition.insert', row: edition },
      audit(edition, actor, `equivalence.${state}`, { validUntil }),
    ];
  }

  /** Our own, decided, and about the same award. */
  async function toSupersede(record: EquivalenceRecord): Promise<EquivalenceView | undefined> {
    const { supersedes, from, validFrom } = record.input;
    if (supersedes === undefined) return undefined;
    const prefix = equivalenceUrl(publicUrl, '');
    const found = supersedes.startsWith(prefix) ? await reader.equivalence(supersedes.slice(prefix.length)) : undefined;
    const bad = (pointer: string, detail: string) => fieldProblem('invalid-request', pointer, detail);
    if (!found || found.tenant !== record.tenant || found.state === 'draft') {
      throw bad('/supersedes', 'is no decision of this institution');
    }
    if (found.input.from.achievement !== from.achievement) throw bad('/supersedes', 'is about another achievement');
    if (validFrom! < found.validFrom!) throw bad('/validFrom', 'is before the decision it takes the place of begins');
    return view(found);
  }

  return {
    async draft({ tenant, actor, ...value }) {
      const input = checkDraft(value);
      const createdAt = now();
      const equivalenceId = randomId(random);
      const row: EquivalenceRecord = {
        ...{ tenant, equivalenceId, state: 'draft', revision: 1, input },
        ...{ createdAt, updatedAt: createdAt },
      };
      const entry = draftAudit(row, actor, 'equivalence.draft', createdAt);
      return commit([{ op: 'equivalence.insert', row }, entry], equivalenceId);
    },

    async edit({ tenant, actor, equivalenceId, revision, ...value }) {
      const record = await draftOf({ tenant, equivalenceId, revision });
      const input = checkDraft(value);
      const updatedAt = now();
      const row = { ...record, input, revision: revision + 1 };
      return commit(
        [
          { op: 'equivalence.edit', tenant, equivalenceId, revision, input, updatedAt },
          draftAudit(row, actor, 'equivalence.edit', updatedAt),
        ],
        equivalenceId,
      );
    },

    async decide({ tenant, actor, equivalenceId, revision }) {
      const record = await draftOf({ tenant, equivalenceId, revision });
      const { validFrom, validUntil } = checkDecision(record.input, today());
      const earlier = await toSupersede(record);
      const edition = await signed(record, 1, {});
      const { createdAt: decidedAt } = edition;
      const supersededBy = equivalenceUrl(publicUrl, equivalenceId);
      const last = earlier && earliest(dayBefore(validFrom), earlier.record.validUntil);
      return commit(
        [
          {
            ...{ op: 'equivalence.decide', tenant, equivalenceId, revision, decidedAt, validFrom },
            ...(validUntil ? { validUntil } : {}),
          },
          { op: 'equivalenceEdition.insert', row: edition },
          audit(edition, actor, 'equivalence.decide', { revision }),
          ...(earlier?.record.state === 'decided'
            ? await ending(
                earlier,
                { state: 'superseded', validUntil: last!, reason: 'superseded by a later decision', supersededBy },
                { actor },
              )
            : []),
        ],
        equivalenceId,
      );
    },

    async recordEvent({ tenant, actor, equivalenceId, ...value }) {
      const of = await view(await own({ tenant, equivalenceId }));
      const input = checkEvent(value, today());
      const { type, reason, legalInstrument } = input;
      assertPossible(of, type);
      if (type === 'withdrawn' || type === 'overturned') {
        const validUntil = lastDay(of.record, input.validUntil, today());
        const about = { actor, ...(legalInstrument ? { legalInstrument } : {}) };
        return commit(await ending(of, { state: type, validUntil, reason }, about), equivalenceId);
      }
      const row: EquivalenceEventRecord = {
        ...{ tenant, equivalenceId, type, day: input.receivedOn ?? today(), recordedAt: now(), by: actor, reason },
        ...(legalInstrument ? { legalInstrument } : {}),
      };
      const edition = (await reader.equivalenceEdition(equivalenceId))!;
      return commit(
        [
          { op: 'equivalenceEvent.insert', row, after: of.events.length },
          audit({ ...edition, createdAt: row.recordedAt }, actor, `equivalence.${type}`, {}),
        ],
        equivalenceId,
      );
    },

    async get(equivalenceId) {
      const record = await reader.equivalence(equivalenceId);
      return record && view(record);
    },

    async list(filter, page) {
      const { items, next } = await reader.equivalences(filter, page);
      return { items: await Promise.all(items.map(view)), ...(next === undefined ? {} : { next }) };
    },
  };
}

const ENDED: Record<EquivalenceState, boolean> = {
  ...{ draft: false, decided: false },
  ...({ withdrawn: true, superseded: true, overturned: true } satisfies Record<Ending, boolean>),
};

/** @throws Problem `conflict` at `/type`: nothing follows an end but an appeal, and only what was appealed has an outcome */
function assertPossible({ record, appealOpen }: EquivalenceView, type: EquivalenceEventInput['type']): void {
  const refuse = (detail: string) => fieldProblem('conflict', '/type', detail);
  if (record.state === 'draft') throw refuse('it is a draft: nothing was decided yet');
  if (type === 'withdrawn' && ENDED[record.state]) throw refuse(`it is ${record.state} already`);
  if (type === 'appealed' && appealOpen) throw refuse('an appeal waits for its outcome already');
  if ((type === 'confirmed' || type === 'overturned') && !appealOpen) throw refuse('no appeal waits for an outcome');
  if (type === 'overturned' && record.state === 'overturned') throw refuse('it is overturned already');
}

/** @throws Problem `invalid-request` at `/validUntil`: an end only ever comes nearer */
function lastDay({ validFrom, validUntil }: EquivalenceRecord, asked: string | undefined, today: string): string {
  const never = dayBefore(validFrom!);
  if (asked === undefined) {
    const yesterday = dayBefore(today);
    return earliest(yesterday < never ? never : yesterday, validUntil);
  }
  const bad = (detail: string) => fieldProblem('invalid-request', '/validUntil', detail);
  if (asked < never) throw bad(`is before ${never}, with which it would never have been in force`);
  if (validUntil !== undefined && asked > validUntil) throw bad(`is after ${validUntil}, with which it ends anyway`);
  return asked;
}

const earliest = (a: string, b: string | undefined): string => (b !== undefined && b < a ? b : a);

function audit(
  edition: EquivalenceEditionRecord,
  actor: string,
  operation: string,
  detail: Record<string, string | number>,
): EquivalenceWrite {
  const { tenant, equivalenceId: object, sha256: objectSha256, createdAt: at } = edition;
  return { op: 'audit.append', at, tenant, actor, operation, object, objectSha256, detail };
}

function draftAudit(row: EquivalenceRecord, actor: string, operation: string, at: string): EquivalenceWrite {
  const { tenant, equivalenceId: object, revision, input } = row;
  const objectSha256 = sha256Hex(JSON.stringify(input));
  return { op: 'audit.append', at, tenant, actor, operation, object, objectSha256, detail: { revision } };
}
