import assert from 'node:assert/strict';
import { fileURLToPath } from 'node:url';
import { TaskFailed, WorkerLost } from '../../calculators/tasks/distributor.js';
import { ENGINE_VERSION } from '../../datastore/version.js';
import { DataFolder } from '../../engine/data-folder.js';
import { EngineError } from '../../engine/errors.js';
import { StoreReporter } from '../../engine/runner/job-reporter.js';
import { failJob } from '../../engine/runner/failure.js';
import { JobStore } from '../../engine/store/job-store.js';
import { tellError } from '../../engine/tell-error.js';
import { refusal, Refusal } from '../../hazard/refusal.js';
import { DatastoreError } from '../../hdf5/errors.js';
import { withFolder } from '../inputs/tiny-job.js';

const HERE = { what: 'terrane run', details: 'the log' };

function systemError(code: string, path?: string): Error {
  return Object.assign(new Error(`${code}: something, write '${path}'`), { code, ...(path && { path }) });
}

describe('telling an error', () => {
  it('gives a refusal line by line, with its faults as facts', () => {
    const both = new Refusal([
      { code: 'INVALID_VALUE', file: 'job.ini', line: 3, key: 'poes', value: '2', message: 'not a probability' },
      ...refusal('MODEL_ARGUMENT', 'X: width = 1 is wrong', { key: 'width', value: '1' }).faults,
    ]);
    const told = tellError(both, HERE);
    assert.equal(told.by, 'user');
    assert.deepEqual(told.lines, ['job.ini, line 3: poes = 2: not a probability', 'X: width = 1 is wrong']);
    assert.deepEqual(told.faults[1], {
      code: 'MODEL_ARGUMENT',
      file: '',
      message: 'X: width = 1 is wrong',
      key: 'width',
      value: '1',
    });
  });

  it('names the remedy of what the operator can mend', () => {
    const errors: [Error, string, RegExp][] = [
      [
        new EngineError('HAS_CHILDREN', 'others depend on it'),
        'HAS_CHILDREN',
        /^others depend on it: remove .* first$/,
      ],
      [systemError('ENOSPC'), 'NO_SPACE', /^no space left on the disk: make room/],
      [systemError('EACCES', '/srv/data/calc_1.hdf5'), 'NO_ACCESS', /^permission denied \(calc_1\.hdf5\): give/],
      [
        systemError('ENOENT', fileURLToPath(new URL('../../hazard/gmm/models/missing.json', import.meta.url))),
        'BROKEN_INSTALLATION',
        /^a file of the program is missing \(missing\.json\): install Terrane again/,
      ],
      [systemError('ENOENT', '/srv/data/job.ini'), 'NO_SUCH_PLACE', /^no such file or folder \(job\.ini\): correct/],
      [
        new DatastoreError('/srv/data/calc_1.hdf5', 'poes', 'cannot be written', { cause: systemError('ENOSPC') }),
        'NO_SPACE',
        /^no space left/,
      ],
      [
        new DatastoreError('/srv/calc_1.hdf5', 'poes', 'is damaged'),
        'DATASTORE_ERROR',
        /^calc_1\.hdf5, poes: is damaged: see/,
      ],
      [
        new TaskFailed('classical', 'failed twice', {
          cause: new WorkerLost('classical', 'its thread died', { cause: systemError('ERR_WORKER_OUT_OF_MEMORY') }),
        }),
        'OUT_OF_MEMORY',
        /^a thread ran out of memory: run with fewer workers/,
      ],
    ];
    for (const [error, code, line] of errors) {
      const told = tellError(error, HERE);
      assert.deepEqual([told.by, told.code], ['operator', code]);
      assert.match(told.lines.join('\n'), line);
      assert.doesNotMatch(told.lines.join('\n'), /\/srv/);
    }
  });

  it('calls a bug a bug: what to report and where the details are, no stack, no place on the server', () => {
    const inTask = new RangeError('Invalid array length in /srv/terrane/dist/a.js:12');
    for (const error of [inTask, new TaskFailed('classical', inTask.message, { cause: inTask })]) {
      const { by, code, lines, details } = tellError(error, HERE);
      assert.deepEqual([by, code], ['terrane', 'BUG']);
      assert.match(lines[0], /^this is a fault of Terrane, not of the job: .*Invalid array length in a\.js:12$/);
      assert.match(lines[1], new RegExp(`report .*Terrane ${ENGINE_VERSION}, terrane run$`));
      assert.equal(lines[2], 'where it happened stands in the log');
      assert.doesNotMatch(lines.join('\n'), /\/srv|^\s+at /m);
      assert.match(details!, /^\s+at /m);
    }
  });

  it('leaves units and fractions in the message of a bug as they are', () => {
    const [line] = tellError(new Error('0.2 1/yr at 760 m/s, and/or km/h'), HERE).lines;
    assert.match(line, /0\.2 1\/yr at 760 m\/s, and\/or km\/h$/);
  });

  it('gives a failed job its reason, its faults, and the stack of a bug to the log at level DEBUG only', () =>
    withFolder((folder) => {
      const data = new DataFolder(folder);
      const store = new JobStore(data.storeFile);
      try {
        const refused = store.create({ owner: 'me@here' });
        failJob(new StoreReporter(store, data, refused), refused, refusal('NO_LEVEL', 'no level'));
        assert.deepEqual(store.get(refused).reason, ['no level']);
        assert.equal(store.get(refused).faults[0].code, 'NO_LEVEL');
        const broken = store.create({ owner: 'me@here' });
        failJob(new StoreReporter(store, data, broken), broken, new TypeError('x is undefined'));
        const { reason, faults } = store.get(broken);
        assert.match(reason.join('\n'), new RegExp(`fault of Terrane.*\\n.*calculation ${broken}\\n.*level DEBUG`));
        assert.deepEqual(faults, []);
        const log = store.logRows(broken);
        assert.match(log.find(({ level }) => level === 'DEBUG')!.message, /^\s+at /m);
        assert.ok(log.filter(({ level }) => level !== 'DEBUG').every(({ message }) => !/^\s+at /m.test(message)));
      } finally {
        store.close();
      }
      return Promise.resolve();
    }));
});
