import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { unpackArchive } from '../../../inputs/files/archive.js';
import { Refusal } from '../../../hazard/refusal.js';
import { openJobSource } from '../../../inputs/files/job-source.js';
import { checkJobFiles } from '../../../inputs/read-job-file.js';
import { tinyIni, tinyJob, withFolder, writeFiles, writeZip } from '../tiny-job.js';

describe('archive of a job', () => {
  it('refuses an entry whose bytes are not those of its checksum', () =>
    withFolder(async (folder) => {
      const path = join(folder, 'job.zip');
      await writeZip(path, { 'job.ini': 'poes = 0.1 0.02' });
      const bytes = await readFile(path);
      // the checksum of the entry in the central directory, one bit off
      bytes[bytes.indexOf('PK\x01\x02') + 16] ^= 1;
      await writeFile(path, bytes);
      await assert.rejects(unpackArchive(path, 'job.zip', join(folder, 'out')), /'job\.ini': the entry is damaged/);
    }));

  it('is unpacked with its folders, without what macOS adds', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'job.zip');
      await writeZip(path, { 'a/b/c.txt': 'hello', '__MACOSX/a/._c.txt': 'x', 'a/.DS_Store': 'y' });
      await unpackArchive(path, 'job.zip', join(folder, 'out'));
      assert.equal(await readFile(join(folder, 'out/a/b/c.txt'), 'utf8'), 'hello');
      assert.equal(existsSync(join(folder, 'out/__MACOSX')), false);
      assert.equal(existsSync(join(folder, 'out/a/.DS_Store')), false);
    });
  });

  it('may be as repetitive as source models are', async () => {
    await withFolder(async (folder) => {
      const source = (i: number): string =>
        `<pointSource id="${i}" name="point ${i * 7919}"><pos>${Math.sin(i)} ${Math.cos(i)}</pos></pointSource>\n`;
      await writeZip(join(folder, 'job.zip'), {
        'sm.xml': Array.from({ length: 30000 }, (_, i) => source(i)).join(''),
      });
      await unpackArchive(join(folder, 'job.zip'), 'job.zip', join(folder, 'out'));
      assert.ok(existsSync(join(folder, 'out/sm.xml')));
    });
  });

  it('is refused beyond its limits, and leaves nothing', async () => {
    await withFolder(async (folder) => {
      const path = join(folder, 'job.zip');
      await writeZip(path, { a: 'x'.repeat(600), b: 'y'.repeat(600) });
      const limits = { entries: 10, bytes: 1000, ratio: 200, ratioFrom: 1000, totalRatio: 100, totalRatioFrom: 1000 };
      const out = join(folder, 'out');
      await assert.rejects(unpackArchive(path, 'job.zip', out, limits), Refusal);
      await assert.rejects(
        unpackArchive(path, 'job.zip', out, { ...limits, entries: 1, bytes: 10000 }),
        /more than 1 entries/,
      );
      assert.equal(existsSync(out), false);
    });
  });
});

describe('source of a job', () => {
  it('may be a folder, an ini file, or a ZIP', async () => {
    await withFolder(async (folder) => {
      const place = join(folder, 'job');
      await writeFiles(place, tinyJob());
      await writeZip(join(folder, 'job.zip'), tinyJob());
      const work = join(folder, 'work');
      await mkdir(work);
      assert.equal((await openJobSource(place, undefined, work)).iniFile, join(place, 'job.ini'));
      assert.equal((await openJobSource(join(place, 'job.ini'), undefined, work)).root, place);
      const zip = await openJobSource(join(folder, 'job.zip'), undefined, work);
      assert.equal(zip.iniFile, join(work, 'job/job.ini'));
      assert.equal(zip.unpacked, join(work, 'job'));
      await assert.rejects(openJobSource(join(folder, 'nothing'), undefined, work), /no such file/);
      await assert.rejects(openJobSource(join(place, 'sm.xml'), undefined, work), /not a job/);
    });
  });

  it('counts the ratio over all entries: many small ones that pack well are refused, and nothing stays', async () => {
    await withFolder(async (folder) => {
      const files = Object.fromEntries(Array.from({ length: 40 }, (_, k) => [`f${k}.xml`, ' '.repeat(50_000)]));
      await writeZip(join(folder, 'job.zip'), files);
      const limits = {
        entries: 100,
        bytes: 1e9,
        ratio: 200,
        ratioFrom: 2 ** 20,
        totalRatio: 100,
        totalRatioFrom: 100_000,
      };
      const target = join(folder, 'out');
      await assert.rejects(
        unpackArchive(join(folder, 'job.zip'), 'job.zip', target, limits),
        /unpacks to more than 100 times its size/,
      );
      assert.equal(existsSync(target), false);
      await unpackArchive(join(folder, 'job.zip'), 'job.zip', target, { ...limits, totalRatio: 1000 });
    });
  });

  it('takes the first of several job files by name, or the one that is asked for', async () => {
    await withFolder(async (folder) => {
      await writeFiles(folder, { 'job_b.ini': '', 'job_a.ini': '', 'sub/a.ini': '', 'other/job_b.ini': '' });
      const chosen = async (name?: string): Promise<string> => (await openJobSource(folder, name, folder)).iniFile;
      assert.equal(await chosen(), join(folder, 'job_a.ini'));
      assert.equal(await chosen('job_b.ini'), join(folder, 'job_b.ini'));
      assert.equal(await chosen('other/job_b.ini'), join(folder, 'other/job_b.ini'));
      assert.equal(await chosen('a.ini'), join(folder, 'sub/a.ini'));
      await assert.rejects(chosen('c.ini'), /no such \.ini file \(allowed: job_a\.ini, job_b\.ini/);
    });
  });

  it('is checked quickly: job file and the files it names', async () => {
    await withFolder(async (folder) => {
      await writeZip(join(folder, 'job.zip'), tinyJob());
      const { description, calculationMode } = await checkJobFiles(join(folder, 'job.zip'), {
        workFolder: join(folder, 'work'),
      });
      assert.equal(description, 'One point source, one site');
      assert.equal(calculationMode, 'classical');
      await writeZip(join(folder, 'bad.zip'), tinyJob({ 'job.ini': tinyIni({ gsim_logic_tree_file: 'no.xml' }) }));
      const workFolder = join(folder, 'work2');
      await assert.rejects(checkJobFiles(join(folder, 'bad.zip'), { workFolder }), /No such file: no\.xml/);
      assert.equal(existsSync(join(workFolder, 'job')), false);
    });
  });
});
