// Random holdings and decisions, with days around the boundaries of the periods in use.
import {
  type AccreditedAnswer,
  type EquivalenceDecision,
  type Holding,
  SUPERVISION,
} from '../../../src/pathways/model.ts';
import { minus } from './dates.ts';
import type { Random } from './random.ts';
import * as words from './vocabulary.ts';

const after = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** The evaluation day, the starts of the periods, and the days next to them; the day itself and the past most often. */
function days(random: Random, date: string, good: boolean): string {
  if (good && random.chance(0.6)) return random.pick([date, after(date, -1), after(date, -30), after(date, -31)]);
  if (random.chance(0.04)) return after(date, 1);
  const start = minus(date, random.pick(words.PERIODS), random.chance(0.8) ? 1 : 2);
  return random.pick([date, date, after(date, -1), start, after(start, 1), after(start, 1), after(start, -1)]);
}

function answers(random: Random, good: boolean): AccreditedAnswer[] {
  const found: AccreditedAnswer[] = [];
  for (const role of ['Train', 'Assess', 'Award'] as const) {
    if (random.chance(good ? 0.03 : 0.15)) continue;
    for (const authority of random.some(words.BODIES, 1, 2)) {
      const answer = random.pick(
        good ? (['yes', 'yes', 'yes', 'yes', 'unknown'] as const) : (['yes', 'yes', 'unknown', 'no'] as const),
      );
      found.push(random.chance(0.15) ? { role, answer } : { role, authority, answer });
    }
  }
  return found;
}

function credit(random: Random): Record<string, string> {
  const systems = random.chance(0.65) ? [words.SYSTEMS[0]!] : random.some(words.SYSTEMS, random.chance(0.2) ? 0 : 2, 2);
  return Object.fromEntries(systems.map((system) => [system, random.pick(words.AMOUNTS)]));
}

/** `good`: of most of these learners nearly every fact is there and in order. */
function holding(random: Random, id: string, date: string, achievements: readonly string[], good: boolean): Holding {
  const scale = random.pick(words.SCALES);
  const or = <K extends string, V>(chance: number, key: K, value: V): Partial<Record<K, V>> =>
    random.chance(good && chance > 0.8 ? 0.98 : chance) ? ({ [key]: value } as Record<K, V>) : {};
  return {
    id,
    awardId: id,
    achievement: random.pick(achievements),
    ...or(0.85, 'version', random.pick(words.VERSIONS)),
    provider: random.pick(words.BODIES),
    ...or(0.9, 'awardType', random.pick(words.AWARD_TYPES)),
    ...or(0.9, 'category', random.pick(words.CATEGORIES)),
    ...or(0.9, 'sector', random.pick(words.SECTORS)),
    ...or(0.9, 'route', random.pick(words.ROUTES)),
    ...or(0.85, 'level', random.pick(words.LEVELS)),
    competencies: random.some(words.CODES, 0, random.pick([1, 2, 2, 3])),
    credit: credit(random),
    awarded: days(random, date, good),
    ...or(0.5, 'expires', random.pick([date, date, after(date, -1), after(date, 1), after(date, 400)])),
    state: random.chance(good ? 0.96 : 0.88)
      ? 'active'
      : random.pick(['suspended', 'revoked', 'annulled', 'unknown', 'unknown']),
    ...or(0.5, 'completion', random.chance(good ? 0.9 : 0.8) ? ('completed' as const) : ('provisional' as const)),
    ...or(0.85, 'result', { scale: scale.scale, direction: scale.direction, value: random.pick(scale.values) }),
    ...or(0.9, 'assessed', random.chance(0.85)),
    ...or(0.9, 'supervision', random.pick(SUPERVISION)),
    accredited: answers(random, good),
    ...or(good ? 0.1 : 0.3, 'usedFor', random.some(words.TARGETS, 0, 2)),
  };
}

export function holdingsFor(random: Random, date: string, asked: readonly string[]): Holding[] {
  const count = random.pick([0, 1, 2, 3, 3, 4, 4, 4, 5, 5, 5, 5]);
  const good = random.chance(0.65);
  const achievements = [...words.ACHIEVEMENTS, ...asked, ...asked];
  const ids = random.some(['urn:h:1', 'urn:h:2', 'urn:h:3', 'urn:h:4', 'urn:h:5'], count, count);
  const list = ids.map((id) => holding(random, id, date, achievements, good));
  if (list.length > 1 && random.chance(0.1)) {
    const [first, second] = [list[0]!, list[1]!];
    const expires = random.pick([first.expires, second.expires]);
    list[1] = { ...first, id: second.id, state: random.pick([first.state, second.state]) };
    if (expires !== undefined) list[1] = { ...list[1], expires };
  }
  if (list.length > 0 && random.chance(0.03)) list.push(structuredClone(list[0]!));
  return list;
}

export function decisionsFor(
  random: Random,
  date: string,
  ids: readonly string[],
  from: readonly Holding[],
  to: readonly string[],
): EquivalenceDecision[] {
  return ids.map((id): EquivalenceDecision => {
    const source = from.length > 0 && random.chance(0.9) ? random.pick(from).achievement : random.pick(to);
    const value = random.pick(words.AMOUNTS);
    const category = random.chance(0.7) ? { category: random.pick(words.CATEGORIES) } : {};
    const version = random.chance(0.5) ? { version: random.pick(words.VERSIONS) } : {};
    const targets: EquivalenceDecision['to'][] = [
      { mode: 'specified', achievement: random.pick(to), ...version },
      { mode: 'specified', achievement: random.pick(to), ...version },
      { mode: 'block', achievements: random.some([...new Set(to)], 2, 2) },
      { mode: 'unspecified', ...category },
    ];
    const target = random.pick(targets);
    return {
      id,
      ...(random.chance(0.7) ? { decidedBy: random.pick(words.BODIES) } : {}),
      from: { achievement: source, ...(random.chance(0.2) ? { version: random.some(words.VERSIONS, 1, 2) } : {}) },
      to: target,
      ...(target.mode === 'unspecified' ? {} : category),
      credit: { system: random.chance(0.8) ? words.SYSTEMS[0]! : words.SYSTEMS[1]!, value },
      ...(random.chance(0.5) ? { cap: String(Number(value) * random.pick([1, 1.5, 2])) } : {}),
      validFrom: random.pick([date, after(date, -1), ...Array(6).fill(after(date, -400)), after(date, 1)]),
      ...(random.chance(0.4) ? { validUntil: random.pick([date, date, after(date, 300), after(date, -1)]) } : {}),
    };
  });
}
