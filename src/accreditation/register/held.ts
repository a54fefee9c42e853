import {
  type Clock,
  fieldProblem,
  formatInstant,
  isObject,
  type Json,
  type JsonObject,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
} from '#kernel';
import { Faults } from '../inputs/fields.ts';
import type { AccreditationReader, AccreditationWrite, HeldRegisterRecord } from '../ports.ts';
import { type RegisterHead, readRegister } from '../read.ts';
import { onlyMembers } from '../scope/members.ts';
import { openHeld } from './sources.ts';

/** A register as its accreditor published it, with the parts it names in their order. */
export interface RegisterFile {
  register: JsonObject;
  parts: string[];
}

export interface HoldInput {
  /** DID of the accreditor. Its register is fetched, unless `file` brings it. */
  accreditor: string;
  file?: RegisterFile;
  /** Default false: held, shown, and never asked. */
  consult?: boolean;
  /** Days after its publication for which it may be consulted; default 30. */
  maxAgeDays?: number;
}

export interface HeldDeps {
  reader: AccreditationReader;
  transactor: Transactor<AccreditationWrite>;
  /** Gets the register through the DID document of its accreditor. @throws Problem `fetch-failed`, `fetch-refused` */
  fetchRegister(accreditor: string): Promise<RegisterFile>;
  /** Does a proof of this accreditor cover the document? Unknown is not a pass. */
  verifyRegister(document: JsonObject, accreditor: string): Promise<{ outcome: string; code: string }>;
  clock: Clock;
  random: Random;
}

export type HeldRegister = Omit<HeldRegisterRecord, 'text'>;

export interface HeldRegisters {
  /**
   * Holds somebody else's register. Holding is not trusting: only a chain from a configured anchor is ever believed.
   * @throws Problem `invalid-request` when it is not a register of this accreditor, signed and whole; `conflict` when it
   *   is older than the one held
   */
  hold(tenant: string, input: HoldInput, actor: string): Promise<HeldRegister>;
  list(): Promise<HeldRegister[]>;
}

const MAX_AGE_DAYS = 366;
const DEFAULT_MAX_AGE_DAYS = 30;

export function createHeldRegisters(deps: HeldDeps): HeldRegisters {
  const { reader, transactor, clock, random } = deps;
  return {
    list: () => reader.heldRegisters(),

    async hold(tenant, input, actor) {
      const { accreditor, consult = false, maxAgeDays = DEFAULT_MAX_AGE_DAYS } = input;
      const file = readFile(input) ?? (await deps.fetchRegister(accreditor));
      const head = readRegister(file.register);
      if (!head || head.accreditor !== accreditor) {
        throw fieldProblem(
          'invalid-request',
          '/file/register',
          'is not a register of this accreditor',
          'register_malformed',
        );
      }
      assertWhole(head, file.parts);
      const proof = await deps.verifyRegister(file.register, accreditor);
      if (proof.outcome !== 'pass') {
        throw fieldProblem(
          'invalid-request',
          '/file/register',
          `its signature does not hold (${proof.code})`,
          proof.code,
        );
      }
      const held = (await reader.heldRegisters()).find((one) => one.accreditor === accreditor);
      // An older one could hide a withdrawal.
      if (held && Date.parse(held.published) > Date.parse(head.published)) {
        throw fieldProblem('conflict', '/file/register', `is older than the one held, of ${held.published}`, 'older');
      }
      const text = JSON.stringify(file);
      const importedAt = formatInstant(clock.now());
      const { url, published, validUntil } = head;
      const row: HeldRegisterRecord = {
        ...{ tenant, heldId: randomId(random), accreditor, url, published, validUntil, sha256: sha256Hex(text), text },
        ...{ consult, maxAgeDays, importedAt, by: actor },
      };
      if (!openHeld(row)) {
        throw fieldProblem('invalid-request', '/file/parts', 'cannot be read', 'register_malformed');
      }
      await transactor.commit([
        { op: 'heldRegister.insert', row },
        {
          op: 'audit.append',
          at: importedAt,
          tenant,
          actor,
          operation: 'heldRegister.import',
          object: row.heldId,
          objectSha256: row.sha256,
          detail: { published, consult, maxAgeDays },
        },
      ]);
      const { text: _, ...shown } = row;
      return shown;
    },
  };
}

/** @throws Problem `invalid-request` for another shape; undefined when the request brings no file */
function readFile(input: HoldInput): RegisterFile | undefined {
  const faults = new Faults();
  onlyMembers(input, ['accreditor', 'file', 'consult', 'maxAgeDays'], '', faults.bad);
  const { file, maxAgeDays } = input as { file?: Json; maxAgeDays?: unknown };
  if (
    maxAgeDays !== undefined &&
    !(Number.isInteger(maxAgeDays) && Number(maxAgeDays) >= 1 && Number(maxAgeDays) <= MAX_AGE_DAYS)
  ) {
    faults.bad('/maxAgeDays', `must be a whole number of days from 1 to ${MAX_AGE_DAYS}`);
  }
  const shaped = isObject(file) && isObject(file.register) && Array.isArray(file.parts);
  if (file !== undefined && !shaped) faults.bad('/file', 'must be an object with register and parts');
  faults.done();
  if (!shaped) return undefined;
  if (!(file.parts as Json[]).every((part) => typeof part === 'string')) {
    throw new Problem('invalid-request', 'every part is a text', {
      errors: [{ pointer: '/file/parts', detail: 'must be texts' }],
    });
  }
  return file as unknown as RegisterFile;
}

/** The parts are bound to the signature by their digests. */
function assertWhole(head: RegisterHead, parts: readonly string[]): void {
  const digests = head.parts?.digests ?? [];
  if (parts.length !== digests.length) {
    throw fieldProblem(
      'invalid-request',
      '/file/parts',
      `must be the ${digests.length} parts the register names`,
      'incomplete',
    );
  }
  const at = parts.findIndex((part, index) => sha256Hex(part) !== digests[index]);
  if (at >= 0)
    throw fieldProblem('invalid-request', `/file/parts/${at}`, 'is not the part the register names', 'digest');
}
