import type { FastifyBaseLogger, FastifyInstance } from 'fastify';
import type { AccreditationReader, Accreditations } from '#accreditation';
import type { AchievementReader, AchievementVersion, ImageRecord } from '#achievements';
import type { ApiKeys } from '#auth';
import type { CredentialReader, Include, Issuer, Status, StatusPurpose } from '#credentials';
import type { Institutions } from '#institutions';
import type { BatchReader, BatchRecord } from '#jobs';
import type { Clock, JsonObject, Random } from '#kernel';
import type { AuditReader } from '#observability';
import type { PathwayReader, PathwayRecord } from '#pathways';
import type { Verifier } from '#verifier';
import type { RateLimits } from './http/rate.ts';

/** Everything the HTTP layer needs; the composition root fills it. */
export interface ApiDeps {
  /** No trailing slash. */
  publicUrl: string;
  /** Every page says that its badges are fictitious. */
  specimen: boolean;
  privacyContact?: string;
  clock: Clock;
  random: Random;
  logger?: FastifyBaseLogger;
  rateLimits?: Partial<RateLimits>;
  /** Addresses of proxies whose `X-Forwarded-For` is believed. Default none: the socket's own address counts. */
  trustedProxies?: readonly string[];
  /** Sees the server before its routes are made, which is the last moment for hooks. */
  onServer?: (server: FastifyInstance) => void;
  /** Each check by name; `false` is not ready. */
  health(): Promise<Record<string, boolean>>;
  /** Fixed documents by path, e.g. `/contexts/ph/v1-draft`; undefined for a path that is none. */
  published(path: string): string | undefined;
  reader: AchievementReader & CredentialReader & BatchReader & PathwayReader & AccreditationReader & AuditReader;
  apiKeys: Pick<ApiKeys, 'authenticate' | 'create' | 'list' | 'revoke'>;
  institutions: Pick<
    Institutions,
    'create' | 'updateProfile' | 'get' | 'list' | 'keys' | 'rotateKey' | 'didDocument' | 'profileDocument' | 'didOf'
  >;
  achievements: AchievementsPort;
  issuer: Pick<Issuer, 'issue'>;
  status: Pick<Status, 'change' | 'listCredential'>;
  batches: BatchesPort;
  accreditations: Accreditations;
  pathways: PathwaysPort;
  verifier: Verifier;
}

export interface AchievementInput {
  achievement: JsonObject;
  permittedIssuers?: string[];
  statusPurpose?: StatusPurpose;
  extension?: boolean;
}

export interface AchievementsPort {
  create(input: AchievementInput & { tenant: string; actor: string }): Promise<AchievementVersion>;
  addVersion(
    input: AchievementInput & { tenant: string; achievementId: string; actor: string },
  ): Promise<AchievementVersion>;
  addImage(input: { tenant: string; mediaType: string; bytes: Uint8Array; actor: string }): Promise<ImageRecord>;
}

/** What all rows of a batch have in common. Dates are a day or an instant. */
export interface BatchOptions {
  achievementId: string;
  version?: number;
  include?: Include[];
  awardedDate?: string;
  validFrom?: string;
  validUntil?: string;
}

export interface BatchesPort {
  create(
    input: BatchOptions & {
      tenant: string;
      /** CSV text with a header, or rows. */
      source: string | Record<string, string>[];
      idempotencyKey?: string;
      actor: string;
    },
  ): Promise<BatchRecord>;
  start(input: { tenant: string; batchId: string; actor: string }): Promise<BatchRecord>;
}

export interface PathwayInput {
  name: string;
  description?: string;
  conferrer?: string;
  effectivePeriod?: { from: string; until?: string };
  realism?: 'Published' | 'Illustrative';
  stackingRule: JsonObject;
}

export interface PathwaysPort {
  create(input: PathwayInput & { tenant: string; actor: string }): Promise<PathwayRecord>;
  addVersion(input: PathwayInput & { tenant: string; pathwayId: string; actor: string }): Promise<PathwayRecord>;
}
