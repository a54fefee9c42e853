import type { EquivalenceDecision, Holding } from './model.ts';
import type { Item, Select } from './rule-model.ts';

/** Which run (A7): `sure` leaves out what is provisional or unknown, `hopeful` takes it in. */
export type Mode = 'sure' | 'hopeful';

/** A holding made ready: amounts are whole 1/10,000. */
export interface Fact {
  holding: Holding;
  /** Place of its id in code-point order (A6, level 7). */
  rank: number;
  /** Sorts after every day when it does not expire. */
  expires: string;
  credit: ReadonlyMap<string, number>;
  competencies: ReadonlySet<string>;
  /** `never`: the base filter refuses it in both runs (A1). */
  standing: Mode | 'never';
}

/** What a holding stands for as a course (A2). `decision` is absent for its own guise. */
export interface Guise {
  decision?: EquivalenceDecision;
  /** None for an unspecified decision. */
  achievements: readonly string[];
  version?: string;
  category?: string;
  credit: ReadonlyMap<string, number>;
}

export interface Candidate {
  fact: Fact;
  guise: Guise;
}

export const inMode = (fact: Fact, mode: Mode): boolean =>
  fact.standing === 'sure' || (fact.standing === 'hopeful' && mode === 'hopeful');

export const creditOf = ({ guise }: Candidate, system: string): number => guise.credit.get(system) ?? 0;

/** Every stated member must match; codes are the holding's in every guise, which never changes them (A2). */
export function selects(select: Select | undefined, { fact, guise }: Candidate): boolean {
  if (!select) return true;
  const { holding } = fact;
  const { achievement, category, awardType, provider, sector, route, level, code } = select;
  return (
    (!achievement || guise.achievements.some((one) => achievement.includes(one))) &&
    among(category, guise.category) &&
    among(awardType, holding.awardType) &&
    among(provider, holding.provider) &&
    among(sector, holding.sector) &&
    among(route, holding.route) &&
    (!level || (holding.level !== undefined && holding.level >= level.from && holding.level <= level.to)) &&
    (!code || code.some((one) => fact.competencies.has(one)))
  );
}

const among = (list: readonly string[] | undefined, value: string | undefined): boolean =>
  !list || (value !== undefined && list.includes(value));

/** An achievement in the guise, of an accepted version; or a code, in its own guise only (A4). */
export function covers(item: Item, { fact, guise }: Candidate): boolean {
  return asks(item, { fact, guise }) && hasVersion(item, guise);
}

/** As `covers`, whatever the version. */
export function asks({ achievement, code }: Item, { fact, guise }: Candidate): boolean {
  if (achievement !== undefined) return guise.achievements.includes(achievement);
  return guise.decision === undefined && code !== undefined && fact.competencies.has(code);
}

export const hasVersion = ({ version }: Item, guise: Guise): boolean =>
  !version || (guise.version !== undefined && version.includes(guise.version));
