import type { StatusPurpose, StatusType } from '#credentials';
import type { Page, PageRequest } from '#kernel';
import type { AuditWrite } from '#observability';

/** One version of a definition. Never edited: a change is the next version. */
export interface AchievementVersion {
  tenant: string;
  achievementId: string;
  /** 1, 2, 3 ... */
  version: number;
  /** The Open Badges `Achievement` as it is embedded in credentials, `ph` terms included when `extension` is on. */
  document: Record<string, unknown>;
  /** SHA-256 (hex) of the stored JSON text of `document`. */
  sha256: string;
  /** DIDs that may issue it besides the owner; the owner always may. */
  permittedIssuers: string[];
  /** Purpose of the status entry of credentials issued from it. */
  statusPurpose: StatusPurpose;
  /** How they say where it stands. Absent: `BitstringStatusListEntry`. */
  statusType?: StatusType;
  /** Whether credentials carry the ph context. */
  extension: boolean;
  createdAt: string;
}

export interface ImageRecord {
  tenant: string;
  /** SHA-256 (hex) of the bytes. */
  imageId: string;
  mediaType: 'image/png' | 'image/svg+xml';
  bytes: Uint8Array;
  width?: number;
  height?: number;
  createdAt: string;
}

export interface AchievementReader {
  /** Latest when `version` is absent. Achievement ids are unique across tenants (128 random bits), so public look-ups need no tenant. */
  achievement(achievementId: string, version?: number): Promise<AchievementVersion | undefined>;
  achievementVersions(achievementId: string): Promise<AchievementVersion[]>;
  achievements(tenant: string, page: PageRequest): Promise<Page<AchievementVersion>>;
  image(imageId: string): Promise<ImageRecord | undefined>;
}

export type AchievementWrite =
  | { op: 'achievement.insertVersion'; row: AchievementVersion }
  | { op: 'image.insert'; row: ImageRecord }
  | AuditWrite;
