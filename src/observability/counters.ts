/** Families of counters, named as Prometheus names them. A new one is a new row. */
const FAMILIES = {
  tatak_offer_refusals_total: { help: 'Attempts to take an offer that were refused, by reason.', labels: ['reason'] },
  tatak_wallet_requests_total: {
    help: 'Requests of wallets by OpenID4VCI, by endpoint and outcome.',
    labels: ['endpoint', 'outcome'],
  },
  tatak_oauth_requests_total: {
    help: 'Requests to the authorization server, by route, grant of the token endpoint and outcome: ok or the error.',
    labels: ['route', 'grant', 'outcome'],
  },
  tatak_presentation_responses_total: {
    help: 'Responses of wallets by OpenID4VP: answered, declined or refused.',
    labels: ['outcome'],
  },
  tatak_exchange_messages_total: { help: 'Messages in VC API exchanges, by outcome.', labels: ['outcome'] },
} as const;

export type CounterName = keyof typeof FAMILIES;

export interface Counters {
  /** @param values of the labels of the family, in their order: words of ours, never from a request */
  count(name: CounterName, ...values: string[]): void;
  /** Since this process started, in the text format of Prometheus 0.0.4. */
  text(): string;
}

/** A word that grows with requests would take all memory: what comes after so many counts as `other`. */
const SERIES = 200;

/** What this process counted. It decides nothing by it, so another replica has its own. */
export function createCounters(): Counters {
  const counted = new Map<CounterName, Map<string, number>>();
  return {
    count(name, ...values) {
      const { labels } = FAMILIES[name];
      if (values.length !== labels.length) throw new Error(`${name} has the labels ${labels.join(', ')}`);
      const series = counted.get(name) ?? new Map<string, number>();
      counted.set(name, series);
      const key = (list: readonly string[]) => labels.map((label, at) => `${label}="${escaped(list[at]!)}"`).join(',');
      const full = series.size >= SERIES && !series.has(key(values));
      const at = full ? key(labels.map(() => 'other')) : key(values);
      series.set(at, (series.get(at) ?? 0) + 1);
    },
    text() {
      const lines = Object.entries(FAMILIES).flatMap(([name, { help }]) => [
        `# HELP ${name} ${help}`,
        `# TYPE ${name} counter`,
        ...[...(counted.get(name as CounterName) ?? [])].map(([labels, value]) => `${name}{${labels}} ${value}`),
      ]);
      return `${lines.join('\n')}\n`;
    },
  };
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
