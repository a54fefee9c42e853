import { readFileSync } from 'node:fs';
import { type Profiler, Session } from 'node:inspector';
import { fileURLToPath } from 'node:url';

/** Which characters of the code under test have been run, as V8 counts it. */
export interface CoverageMap {
  /** Looks at what ran since the last call. @returns how many characters ran for the first time */
  take(): number;
  /** Characters run so far. */
  covered(): number;
  stop(): void;
}

/** Block coverage of this process, of files whose address holds `part`. */
export function startCoverage(part: string): CoverageMap {
  const session = new Session();
  session.connect();
  session.post('Profiler.enable');
  session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: true });
  const seen = new Map<string, Uint8Array>();
  let covered = 0;

  const mapOf = (url: string): Uint8Array => {
    let map = seen.get(url);
    if (!map) {
      map = new Uint8Array(readFileSync(fileURLToPath(url), 'utf8').length + 1);
      seen.set(url, map);
    }
    return map;
  };

  const addFunction = (map: Uint8Array, ranges: readonly Profiler.CoverageRange[]): number => {
    const [whole, ...inner] = ranges;
    if (!whole || whole.count === 0) return 0;
    const ran = new Uint8Array(whole.endOffset - whole.startOffset).fill(1);
    // Nested ranges follow the one they are in.
    for (const range of inner) {
      ran.fill(range.count > 0 ? 1 : 0, range.startOffset - whole.startOffset, range.endOffset - whole.startOffset);
    }
    let fresh = 0;
    for (let at = 0; at < ran.length; at++) {
      const place = whole.startOffset + at;
      if (ran[at] === 1 && place < map.length && map[place] === 0) {
        map[place] = 1;
        fresh++;
      }
    }
    return fresh;
  };

  return {
    take() {
      let fresh = 0;
      session.post('Profiler.takePreciseCoverage', (_error, answer) => {
        for (const script of answer?.result ?? []) {
          if (!script.url.startsWith('file:') || !script.url.includes(part)) continue;
          const map = mapOf(script.url);
          for (const { ranges } of script.functions) fresh += addFunction(map, ranges);
        }
      });
      covered += fresh;
      return fresh;
    },
    covered: () => covered,
    stop: () => session.disconnect(),
  };
}
