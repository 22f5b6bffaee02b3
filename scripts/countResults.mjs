import { readFileSync, rmSync } from 'node:fs';
import path from 'node:path';
import { root } from './prepare.mjs';

/** Where vitest and Playwright write their results. */
export const unitResultFile = path.join(root, 'test-results', 'unit.json');
const e2eResultFile = path.join(root, 'test-results', 'e2e.json');

const broken = { passed: 0, failed: 1 };

/** A check that says yes or no. */
export function countStep({ code }) {
  return code === 0 ? { passed: 1, failed: 0 } : broken;
}

/** Reads the canaries' last line. */
export function countCanaries({ code, output }) {
  const counts = /^canaries: (\d+) passed, (\d+) failed$/m.exec(output);
  if (!counts) return broken;
  return atLeastOneFailed(code, { passed: Number(counts[1]), failed: Number(counts[2]) });
}

/** Reads what vitest wrote, and removes it, so that a run that breaks off cannot pass as the last one. */
export function countUnitTests({ code }) {
  const results = takeResults(unitResultFile);
  if (!results) return broken;
  const { numPassedTests, numFailedTests, numPendingTests, numTodoTests } = results;
  // What was left out did not pass, unless its title says which program it needs.
  const failed = numFailedTests + numPendingTests + numTodoTests - countInNeed(results);
  return atLeastOneFailed(code, { passed: numPassedTests, failed });
}

function countInNeed({ testResults }) {
  const tests = testResults.flatMap(({ assertionResults }) => assertionResults);
  return tests.filter(({ status, fullName }) => isLeftOut(status) && / needs /.test(fullName))
    .length;
}

function isLeftOut(status) {
  return status === 'skipped' || status === 'pending';
}

/** Reads what Playwright wrote, and removes it. */
export function countStories({ code }) {
  const results = takeResults(e2eResultFile);
  if (!results) return broken;
  const { expected, flaky, unexpected, skipped } = results.stats;
  const failed = unexpected + flaky + skipped - storiesInNeed(results.suites);
  return atLeastOneFailed(code, { passed: expected, failed });
}

/** @returns How many stories were left out for a program, which their titles name. */
function storiesInNeed(suites = []) {
  return suites.reduce((count, { specs = [], suites: inner }) => {
    const left = specs.filter(({ title, tests }) => {
      const isSkipped = tests.every(({ status }) => status === 'skipped');
      return isSkipped && / needs /.test(title);
    });
    return count + left.length + storiesInNeed(inner);
  }, 0);
}

/** A runner can fail without a failed test: a file that does not load, or no test at all. */
function atLeastOneFailed(code, { passed, failed }) {
  return { passed, failed: code !== 0 && failed === 0 ? 1 : failed };
}

function takeResults(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  } finally {
    rmSync(file, { force: true });
  }
}
