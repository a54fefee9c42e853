import type { JsonObject } from '#kernel';

/** One alternative; every stated dimension must match, an absent one does not limit (framework 6.2). */
export interface AccreditationScope {
  awardType?: readonly string[];
  /** Inclusive. */
  pqfLevelRange?: { readonly from: number; readonly to: number };
  /** Achievement IRIs, in any version. */
  achievement?: readonly string[];
  /** Versions of achievements, inclusive; an end that is not stated is open. */
  achievementVersion?: readonly { readonly achievement: string; readonly from?: string; readonly to?: string }[];
  trainingRegulation?: readonly { readonly title: string; readonly version?: string }[];
  /** Codes. */
  unitOfCompetency?: readonly string[];
  /** Prefixes of codes, each within one edition. */
  psced?: readonly { readonly code: string; readonly edition: string }[];
  profession?: readonly string[];
  psfSector?: readonly string[];
  /** Identifiers of campuses or centres. */
  site?: readonly string[];
  /** Prefixes of PSGC codes in the ten-digit form. */
  psgc?: readonly string[];
  participationMode?: readonly string[];
  /** At most this much, in this one credit system. */
  maxCredit?: { readonly system: string; readonly value: string };
  learningRoute?: readonly string[];
}

/** What is known of an award that a scope can be held against. What is not known matches no limit. */
export interface AwardFacts {
  awardType?: string;
  pqfLevel?: number;
  achievement?: string;
  version?: string;
  trainingRegulation?: { title: string; version?: string };
  unitOfCompetency?: readonly string[];
  psced?: readonly { code: string; edition: string }[];
  profession?: readonly string[];
  psfSector?: readonly string[];
  site?: readonly string[];
  /** Ten digits. */
  psgc?: readonly string[];
  participationMode?: string;
  /** Sum by credit system, decimal text. */
  credit?: Readonly<Record<string, string>>;
  learningRoute?: string;
}

export type DimensionName = keyof AccreditationScope;

/** Complains of one member; the pointer is complete. */
export type Bad = (pointer: string, detail: string) => undefined;

/**
 * One way to limit a grant: everything about it in one place. `matches` and `contains` must agree: whenever an outer limit
 * contains an inner scope, whatever the inner one matches the outer one matches too. A property test holds that.
 */
export interface Dimension<Name extends DimensionName = DimensionName> {
  readonly name: Name;
  /** Says that this dimension did not match. */
  readonly reason: `scope_${string}`;
  /** Shape of the limit in a request or a signed grant. */
  check(limit: unknown, at: string, bad: Bad): void;
  matches(limit: NonNullable<AccreditationScope[Name]>, facts: AwardFacts): boolean;
  /** Does the inner scope limit at least as much? */
  contains(limit: NonNullable<AccreditationScope[Name]>, inner: AccreditationScope): boolean;
  /**
   * The same limit as a JSON Schema of a whole badge. It never accepts what `matches` would not: shapes this service does
   * not write are refused. Undefined when JSON Schema cannot say it.
   */
  schema(limit: NonNullable<AccreditationScope[Name]>): JsonObject | undefined;
}
