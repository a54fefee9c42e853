/**
 * Stored decisions of this release, to be run again by every later one (PW-5). Written once; a decision in the file is never
 * edited: what evaluates otherwise is a defect, or a new version of the rules beside the old one.
 */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { canonicalJson, type Json, sha256Hex } from '#kernel';
import { decisionPart, type EvaluationInput, evaluate } from '#pathways';
import { generate } from '../oracle/generate.ts';

export const FILE = join(import.meta.dirname, 'decisions.jsonl');
export const digestOf = (input: EvaluationInput): string => sha256Hex(canonicalJson(decisionPart(evaluate(input))));

if (import.meta.main) {
  const rows = Array.from({ length: 60 }, (_, n) => {
    const input = JSON.parse(canonicalJson(generate(5_000_000 + n) as unknown as Json)) as EvaluationInput;
    return JSON.stringify({ input, sha256: digestOf(input) });
  });
  writeFileSync(FILE, rows.map((row) => `${row}\n`).join(''), { flag: 'wx' });
}
