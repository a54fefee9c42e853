/** V: read in a listed source. V2: read in a secondary source only. G: general knowledge. U: uncertain or conflicting. */
export type Confidence = 'V' | 'V2' | 'G' | 'U';

/** What every row of framework data says of itself. */
export interface Cited {
  /** Numbers of the list of sources, e.g. `S10`. Empty for `G` and for what this project designed. */
  readonly source: readonly string[];
  readonly confidence: Confidence;
  /** The month in which it was read, `YYYY-MM`. */
  readonly asOf: '2026-11';
}

declare const usableMark: unique symbol;

/** A row a rule may depend on. Only `usable` makes one, so a rule that takes these cannot be given an uncertain row. */
export type Usable<Row extends Cited> = Row & {
  readonly confidence: Exclude<Confidence, 'U'>;
  readonly [usableMark]: true;
};

/** Rows that are certain enough for a rule: all but those of confidence `U`, in the same order. */
export function usable<Row extends Cited>(rows: readonly Row[]): readonly Usable<Row>[] {
  return rows.filter((row): row is Usable<Row> => row.confidence !== 'U');
}

/** The month of the present reading of all sources. */
export const AS_OF = '2026-11';

/** Citation of a row: `...cite('V', 'S10', 'S11')`. */
export function cite(confidence: Confidence, ...source: string[]): Cited {
  return { source, confidence, asOf: AS_OF };
}
