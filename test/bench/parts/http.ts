import type { Measured } from '../figures.ts';
import { measureHttpIssue } from '../http-issue.ts';

export async function http(): Promise<Measured> {
  const { perSecond, p50Ms, p99Ms, serviceCpuMs } = await measureHttpIssue();
  return {
    ...{ 'http.issue.perSecond': perSecond, 'http.issue.p50Ms': p50Ms, 'http.issue.p99Ms': p99Ms },
    'http.issue.cpuUs': serviceCpuMs * 1_000,
  };
}
