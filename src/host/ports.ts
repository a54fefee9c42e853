/** What a learner, or a platform for them, wrote into their profile: by the address that it belongs to. */
export interface HolderProfileRecord {
  /** As `normalEmail` writes it. */
  email: string;
  /** `id` of the profile: `urn:uuid:...`, the same for an address for ever, and guessed by nobody. */
  profileId: string;
  /** JSON text of a Profile of OB 3.0, as it was sent. */
  document: string;
  updatedAt: string;
}

export interface HostReader {
  holderProfile(email: string): Promise<HolderProfileRecord | undefined>;
}

export type HostWrite =
  /** Replaces the one before. */
  { op: 'holderProfile.put'; row: HolderProfileRecord };
