import type { BadgeCryptosuite, BadgeJwtForm, StatusPurpose, StatusType } from '#credentials';
import { inspectImage } from '#documents';
import {
  type Clock,
  type FieldError,
  fieldProblem,
  formatInstant,
  isDid,
  type JsonObject,
  type Page,
  type PageRequest,
  Problem,
  type Random,
  randomId,
  sha256Hex,
  type Transactor,
  UniqueViolation,
} from '#kernel';
import { buildAchievement } from './build.ts';
import { crossFaults } from './cross-checks.ts';
import { type EndorsementErrors, endorsementFaults } from './endorsed.ts';
import { checkExtended, checkPlain } from './input-schema.ts';
import { PH_TERMS } from './ph-schema.ts';
import type { AchievementReader, AchievementVersion, AchievementWrite, ImageRecord } from './ports.ts';
import { securingFaults } from './securing.ts';

/** A definition as an institution writes it. Pointers of errors are into this object. */
export interface AchievementInput {
  /** Open Badges `Achievement` without `id` and `version`; `image` is the id of an uploaded image. */
  achievement: JsonObject;
  /** DIDs that may award it besides the owner. */
  permittedIssuers?: string[];
  /** Default `revocation`, which is final. */
  statusPurpose?: StatusPurpose;
  /** How badges say where their status stands. Default `BitstringStatusListEntry`; the other knows no suspension. */
  statusType?: StatusType;
  /** Whether it has terms of the ph context, and its credentials the context. Default true. */
  extension?: boolean;
  /** Default `eddsa-rdfc-2022`. Another one needs a key of its kind when badges are issued. */
  securing?: BadgeCryptosuite;
  /** Default: no token. */
  jwt?: BadgeJwtForm;
  /** Signed endorsements of this achievement by others, which every badge of the version carries. */
  endorsement?: JsonObject[];
}

export interface AchievementsDeps {
  reader: AchievementReader;
  transactor: Transactor<AchievementWrite>;
  clock: Clock;
  random: Random;
  /** No trailing slash. */
  publicUrl: string;
  /** Rules of the framework on a finished definition with the extension; pointers are relative to it. */
  rules: (achievement: JsonObject) => readonly FieldError[];
  /** Without it no endorsement is taken. */
  endorsementErrors?: EndorsementErrors;
}

export interface Achievements {
  /** Version 1. @throws Problem `invalid-request` with every bad field */
  create(input: AchievementInput & { tenant: string; actor: string }): Promise<AchievementVersion>;
  /**
   * The next version; the earlier ones stay as they are.
   * @throws Problem `not-found` (also for another institution's), `invalid-request`; `conflict` when somebody else was faster
   */
  addVersion(
    input: AchievementInput & { tenant: string; achievementId: string; actor: string },
  ): Promise<AchievementVersion>;
  /** Latest when `version` is absent. */
  get(achievementId: string, version?: number): Promise<AchievementVersion | undefined>;
  list(tenant: string, page: PageRequest): Promise<Page<AchievementVersion>>;
  /**
   * Stores a picture; the same bytes again give the same record. Its first bytes decide what it is.
   * @param mediaType what the sender calls it: may be absent, may not be wrong
   * @throws Problem `invalid-image`
   */
  addImage(input: { tenant: string; bytes: Uint8Array; mediaType?: string; actor: string }): Promise<ImageRecord>;
  permits: typeof permits;
}

const MAX_PERMITTED = 200;

/** May this issuer award this version: its owner always, others when it names them. */
export function permits(
  issuerDid: string,
  version: Pick<AchievementVersion, 'permittedIssuers'>,
  ownerDid: string,
): boolean {
  return issuerDid === ownerDid || version.permittedIssuers.includes(issuerDid);
}

