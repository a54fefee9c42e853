import { type Json, type Page, type PageRequest, Problem } from '#kernel';
import { matchHolding, type PathwayMatch } from './match.ts';
import type { Holding, Pathway } from './model.ts';
import type { PathwayReader, PathwayRecord } from './ports.ts';
import { readPathway } from './read-pathway.ts';
import { inEffect } from './version-on.ts';

/** Pathways kept ready, by digest: parsing and compiling is most of the work, and a signed text never changes. */
const KEPT = 500;

export interface FoundMatch extends PathwayMatch {
  pathwayId: string;
  version: number;
  name: string;
  /** DID. */
  conferrer: string;
}

export interface Matches {
  /**
   * Of the pathways on one page of all that are published here, latest version each: those in effect on the day that ask
   * for the badge. A page can be empty although another one follows.
   */
  find(holding: Holding, date: string, page: PageRequest): Promise<Page<FoundMatch> & { looked: number }>;
}

export interface MatchesDeps {
  reader: Pick<PathwayReader, 'pathways'>;
}

export function createMatches({ reader }: MatchesDeps): Matches {
  const kept = new Map<string, Pathway>();

  /** @returns undefined for one that is no longer understood: it says nothing, and must not silence the others */
  function ready({ sha256, signed }: PathwayRecord): Pathway | undefined {
    const pathway = kept.get(sha256) ?? understood(signed);
    if (!pathway) return undefined;
    // The one asked for last is the last to go.
    kept.delete(sha256);
    kept.set(sha256, pathway);
    if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    return pathway;
  }

  return {
    async find(holding, date, page) {
      const rows = await reader.pathways(undefined, page);
      const items = rows.items.flatMap((row): FoundMatch[] => {
        const pathway = ready(row);
        if (!pathway || !inEffect(pathway, date)) return [];
        const match = matchHolding(pathway, holding, date);
        if (match.result === 'not_asked') return [];
        const { pathwayId, version } = row;
        return [{ pathwayId, version, name: pathway.name, conferrer: pathway.conferrer, ...match }];
      });
      return { items, looked: rows.items.length, ...(rows.next === undefined ? {} : { next: rows.next }) };
    },
  };
}

function understood(signed: string): Pathway | undefined {
  try {
    return readPathway(JSON.parse(signed) as Json).pathway;
  } catch (error) {
    if (error instanceof Problem) return undefined;
    throw error;
  }
}
