import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AchievementVersion } from '#achievements';
import {
  createIssuer,
  createPlainCredentials,
  createPlainIssuance,
  createStatus,
  type IssuerDeps,
  type PlainDeps,
} from '#credentials';
import { createInstitutions, createSigningAuthority, didOf } from '#institutions';
import {
  type Clock,
  isObject,
  type JsonObject,
  parseStrictJson,
  type Random,
  randomId,
  sha256Hex,
  systemClock,
  systemRandom,
} from '#kernel';
import { createKeystore, throwawaySigner } from '#keystore';
import {
  contextRules,
  createContextLoader,
  createJwtChecker,
  createJwtMaker,
  createPlanSets,
  createProofChecker,
  createProofMaker,
  openJwt,
} from '#proofs';
import { openSqlite, type Storage } from '#storage';

export const PUBLIC = 'https://badges.example';
const DID_AUTHORITY = 'badges.example';
export const TENANT = 'specimen-college';
export const OTHER = 'other-college';
export const ACTOR = 'key:test';
export const DID = didOf(DID_AUTHORITY, TENANT);
/** A credential that is no badge, as another system draws it up. */
export const PLAIN = {
  '@context': ['https://www.w3.org/ns/credentials/v2'],
  type: ['VerifiableCredential'],
  issuer: DID,
  validFrom: '2026-01-01T00:00:00Z',
  credentialSubject: { id: 'did:example:s', name: 'Maria Specimen' },
};

const phContext = readFileSync(join(import.meta.dirname, '..', '..', '..', 'contexts', 'ph-v1-draft.json'), 'utf8');

/** A clock that stands until it is moved. */
export interface SetClock extends Clock {
  set(to: string): void;
  advance(ms: number): void;
}

export function setClock(start = '2026-06-01T08:00:00Z'): SetClock {
  let now = Date.parse(start);
  return {
    now: () => new Date(now),
    set: (to) => {
      now = Date.parse(to);
    },
    advance: (ms) => {
      now += ms;
    },
  };
}

export interface WorldOptions {
  path?: string;
  clock?: Clock;
  random?: Random;
  intercept?: (sql: string) => void;
  statusListLength?: number;
  /** Compiled canonical forms, as in the service: for tests of many badges, where the reference takes all of the time. */
  compiled?: boolean;
  /** Replaces parts of the issuer's dependencies. */
  change?: (deps: IssuerDeps) => Partial<IssuerDeps>;
}

export type World = Awaited<ReturnType<typeof openWorld>>;

/** A real store, real keys, real proofs; only clock, randomness and faults are ours. */
export async function openWorld(options: WorldOptions = {}) {
  const { clock = setClock(), random = systemRandom, path = ':memory:', intercept } = options;
  const storage = await openSqlite(intercept ? { path, intercept } : { path });
  const { reader, transactor } = storage;
  const keystore = await sharedKeystore();
  const institutions = createInstitutions({
    reader,
    transactor,
    keystore,
    clock,
    didAuthority: DID_AUTHORITY,
    didOrigin: PUBLIC,
  });
  const authority = createSigningAuthority({ reader, keystore, clock, didAuthority: DID_AUTHORITY });
  const loader = createContextLoader({ phContext, phContextUrl: `${PUBLIC}/contexts/ph/v1-draft` });
  // How many plans are made in a second is a matter of real time.
  const plans = options.compiled ? createPlanSets({ loader, clock: systemClock, random: systemRandom }) : undefined;
  const checker = createProofChecker({ loader, clock, ...(plans ? { canonicalizer: plans.releases } : {}) });
  const tokenChecker = createJwtChecker({ loader, clock });
  const proofs = createProofMaker({ loader, ...(plans ? { plans: plans.issuing } : {}) });
  const tokens = createJwtMaker({ loader });
  const checkReleased = async (text: string) => {
    const jwt = text.startsWith('{') ? undefined : openJwt(text);
    const document = jwt?.document ?? (parseStrictJson(text) as JsonObject);
    const controller = isObject(document.issuer) ? document.issuer.id : document.issuer;
    if (jwt) {
      const expected = { controller: String(controller), purpose: 'assertionMethod' as const };
      return tokenChecker.verify(jwt, expected, ({ kid }) => resolve(storage)(kid!));
    }
    return checker.verify(document, { controller: String(controller), purpose: 'assertionMethod' }, resolve(storage));
  };
  const common = { reader, transactor, authority, proofs, tokens, checkReleased, clock, random, publicUrl: PUBLIC };
  const listLength = options.statusListLength;
  const status = createStatus({ ...common, ...(listLength === undefined ? {} : { listLength }) });
  const base: IssuerDeps = {
    ...common,
    status,
    specimen: true,
    waiting: { poll: 10, takeOver: 500 },
    ...(plans ? { learnt: plans.learnt } : {}),
  };
  const deps: IssuerDeps = { ...base, ...options.change?.(base) };
  const issuer = createIssuer(deps);
  /** For credentials that are no badges, over another transactor or status where given. */
  const plain = (change: Partial<PlainDeps> = {}) => {
    const plainDeps: PlainDeps = {
      ...{ ...common, status, throwaway: throwawaySigner, contexts: { ...contextRules(loader), kind: loader.kind } },
      checkSigned: (text, controller) => {
        const expected = { controller, purpose: 'assertionMethod' as const, profile: 'vc' as const };
        return checker.verify(parseStrictJson(text) as JsonObject, expected, resolve(storage));
      },
      ...change,
    };
    return createPlainCredentials(plainDeps, createPlainIssuance(plainDeps));
  };
  return {
    storage,
    reader,
    transactor,
    institutions,
    status,
    deps,
    issuer,
    plain,
    clock,
    checkReleased,
    async close() {
      await Promise.all([checker.close(), tokenChecker.close()]);
      await plans?.close();
      await storage.close();
    },
  };
}