export function createAchievements(deps: AchievementsDeps): Achievements {
  const { reader, transactor, clock, random, publicUrl, rules } = deps;

  async function store(
    input: AchievementInput & { tenant: string; actor: string },
    achievementId: string,
    version: number,
  ): Promise<AchievementVersion> {
    const { tenant, actor, statusPurpose = 'revocation', extension = true, permittedIssuers = [] } = input;
    const id = `${publicUrl}/achievements/${achievementId}`;
    const faults = [...envelopeFaults(input), ...definitionFaults(input.achievement, extension)];
    if (faults.length === 0) faults.push(...(await imageFaults(input.achievement)));
    if (faults.length === 0) {
      faults.push(...(await endorsementFaults(input.endorsement, { id, tenant }, deps.endorsementErrors)));
    }
    refuse(faults);
    const image = input.achievement.image as string | undefined;
    const definition = buildAchievement({
      achievement: input.achievement,
      ...{ id, version },
      extension,
      ...(image === undefined ? {} : { imageUrl: `${publicUrl}/images/${image}` }),
      random,
    });
    if (extension) refuse(rules(definition).map((fault) => ({ ...fault, pointer: `/achievement${fault.pointer}` })));
    // As they were signed: not a member of them is touched.
    const document = input.endorsement === undefined ? definition : { ...definition, endorsement: input.endorsement };
    const sha256 = sha256Hex(JSON.stringify(document));
    const createdAt = formatInstant(clock.now());
    // What is the default is not stored, so that it reads as before.
    const { statusType } = input;
    const type = statusType === '1EdTechRevocationList' ? { statusType } : {};
    const row: AchievementVersion = {
      ...{ tenant, achievementId, version, document, sha256 },
      ...{ permittedIssuers: [...permittedIssuers], statusPurpose, ...type, extension },
      ...(input.securing === undefined ? {} : { securing: input.securing }),
      ...(input.jwt === undefined ? {} : { jwt: input.jwt }),
      createdAt,
    };
    const operation = version === 1 ? 'achievement.create' : 'achievement.addVersion';
    await transactor.commit([
      { op: 'achievement.insertVersion', row },
      {
        ...{ op: 'audit.append', at: createdAt, tenant, actor, operation, object: achievementId },
        ...{ objectSha256: sha256, detail: { version } },
      },
    ]);
    return row;
  }

  async function imageFaults({ image }: JsonObject): Promise<FieldError[]> {
    if (image === undefined || (await reader.image(image as string))) return [];
    return [{ pointer: '/achievement/image', detail: 'there is no such image: upload it first' }];
  }

  return {
    create: (input) => store(input, randomId(random), 1),

    async addVersion({ achievementId, ...input }) {
      const latest = await reader.achievement(achievementId);
      // Another institution's definition does not exist for this one.
      if (latest?.tenant !== input.tenant) throw new Problem('not-found', 'there is no such achievement');
      try {
        return await store(input, achievementId, latest.version + 1);
      } catch (error) {
        if (!(error instanceof UniqueViolation)) throw error;
        throw new Problem('conflict', 'somebody else added a version just now', { cause: error });
      }
    },

    get: (achievementId, version) => reader.achievement(achievementId, version),
    list: (tenant, page) => reader.achievements(tenant, page),

    async addImage({ tenant, bytes, mediaType, actor }) {
      const facts = inspectImage(bytes);
      if (mediaType !== undefined && mediaType !== 'application/octet-stream' && mediaType !== facts.mediaType) {
        throw fieldProblem('invalid-image', '', `the file is ${facts.mediaType}, not ${mediaType}`, 'image_type');
      }
      const imageId = sha256Hex(bytes);
      const stored = await reader.image(imageId);
      if (stored?.tenant === tenant) return stored;
      const createdAt = formatInstant(clock.now());
      const row: ImageRecord = { tenant, imageId, bytes: Uint8Array.from(bytes), ...facts, createdAt };
      await transactor.commit([
        { op: 'image.insert', row },
        {
          ...{ op: 'audit.append', at: createdAt, tenant, actor, operation: 'image.upload', object: imageId },
          ...{ objectSha256: imageId, detail: { mediaType: facts.mediaType, size: bytes.byteLength } },
        },
      ]);
      return row;
    },

    permits,
  };
}

function refuse(errors: readonly FieldError[]): void {
  if (errors.length > 0) throw new Problem('invalid-request', 'the definition is not acceptable', { errors });
}

function definitionFaults(achievement: unknown, extension: boolean): FieldError[] {
  const faults = (extension ? checkExtended : checkPlain)(achievement, '/achievement').map((fault) =>
    !extension && isPhTerm(fault) ? { ...fault, detail: 'needs the extension, which is off here' } : fault,
  );
  return faults.length > 0 ? faults : crossFaults(achievement as JsonObject, '/achievement');
}

const isPhTerm = ({ pointer, code }: FieldError): boolean =>
  code === 'unknown-member' && Object.hasOwn(PH_TERMS, pointer.slice('/achievement/'.length));

const STATUS_TYPES: readonly unknown[] = ['BitstringStatusListEntry', '1EdTechRevocationList'] satisfies StatusType[];

function envelopeFaults(input: AchievementInput): FieldError[] {
  const { permittedIssuers, statusPurpose, statusType, extension } = input;
  const faults = securingFaults(input);
  if (extension !== undefined && typeof extension !== 'boolean') {
    faults.push({ pointer: '/extension', detail: 'must be true or false' });
  }
  if (statusPurpose !== undefined && statusPurpose !== 'revocation' && statusPurpose !== 'suspension') {
    faults.push({ pointer: '/statusPurpose', detail: 'must be one of revocation, suspension' });
  }
  if (statusType !== undefined && !STATUS_TYPES.includes(statusType)) {
    faults.push({ pointer: '/statusType', detail: `must be one of ${STATUS_TYPES.join(', ')}` });
  }
  if (statusType === '1EdTechRevocationList' && statusPurpose === 'suspension') {
    faults.push({
      pointer: '/statusPurpose',
      detail: 'must be revocation: a 1EdTechRevocationList knows no suspension',
    });
  }
  if (permittedIssuers === undefined) return faults;
  if (!Array.isArray(permittedIssuers) || permittedIssuers.length > MAX_PERMITTED) {
    return [...faults, { pointer: '/permittedIssuers', detail: `must be a list of at most ${MAX_PERMITTED} DIDs` }];
  }
  for (const [index, did] of permittedIssuers.entries()) {
    if (!isDid(did)) faults.push({ pointer: `/permittedIssuers/${index}`, detail: 'must be a DID' });
    else if (permittedIssuers.indexOf(did) !== index) {
      faults.push({ pointer: `/permittedIssuers/${index}`, detail: 'occurs twice' });
    }
  }
  return faults;
}
