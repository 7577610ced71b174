import assert from 'node:assert/strict';
import { EngineError, type EngineErrorCode } from '../../engine/errors.js';
import { refusal } from '../../hazard/refusal.js';
import { HttpFault, toFault } from '../../web/http-fault.js';
import { logView, pythonTime } from '../../web/job-view.js';

describe('errors as answers', () => {
  const statusOf = (error: unknown): number => toFault(error, 'GET /').status;

  it('have the status that clients act on: 404 for what is not there, 403 for what may not be done now', () => {
    const statuses: readonly (readonly [EngineErrorCode, number])[] = [
      ['UNKNOWN_JOB', 404],
      ['UNKNOWN_OUTPUT', 404],
      ['UNKNOWN_FORMAT', 404],
      ['NOT_AVAILABLE', 404],
      ['WRONG_STATUS', 403],
      ['HAS_CHILDREN', 403],
      ['ACCOUNT', 400],
      ['NO_SPACE', 500],
    ];
    for (const [code, status] of statuses) assert.equal(statusOf(new EngineError(code, 'x')), status, code);
  });

  it('are 400 where the question is wrong, and 500 without a stack where we are', () => {
    const asked = toFault(refusal('INVALID_QUERY', 'no such thing'), 'GET /');
    assert.deepEqual([asked.status, asked.body], [400, 'InvalidInput: no such thing']);
    const bug = toFault(new TypeError('x is not a function'), 'GET /v1/calc/1');
    assert.equal(bug.status, 500);
    assert.match(String(bug.body), /^InternalError: .*x is not a function/);
    assert.doesNotMatch(String(bug.body), /^\s+at /m);
    assert.deepEqual(
      [statusOf(HttpFault.notFound()), statusOf({ status: 413 }), statusOf({ status: 200 })],
      [404, 413, 500],
    );
  });
});

describe('moments as clients read them', () => {
  const time = Date.UTC(2026, 10, 21, 1, 56, 34, 693);

  it('have 22 characters in the log, and six decimals of a second elsewhere', () => {
    const row = { number: 0, time, level: 'INFO', process: 'runner/1', message: 'm' } as const;
    assert.deepEqual(logView(row), ['2026-11-21T01:56:34.69', 'INFO', 'runner/1', 'm']);
    assert.equal(pythonTime(time), '2026-11-21 01:56:34.693000+00:00');
  });
});