let keystore: ReturnType<typeof createKeystore> | undefined;
/** Key derivation is slow on purpose. Here it is not: many of these processes live for a moment only. */
function sharedKeystore() {
  keystore ??= createKeystore({
    passphrase: 'only for these tests',
    salt: Buffer.alloc(16, 7),
    random: systemRandom,
    cost: 10,
  });
  return keystore;
}

const resolve = (storage: Storage) => async (id: string) => {
  const [controller, keyId] = id.split('#');
  const tenant = controller!.split(':').at(-1)!;
  const key = (await storage.reader.signingKeys(tenant)).find((one) => one.keyId === keyId);
  if (!key) return { outcome: 'refused' as const, code: 'method_not_listed', detail: id };
  const method = { id, controller: controller!, publicKeyMultibase: key.publicKeyMultibase };
  return { outcome: 'ok' as const, method, document: {} };
};

export interface Seeded {
  achievementId: string;
}

/** Two institutions and one achievement of the first. */
export async function seed(world: World, achievement: Parameters<typeof definition>[0] = {}): Promise<Seeded> {
  for (const slug of [TENANT, OTHER]) {
    if (await world.reader.institution(slug)) continue;
    await world.institutions.create({
      slug,
      profile: { name: `Specimen ${slug}`, institutionType: 'SUC', timeZone: 'Asia/Manila' },
      actor: ACTOR,
    });
  }
  const row = definition(achievement);
  await world.transactor.commit([{ op: 'achievement.insertVersion', row }]);
  return { achievementId: row.achievementId };
}

export function definition(
  more: Partial<
    Pick<AchievementVersion, 'extension' | 'statusPurpose' | 'statusType' | 'permittedIssuers' | 'securing' | 'jwt'>
  > = {},
  version = 1,
  achievementId = randomId(systemRandom),
): AchievementVersion {
  const extension = more.extension ?? true;
  const document = {
    id: `${PUBLIC}/achievements/${achievementId}`,
    type: ['Achievement', ...(extension ? ['PhAchievement'] : [])],
    achievementType: 'MicroCredential',
    name: `SPECIMEN Computer systems, edition ${version}`,
    description: 'Keeps computer systems and networks working.',
    criteria: { narrative: 'Practical demonstration before an assessor.' },
    ...(extension ? { awardType: 'TvetMicroCredential', pqfLevel: 2 } : {}),
    resultDescription: [
      {
        id: `urn:uuid:0d6a9d1e-9bfa-4b8e-8f5d-0d9f2a1b3c4d`,
        type: ['ResultDescription'],
        name: 'Final grade',
        resultType: 'LetterGrade',
        allowedValue: ['A', 'B', 'C'],
      },
    ],
    version: String(version),
  };
  return {
    tenant: TENANT,
    achievementId,
    version,
    document,
    sha256: sha256Hex(JSON.stringify(document)),
    permittedIssuers: more.permittedIssuers ?? [],
    statusPurpose: more.statusPurpose ?? 'revocation',
    ...(more.statusType ? { statusType: more.statusType } : {}),
    extension,
    ...(more.securing ? { securing: more.securing } : {}),
    ...(more.jwt ? { jwt: more.jwt } : {}),
    createdAt: '2026-01-01T00:00:00Z',
  };
}

/** All audit entries, oldest first. */
export async function auditOf(world: Pick<World, 'reader'>) {
  const all = [];
  let cursor: string | undefined;
  do {
    const page = await world.reader.auditEntries(undefined, { limit: 200, ...(cursor ? { cursor } : {}) });
    all.push(...page.items);
    cursor = page.next;
  } while (cursor);
  return all;
}
