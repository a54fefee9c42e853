/**
 * As much of PromQL as our alerts use, over two scrapes: `and`, comparisons, `/`, sum, rate, increase, histogram_quantile.
 * Anything else throws: an alert that the test cannot read is not known to fire.
 */
export interface Sample {
  name: string;
  labels: Record<string, string>;
  value: number;
}
type Vector = { labels: Record<string, string>; value: number }[];

/** Text format 0.0.4. */
export function readScrape(text: string): Sample[] {
  return text
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [, name, labels = '', value] = /^(\w+)(?:\{(.*)\})? (\S+)$/.exec(line)!;
      const pairs = [...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, key, text]) => [key!, text!]);
      return { name: name!, labels: Object.fromEntries(pairs), value: Number(value === '+Inf' ? Infinity : value) };
    });
}

/** @returns the series for which the alert holds now, when so many seconds lie between the two scrapes */
export function evaluate(expr: string, before: readonly Sample[], now: readonly Sample[], seconds = 60): Vector {
  const tokens = expr.match(/"[^"]*"|=~|[<>!=]=|[A-Za-z_]\w*|\d+(?:\.\d+)?|\[\w+\]|\S/g) ?? [];
  let at = 0;
  const next = () => tokens[at++];
  const peek = () => tokens[at];
  const take = (token: string) => {
    const found = next();
    if (found !== token) throw new Error(`${expr}: ${token} wanted, ${found} found`);
  };

  const selected = (samples: readonly Sample[], name: string, matchers: [string, string, string][]): Vector =>
    samples
      .filter((sample) => sample.name === name)
      .filter(({ labels }) =>
        matchers.every(([label, how, text]) =>
          how === '=' ? labels[label] === text : new RegExp(`^(?:${text})$`).test(labels[label] ?? ''),
        ),
      );

  /** A name with matchers; with a range, what it grew by. */
  function selector(name: string): { vector: Vector; ranged: boolean } {
    const matchers: [string, string, string][] = [];
    if (peek() === '{') {
      next();
      while (peek() !== '}') {
        matchers.push([next()!, next()!, next()!.slice(1, -1)]);
        if (peek() === ',') next();
      }
      next();
    }
    const vector = selected(now, name, matchers);
    if (!peek()?.startsWith('[')) return { vector, ranged: false };
    next();
    const old = selected(before, name, matchers);
    const key = (labels: object) => JSON.stringify(Object.entries(labels).sort());
    const was = new Map(old.map(({ labels, value }) => [key(labels), value]));
    return {
      vector: vector.map(({ labels, value }) => ({ labels, value: value - (was.get(key(labels)) ?? 0) })),
      ranged: true,
    };
  }

  function grouped(vector: Vector, by: readonly string[]): Vector {
    const groups = new Map<string, Vector[number]>();
    for (const { labels, value } of vector) {
      const kept = Object.fromEntries(by.flatMap((name) => (labels[name] === undefined ? [] : [[name, labels[name]]])));
      const found = groups.get(JSON.stringify(kept)) ?? { labels: kept, value: 0 };
      found.value += value;
      groups.set(JSON.stringify(kept), found);
    }
    return [...groups.values()];
  }

  function quantile(q: number, buckets: Vector): Vector {
    const edges = buckets
      .map(({ labels, value }) => ({ le: labels.le === '+Inf' ? Infinity : Number(labels.le), value }))
      .sort((a, b) => a.le - b.le);
    const total = edges.at(-1)?.value ?? 0;
    if (total === 0) return [];
    const edge = edges.find(({ value }) => value >= q * total)!;
    return [{ labels: {}, value: edge.le }];
  }

  function term(): Vector {
    const token = next()!;
    if (/^\d/.test(token)) return [{ labels: {}, value: Number(token) }];
    if (token === 'sum') {
      const by: string[] = [];
      if (peek() === 'by') {
        next();
        take('(');
        while (peek() !== ')') {
          by.push(next()!);
          if (peek() === ',') next();
        }
        next();
      }
      take('(');
      const inner = and();
      take(')');
      return grouped(inner, by);
    }
    if (token === 'histogram_quantile') {
      take('(');
      const q = Number(next());
      take(',');
      const inner = and();
      take(')');
      return quantile(q, inner);
    }
    if (token === 'rate' || token === 'increase') {
      take('(');
      const { vector, ranged } = selector(next()!);
      if (!ranged) throw new Error(`${expr}: ${token} of no range`);
      take(')');
      return vector.map(({ labels, value }) => ({ labels, value: token === 'rate' ? value / seconds : value }));
    }
    if (!/^[A-Za-z_]/.test(token) || peek() === '(') throw new Error(`${expr}: ${token} is not read here`);
    return selector(token).vector;
  }

  /** Against a number, or a series without labels. */
  function pairs(left: Vector, right: Vector): [Vector[number], number][] {
    return left.flatMap((one) => (right[0] ? [[one, right[0].value] as [Vector[number], number]] : []));
  }

  function compared(): Vector {
    let left = term();
    if (peek() === '/') {
      next();
      left = pairs(left, term()).map(([{ labels, value }, by]) => ({ labels, value: value / by }));
    }
    const how = peek();
    if (how === '>' || how === '==' || how === '<') {
      next();
      const holds = {
        '>': (a: number, b: number) => a > b,
        '==': (a: number, b: number) => a === b,
        '<': (a: number, b: number) => a < b,
      };
      return pairs(left, term())
        .filter(([{ value }, than]) => holds[how](value, than))
        .map(([one]) => one);
    }
    return left;
  }

  function and(): Vector {
    let left = compared();
    while (peek() === 'and') {
      next();
      const right = compared();
      if (right.length === 0) left = [];
    }
    return left;
  }

  const found = and();
  if (at !== tokens.length) throw new Error(`${expr}: ${tokens[at]} is not read here`);
  return found;
}
